package postgres_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestABucketGivesItsLimit(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var given atomic.Int32
	var all sync.WaitGroup
	for range 60 {
		all.Go(func() {
			ok, err := d.Allow(t.Context(), "login anna", 5, time.Hour)
			if err != nil {
				t.Error(err)
			}
			if ok {
				given.Add(1)
			}
		})
	}
	all.Wait()
	if given.Load() != 5 {
		t.Errorf("%d tokens of a bucket of 5", given.Load())
	}
	if ok, err := d.Allow(t.Context(), "login boris", 5, time.Hour); !ok || err != nil {
		t.Errorf("another bucket: %v, %v", ok, err)
	}
}

func TestABucketRefills(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	take := func(want bool) {
		t.Helper()
		if ok, err := d.Allow(t.Context(), "b", 2, time.Hour); ok != want || err != nil {
			t.Errorf("got %v, %v", ok, err)
		}
	}
	pass := func(minutes int) {
		t.Helper()
		if err := d.sql(`UPDATE buckets SET at = at - make_interval(mins => $1), full_at = full_at - make_interval(mins => $1)`, minutes); err != nil {
			t.Fatal(err)
		}
	}
	take(true)
	take(true)
	take(false)
	pass(31) // one of two tokens an hour
	take(true)
	take(false)
	pass(600) // no more than full
	take(true)
	take(true)
	take(false)
	pass(-30) // a clock set back takes nothing away
	take(false)
	pass(300)
	if err := d.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := d.count(`SELECT count(*) FROM buckets`); n != 0 {
		t.Errorf("%d buckets after the purge", n)
	}
	take(true)
	for _, c := range []struct {
		limit int
		per   time.Duration
	}{{0, time.Hour}, {-1, time.Hour}, {1, 0}, {1, -time.Hour}} {
		if ok, err := d.Allow(t.Context(), "none", c.limit, c.per); ok || err != nil {
			t.Errorf("%d per %v: %v, %v", c.limit, c.per, ok, err)
		}
	}
	if ok, err := d.Allow(t.Context(), "\x00\xff", 1, time.Hour); !ok || err != nil {
		t.Errorf("a key of any bytes: %v, %v", ok, err)
	}
}
