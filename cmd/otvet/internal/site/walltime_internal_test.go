package site

import (
	"testing"
	"time"

	"otvet/tickets"
)

func TestTimesAreThoseOfTheOperatorsClock(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	havana, err := time.LoadLocation("America/Havana")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		typed, chosen string
		zone          *time.Location
		want          string // RFC 3339 in UTC; empty: none
		code          tickets.Code
	}{
		{"", "", berlin, "", ""},
		{" \t", "", berlin, "", ""},
		{"2026-07-01T14:30", "", berlin, "2026-07-01T12:30:00Z", ""},
		{"2026-07-01T14:30:15", "", berlin, "2026-07-01T12:30:15Z", ""},
		{"01.07.2026 14:30", "", berlin, "2026-07-01T12:30:00Z", ""},
		{"1.7.2026, 14:30", "", berlin, "2026-07-01T12:30:00Z", ""},
		{"2026-07-01", "", berlin, "2026-06-30T22:00:00Z", ""},
		{"2026-07-01 14:30", "", time.UTC, "2026-07-01T14:30:00Z", ""},
		{"yesterday", "", berlin, "", badTime},
		{"2026-02-30T10:00", "", berlin, "", badTime},
		{"0026-02-03T10:00", "", berlin, "", badTime},
		// Clocks put forward at 02:00 on 29 March 2026, and back at 03:00 on 25 October.
		{"2026-03-29T01:59", "", berlin, "2026-03-29T00:59:00Z", ""},
		{"2026-03-29T02:00", "", berlin, "", skipped},
		{"2026-03-29T02:30", "", berlin, "", skipped},
		{"2026-03-29T03:00", "", berlin, "2026-03-29T01:00:00Z", ""},
		{"2026-10-25T01:59", "", berlin, "2026-10-24T23:59:00Z", ""},
		{"2026-10-25T02:30", "", berlin, "", twice},
		{"2026-10-25T02:30", "2026-10-25T00:30:00Z", berlin, "2026-10-25T00:30:00Z", ""},
		{"2026-10-25T02:30", "2026-10-25T01:30:00Z", berlin, "2026-10-25T01:30:00Z", ""},
		{"2026-10-25T02:30", "2026-10-25T02:30:00Z", berlin, "", twice},
		{"2026-10-25T03:00", "", berlin, "2026-10-25T02:00:00Z", ""},
		// At midnight: a day that begins at one o'clock, and one that begins twice.
		{"2026-03-08", "", havana, "", skipped},
		{"2026-11-01", "", havana, "", twice},
		{"2026-11-22T11:00", "", berlin, "2026-11-22T10:00:00Z", ""},
		{"2026-11-22T11:01", "", berlin, "", tickets.InFuture},
		{"2099-01-01", "", berlin, "", tickets.InFuture},
	} {
		got, code := readTime(c.typed, c.chosen, c.zone, now)
		shown := ""
		if !got.IsZero() {
			shown = got.UTC().Format(time.RFC3339)
		}
		if shown != c.want || code != c.code {
			t.Errorf("%q (%q) in %s: %q %q, want %q %q", c.typed, c.chosen, c.zone, shown, code, c.want, c.code)
		}
	}
}
