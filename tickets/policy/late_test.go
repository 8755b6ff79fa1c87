package policy_test

import (
	"encoding/json"
	"testing"
	"time"

	"otvet/tickets/policy"
)

// TestLate holds the window for complaints: from the later of decision and event, through
// the end of its last day in the operator's zone.
func TestLate(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, zone, received, event, decision string
		late                                  bool
	}{
		{"on the last day", "UTC", "2026-04-15 00:00:00", "2026-01-15", "", false},
		{"at its last second", "UTC", "2026-04-15 23:59:59", "2026-01-15", "", false},
		{"a second later", "UTC", "2026-04-16 00:00:00", "2026-01-15", "", true},
		{"Moscow, its last second", "Europe/Moscow", "2026-04-15 23:59:59", "2026-01-15", "", false},
		{"Moscow, a second later", "Europe/Moscow", "2026-04-16 00:00:00", "2026-01-15", "", true},
		{"London, last day in summer time", "Europe/London", "2026-06-30 23:59:59", "2026-03-30", "", false},
		{"London, a second later", "Europe/London", "2026-07-01 00:00:00", "2026-03-30", "", true},
		{"London, day of 23 hours", "Europe/London", "2026-03-29 23:59:59", "2025-12-29", "", false},
		{"London, day of 25 hours", "Europe/London", "2026-10-25 23:59:59", "2026-07-25", "", false},
		{"London, after it", "Europe/London", "2026-10-26 00:00:00", "2026-07-25", "", true},

		{"31 January and 3 months", "UTC", "2026-04-30 23:59:59", "2026-01-31", "", false},
		{"a second later", "UTC", "2026-05-01 00:00:00", "2026-01-31", "", true},
		{"30 November", "UTC", "2026-02-28 23:59:59", "2025-11-30", "", false},
		{"a second later", "UTC", "2026-03-01 00:00:00", "2025-11-30", "", true},
		{"30 November, leap year", "UTC", "2024-02-29 23:59:59", "2023-11-30", "", false},
		{"a second later", "UTC", "2024-03-01 00:00:00", "2023-11-30", "", true},

		{"decision only", "UTC", "2026-04-15 12:00:00", "", "2026-01-15", false},
		{"decision only, late", "UTC", "2026-04-16 12:00:00", "", "2026-01-15", true},
		{"both, decision later", "UTC", "2026-04-20 12:00:00", "2026-01-15", "2026-01-20", false},
		{"both, event later", "UTC", "2026-04-20 12:00:00", "2026-01-20", "2026-01-15", false},
		{"both, after the later", "UTC", "2026-04-21 12:00:00", "2026-01-15", "2026-01-20", true},
		{"neither", "UTC", "2026-04-20 12:00:00", "", "", false},
		{"today", "UTC", "2026-04-20 12:00:00", "2026-04-20", "", false},
		{"tomorrow proves nothing", "UTC", "2026-04-20 12:00:00", "2026-04-21", "", false},
		{"tomorrow's decision, old event", "UTC", "2026-04-20 12:00:00", "2026-01-15", "2026-04-21", true},
		{"today in Moscow, not yet in UTC", "Europe/Moscow", "2026-04-21 01:00:00", "2026-01-15", "2026-04-21", false},
	}
	for _, c := range cases {
		p := packIn(t, "default@1", c.zone)
		received, err := time.ParseInLocation(time.DateTime, c.received, p.Calendar().Zone())
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Late(received.UTC(), day(t, c.event), day(t, c.decision)); got != c.late {
			t.Errorf("%s: received %s, event %q, decision %q: late %v", c.name, c.received, c.event, c.decision, got)
		}
	}
}

// TestLastDay holds the windows of the packs, and of one that counts days.
func TestLastDay(t *testing.T) {
	t.Parallel()
	received := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for pack, want := range map[string]string{"default@1": "2026-11-30", "ukgc@1": "2027-02-28", "cga@1": "2027-02-28"} {
		last, ok := packIn(t, pack, "UTC").LastDay(received, day(t, "2026-08-31"), policy.Day{})
		if !ok || last.String() != want {
			t.Errorf("%s: %s, %v, want %s", pack, last, ok, want)
		}
	}
	if last, ok := packIn(t, "default@1", "UTC").LastDay(received, policy.Day{}, policy.Day{}); ok || !last.IsZero() {
		t.Errorf("no date is known, and the last day is %s", last)
	}
	packs, err := load(t).With(folder(replaced(t, "4 months", "100 days")))
	if err != nil {
		t.Fatal(err)
	}
	pack, err := packs.Latest("house")
	if err != nil {
		t.Fatal(err)
	}
	if last, _ := pack.LastDay(received, day(t, "2026-08-31"), policy.Day{}); last.String() != "2026-12-09" {
		t.Errorf("100 days after 31 August: %s", last)
	}
}

func TestDay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31"} {
		if d, err := policy.ParseDay(text); err != nil || d.String() != text || d.IsZero() != (text == "") {
			t.Errorf("%q: %q, %v", text, d, err)
		}
	}
	for _, text := range []string{"2026-02-29", "2026-1-31", "31.01.2026", "0000-01-01", "2026-01-31T00:00:00Z", " ", "tomorrow"} {
		if d, err := policy.ParseDay(text); err == nil {
			t.Errorf("%q is read as %s", text, d)
		}
	}
}

// TestJSON holds how what a case keeps is stored.
func TestJSON(t *testing.T) {
	t.Parallel()
	type stored struct {
		Day    policy.Day     `json:"day,omitzero"`
		Span   policy.Span    `json:"span,omitzero"`
		Pauses []policy.Pause `json:"pauses,omitempty"`
	}
	at := time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	cases := map[string]stored{
		`{}`: {},
		`{"day":"2026-01-31","span":"10 business days"}`:                           {Day: day(t, "2026-01-31"), Span: span(t, "10 business days")},
		`{"pauses":[{"from":"2026-11-22T09:30:00Z"}]}`:                             {Pauses: []policy.Pause{{From: at}}},
		`{"pauses":[{"from":"2026-11-22T09:30:00Z","to":"2026-11-22T10:30:00Z"}]}`: {Pauses: []policy.Pause{{From: at, To: at.Add(time.Hour)}}},
		`{"span":"56 days from day 1","pauses":[{"from":"2026-11-22T09:30:00Z"}]}`: {Span: span(t, "56 days from day 1"), Pauses: []policy.Pause{{From: at}}},
	}
	for want, value := range cases {
		got, err := json.Marshal(value)
		if err != nil || string(got) != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
		var back stored
		if err := json.Unmarshal(got, &back); err != nil {
			t.Error(err)
		}
		if again, _ := json.Marshal(back); string(again) != want {
			t.Errorf("read back: %s, want %s", again, want)
		}
	}
}
