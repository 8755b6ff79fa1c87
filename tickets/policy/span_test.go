package policy_test

import (
	"strings"
	"testing"
	"time"

	"otvet/tickets/policy"
)

func TestSpan(t *testing.T) {
	t.Parallel()
	good := map[string]policy.Span{
		"1 month":            {Months: 1},
		"3 months":           {Months: 3},
		"1 day":              {Days: 1},
		"56 days":            {Days: 56},
		"56 days from day 1": {Days: 56, DayOne: true},
		"1 business day":     {BusinessDays: 1},
		"10 business days":   {BusinessDays: 10},
		"48h":                {Clock: 48 * time.Hour},
		"15m":                {Clock: 15 * time.Minute},
		"90m":                {Clock: 90 * time.Minute},
	}
	for text, want := range good {
		got, err := policy.ParseSpan(text)
		if err != nil || got != want || got.String() != text || got.IsZero() {
			t.Errorf("%q: %+v, %q, %v", text, got, got, err)
		}
	}
	bad := []string{
		"", "0 days", "-1 days", "1 days", "2 day", "1.5 months", "1 week", "2 years", "01 day", "10000 days",
		"1 month from day 1", "10 business days from day 1", "48 h", "0h", "30s", "1h30m", " 1 day", "1 day ", "1  day",
		"1 day\n", "один месяц", "１ day", "1 Month", "99999999999999999999h",
	}
	for _, text := range bad {
		if got, err := policy.ParseSpan(text); err == nil || !strings.Contains(err.Error(), "write it as") {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	if (policy.Span{}).String() != "" || !(policy.Span{}).IsZero() {
		t.Error("no length is written as nothing")
	}
	// Hours that minutes make are written as hours: both are the same length.
	if got := span(t, "120m"); got != span(t, "2h") || got.String() != "2h" {
		t.Errorf("120m is %s", got)
	}
}

// FuzzParseSpan holds that whatever is read as a length has one unit, is written so that
// it is read as the same, and ends later than it begins.
func FuzzParseSpan(f *testing.F) {
	for _, text := range []string{"1 month", "56 days", "56 days from day 1", "10 business days", "48h", "15m", "1 days", "9999 months", "0h", ""} {
		f.Add(text)
	}
	calendar := calendarIn(f, "ukgc@1", "Europe/London")
	from := time.Date(2026, 10, 24, 23, 30, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := policy.ParseSpan(text)
		if err != nil {
			if !s.IsZero() {
				t.Errorf("%q: an error, and %+v", text, s)
			}
			return
		}
		again, err := policy.ParseSpan(s.String())
		if err != nil || again != s {
			t.Errorf("%q is written as %q and read as %+v, %v", text, s, again, err)
		}
		units := 0
		for _, set := range []bool{s.Months > 0, s.Days > 0, s.BusinessDays > 0, s.Clock > 0} {
			if set {
				units++
			}
		}
		if units != 1 || s.DayOne && s.Days == 0 {
			t.Errorf("%q: %+v", text, s)
		}
		if end := calendar.Add(from, s); !end.After(from) || end.Location() != time.UTC {
			t.Errorf("%q from %s ends %s", text, from, end)
		}
	})
}
