package policy_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"otvet/tickets/policy"
)

// loaded keeps the shipped packs by zone: to check them takes a moment.
var loaded sync.Map

// loadIn returns the shipped packs in a zone.
func loadIn(t testing.TB, zone string) policy.Packs {
	t.Helper()
	if packs, ok := loaded.Load(zone); ok {
		return packs.(policy.Packs)
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	packs, err := policy.Load(location)
	if err != nil {
		t.Fatal(err)
	}
	loaded.Store(zone, packs)
	return packs
}

// packIn returns a shipped pack in a zone.
func packIn(t testing.TB, ref, zone string) *policy.Pack {
	t.Helper()
	r, err := policy.ParseRef(ref)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := loadIn(t, zone).Pack(r)
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// calendarIn returns a shipped pack's calendar in a zone.
func calendarIn(t testing.TB, ref, zone string) policy.Calendar {
	t.Helper()
	return packIn(t, ref, zone).Calendar()
}

// span reads a span.
func span(t testing.TB, text string) policy.Span {
	t.Helper()
	s, err := policy.ParseSpan(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// day reads a day.
func day(t testing.TB, text string) policy.Day {
	t.Helper()
	d, err := policy.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// clock reads what the clocks of a calendar's zone show, at a time that they show once.
func clock(t testing.TB, c policy.Calendar, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, c.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// pauses reads "03 10:00 to 05 10:00, 13 10:00 to" of November 2026.
func pauses(t testing.TB, c policy.Calendar, text string) (all []policy.Pause) {
	t.Helper()
	for one := range strings.SplitSeq(text, ", ") {
		if one == "" {
			continue
		}
		from, to, _ := strings.Cut(one, " to")
		p := policy.Pause{From: clock(t, c, "2026-11-"+from)}
		if to != "" {
			p.To = clock(t, c, "2026-11-"+to[1:])
		}
		all = append(all, p)
	}
	return all
}
