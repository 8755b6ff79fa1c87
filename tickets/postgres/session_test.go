package postgres_test

import (
	"bytes"
	"testing"
	"time"
)

func TestSessions(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	s := d.Sessions()
	soon := time.Now().Add(time.Hour)
	for token, data := range map[string][]byte{"one": {1}, "two": {2, 0, 255}} {
		if err := s.Commit(token, data, soon); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(token string, want []byte) {
		t.Helper()
		got, found, err := s.Find(token)
		if err != nil || found != (want != nil) || !bytes.Equal(got, want) {
			t.Errorf("session %q: %v, %v, %v; want %v", token, got, found, err, want)
		}
	}
	expect("one", []byte{1})
	expect("two", []byte{2, 0, 255})
	expect("three", nil)
	expect("\x00\xff", nil)
	if err := s.Commit("one", []byte{9}, soon); err != nil {
		t.Fatal(err)
	}
	expect("one", []byte{9})
	if err := s.Delete("one"); err != nil {
		t.Fatal(err)
	}
	expect("one", nil)
	if err := s.Commit("two", []byte{2}, time.Now().Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	expect("two", nil)
	if n := d.count(`SELECT count(*) FROM sessions WHERE hash::text LIKE '%two%' OR encode(hash, 'escape') LIKE '%two%'`); n != 0 {
		t.Error("the token itself is stored")
	}
	if err := d.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := d.count(`SELECT count(*) FROM sessions`); n != 0 {
		t.Errorf("%d sessions after the purge", n)
	}
}
