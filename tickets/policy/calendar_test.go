package policy_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"otvet/tickets/policy"
)

// TestAdd holds the calendar engine to the days on which such engines go wrong. Times
// without an offset are what the clocks of the zone show.
func TestAdd(t *testing.T) {
	t.Parallel()
	cases := []struct{ zone, from, span, want string }{
		// A month is cut to the last day that there is, from the day it began on.
		{"UTC", "2026-01-31 10:00", "1 month", "2026-02-28T10:00:00Z"},
		{"UTC", "2026-01-31 10:00", "2 months", "2026-03-31T10:00:00Z"},
		{"UTC", "2026-01-31 10:00", "3 months", "2026-04-30T10:00:00Z"},
		{"UTC", "2024-01-31 10:00", "1 month", "2024-02-29T10:00:00Z"},
		{"UTC", "2025-11-30 10:00", "3 months", "2026-02-28T10:00:00Z"},
		{"UTC", "2023-11-30 10:00", "3 months", "2024-02-29T10:00:00Z"},
		{"UTC", "2024-02-29 10:00", "12 months", "2025-02-28T10:00:00Z"},
		{"UTC", "2024-02-29 10:00", "48 months", "2028-02-29T10:00:00Z"},
		{"UTC", "1999-02-28 10:00", "12 months", "2000-02-28T10:00:00Z"},
		{"UTC", "2026-12-31 23:59", "2 months", "2027-02-28T23:59:00Z"},
		{"UTC", "2026-11-22 09:25", "1 month", "2026-12-22T09:25:00Z"},
		{"UTC", "2026-01-31 10:00", "60 months", "2031-01-31T10:00:00Z"},

		// The month is that of the operator's zone: there it is the 1st, in UTC still the 31st.
		{"Europe/Moscow", "2026-02-01 01:30", "1 month", "2026-02-28T22:30:00Z"},
		{"America/Curacao", "2026-01-31 22:30", "1 month", "2026-03-01T02:30:00Z"},

		// Days keep the time on the clock, hours do not.
		{"Europe/London", "2026-03-28 12:00", "1 day", "2026-03-29T11:00:00Z"},
		{"Europe/London", "2026-03-28 12:00", "24h", "2026-03-29T12:00:00Z"},
		{"Europe/London", "2026-10-24 12:00", "1 day", "2026-10-25T12:00:00Z"},
		{"Europe/London", "2026-10-24 12:00", "24h", "2026-10-25T11:00:00Z"},
		{"Europe/London", "2026-09-30 12:00", "1 month", "2026-10-30T12:00:00Z"},
		{"Europe/London", "2026-09-30 12:00", "30 days", "2026-10-30T12:00:00Z"},

		// The clocks skip 01:00 to 02:00: later by the hour.
		{"Europe/London", "2026-03-28 01:00", "1 day", "2026-03-29T01:00:00Z"},
		{"Europe/London", "2026-03-28 01:30", "1 day", "2026-03-29T01:30:00Z"},
		{"Europe/London", "2026-03-28 00:59", "1 day", "2026-03-29T00:59:00Z"},
		{"Europe/London", "2026-03-28 02:00", "1 day", "2026-03-29T01:00:00Z"},
		{"Europe/London", "2026-02-28 01:30", "29 days", "2026-03-29T01:30:00Z"},

		// The clocks show 01:00 to 02:00 twice: the first.
		{"Europe/London", "2026-10-24 01:30", "1 day", "2026-10-25T00:30:00Z"},
		{"Europe/London", "2026-10-24 00:59", "1 day", "2026-10-24T23:59:00Z"},
		{"Europe/London", "2026-10-24 02:00", "1 day", "2026-10-25T02:00:00Z"},
		{"Europe/London", "2026-09-25 01:30", "1 month", "2026-10-25T00:30:00Z"},

		// Moscow: summer time for good in 2011, winter time for good in 2014.
		{"Europe/Moscow", "2011-03-26 02:30", "1 day", "2011-03-26T23:30:00Z"},
		{"Europe/Moscow", "2011-02-28 12:00", "1 month", "2011-03-28T08:00:00Z"},
		{"Europe/Moscow", "2014-10-25 01:30", "1 day", "2014-10-25T21:30:00Z"},
		{"Europe/Moscow", "2014-10-25 12:00", "1 day", "2014-10-26T09:00:00Z"},
		{"Europe/Moscow", "2010-10-30 02:30", "1 day", "2010-10-30T22:30:00Z"},
		{"Europe/Moscow", "2026-03-28 02:30", "1 day", "2026-03-28T23:30:00Z"},

		// A day that never was: Samoa went over the date line.
		{"Pacific/Apia", "2011-12-29 10:00", "1 day", "2011-12-30T20:00:00Z"},
		{"Pacific/Apia", "2011-12-29 10:00", "2 days", "2011-12-30T20:00:00Z"},

		// Clocks put forward, and back, over midnight.
		{"America/Sao_Paulo", "2018-11-03 00:30", "1 day", "2018-11-04T03:30:00Z"},
		{"America/Sao_Paulo", "2018-02-16 23:30", "1 day", "2018-02-18T01:30:00Z"},

		// With the day of receipt as day 1, to the end of the last day.
		{"Europe/London", "2026-01-01 00:00", "56 days from day 1", "2026-02-26T00:00:00Z"},
		{"Europe/London", "2026-01-01 23:59", "56 days from day 1", "2026-02-26T00:00:00Z"},
		{"Europe/London", "2026-03-01 12:00", "56 days from day 1", "2026-04-25T23:00:00Z"},
		{"Europe/London", "2026-03-01 12:00", "1 day from day 1", "2026-03-02T00:00:00Z"},

		// Nanoseconds of a zone's clock are kept; seconds too.
		{"Europe/London", "2026-06-30 23:59", "48h", "2026-07-02T22:59:00Z"},
		{"Europe/London", "2026-06-30 23:59", "15m", "2026-06-30T23:14:00Z"},
	}
	for _, c := range cases {
		calendar := calendarIn(t, "default@1", c.zone)
		got := calendar.Add(clock(t, calendar, c.from), span(t, c.span)).Format(time.RFC3339Nano)
		if got != c.want {
			t.Errorf("%s %s + %s = %s, want %s", c.zone, c.from, c.span, got, c.want)
		}
	}
}

// TestAddKeepsFractions holds that a due date is the instant, not the second.
func TestAddKeepsFractions(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 1, 31, 23, 59, 59, 999_999_999, time.UTC)
	for text, want := range map[string]string{
		"1 month":           "2026-02-28T23:59:59.999999999Z",
		"1 day":             "2026-02-01T23:59:59.999999999Z",
		"1 business day":    "2026-02-02T23:59:59.999999999Z",
		"1m":                "2026-02-01T00:00:59.999999999Z",
		"2 days from day 1": "2026-02-02T00:00:00Z",
	} {
		if got := calendarIn(t, "default@1", "UTC").Add(from, span(t, text)).Format(time.RFC3339Nano); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestBusinessDays(t *testing.T) {
	t.Parallel()
	cases := []struct{ pack, from, span, want string }{
		{"default@1", "2026-11-20 15:00", "1 business day", "2026-11-23T15:00:00Z"},   // Friday
		{"default@1", "2026-11-21 15:00", "1 business day", "2026-11-23T15:00:00Z"},   // Saturday
		{"default@1", "2026-11-22 15:00", "1 business day", "2026-11-23T15:00:00Z"},   // Sunday
		{"default@1", "2026-11-23 15:00", "10 business days", "2026-12-07T15:00:00Z"}, // two weeks
		{"default@1", "2026-12-24 15:00", "1 business day", "2026-12-25T15:00:00Z"},   // no holidays
		{"ukgc@1", "2026-12-24 15:00", "1 business day", "2026-12-29T15:00:00Z"},      // Christmas, weekend, substitute day
		{"ukgc@1", "2026-12-24 15:00", "5 business days", "2027-01-05T15:00:00Z"},     // New Year too
		{"ukgc@1", "2026-03-31 15:00", "10 business days", "2026-04-16T14:00:00Z"},    // Easter
		{"cga@1", "2026-02-13 15:00", "5 business days", "2026-02-23T15:00:00Z"},      // Carnival Monday
		{"cga@1", "2026-04-24 15:00", "5 business days", "2026-05-05T14:00:00Z"},      // King's Day, Labour Day
		{"mga@1", "2026-06-26 15:00", "1 business day", "2026-06-30T14:00:00Z"},       // St Peter and St Paul
		{"ukgc@1", "2031-12-24 15:00", "1 business day", "2031-12-25T15:00:00Z"},      // a year without a list: weekends only
	}
	for _, c := range cases {
		calendar := calendarIn(t, c.pack, "Europe/London")
		got := calendar.Add(clock(t, calendar, c.from), span(t, c.span)).Format(time.RFC3339)
		if got != c.want {
			t.Errorf("%s: %s + %s = %s, want %s", c.pack, c.from, c.span, got, c.want)
		}
	}
}

func TestCovers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pack string
		year int
		want bool
	}{{"default@1", 2099, true}, {"ukgc@1", 2026, true}, {"ukgc@1", 2099, false}, {"cga@1", 2024, false}} {
		if got := calendarIn(t, c.pack, "UTC").Covers(c.year); got != c.want {
			t.Errorf("%s covers %d: %v", c.pack, c.year, got)
		}
	}
	if !(policy.Calendar{}).Covers(2026) || (policy.Calendar{}).Name() != "" {
		t.Error("a calendar without days off needs no list of them")
	}
}

func TestEndOfDay(t *testing.T) {
	t.Parallel()
	cases := []struct{ zone, day, want string }{
		{"UTC", "2026-12-31", "2027-01-01T00:00:00Z"},
		{"Europe/Moscow", "2026-02-28", "2026-02-28T21:00:00Z"},
		{"Europe/London", "2026-03-29", "2026-03-29T23:00:00Z"},     // of 23 hours
		{"Europe/London", "2026-10-25", "2026-10-26T00:00:00Z"},     // of 25 hours
		{"America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00Z"}, // 24:00 is skipped
		{"America/Sao_Paulo", "2018-02-17", "2018-02-18T03:00:00Z"}, // 24:00 comes twice: the day goes on
		{"America/Havana", "2026-10-31", "2026-11-01T04:00:00Z"},    // 00:00 comes twice, on the same day
		{"America/Havana", "2026-03-07", "2026-03-08T05:00:00Z"},    // 00:00 is skipped
		{"America/St_Johns", "2010-11-06", "2010-11-07T03:30:00Z"},  // from 00:01 back to 23:01
		{"Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00Z"},      // the next day is skipped
	}
	for _, c := range cases {
		if got := calendarIn(t, "default@1", c.zone).EndOfDay(day(t, c.day)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s: %s ends %s, want %s", c.zone, c.day, got, c.want)
		}
	}
}

// TestDue holds how a pause moves a deadline.
func TestDue(t *testing.T) {
	t.Parallel()
	const from = "2026-11-02 10:00" // a Monday
	cases := []struct{ name, span, pauses, want string }{
		{"none", "10 days", "", "2026-11-12 10:00"},
		{"one", "10 days", "03 10:00 to 05 10:00", "2026-11-14 10:00"},
		{"minutes of one", "10 days", "03 10:00 to 03 10:07", "2026-11-12 10:07"},
		{"two, in any order", "10 days", "07 00:00 to 08 00:00, 03 10:00 to 05 10:00", "2026-11-15 10:00"},
		{"two that overlap", "10 days", "03 10:00 to 05 10:00, 04 10:00 to 06 10:00", "2026-11-15 10:00"},
		{"one inside another", "10 days", "03 10:00 to 06 10:00, 04 10:00 to 05 10:00", "2026-11-15 10:00"},
		{"the same twice", "10 days", "03 10:00 to 05 10:00, 03 10:00 to 05 10:00", "2026-11-14 10:00"},
		{"two that touch", "10 days", "03 10:00 to 04 10:00, 04 10:00 to 05 10:00", "2026-11-14 10:00"},
		{"before it begins", "10 days", "01 10:00 to 02 10:00", "2026-11-12 10:00"},
		{"over the beginning", "10 days", "01 10:00 to 03 10:00", "2026-11-13 10:00"},
		{"over the end", "10 days", "11 10:00 to 20 10:00", "2026-11-21 10:00"},
		{"when the time is up", "10 days", "12 10:00 to 20 10:00", "2026-11-12 10:00"},
		{"a minute before", "10 days", "12 09:59 to 20 10:00", "2026-11-20 10:01"},
		{"only because of one before", "10 days", "03 10:00 to 05 10:00, 13 10:00 to 14 10:00", "2026-11-15 10:00"},
		{"ends before it begins", "10 days", "05 10:00 to 03 10:00", "2026-11-12 10:00"},
		{"open", "10 days", "03 10:00 to", "0001-01-01 00:00"},
		{"open, after one that counts", "10 days", "03 10:00 to 05 10:00, 13 10:00 to", "0001-01-01 00:00"},
		{"open since before it began", "10 days", "01 10:00 to", "0001-01-01 00:00"},
		{"open when the time is up", "10 days", "12 10:00 to", "2026-11-12 10:00"},
		{"month", "1 month", "03 10:00 to 05 10:00", "2026-12-04 10:00"},
		{"hours", "48h", "02 12:00 to 02 18:00", "2026-11-04 16:00"},
		{"days from day 1", "10 days from day 1", "03 10:00 to 05 10:00", "2026-11-14 00:00"},
		{"business days", "5 business days", "03 10:00 to 04 10:00", "2026-11-10 10:00"},
		{"business days, over a weekend", "5 business days", "06 10:00 to 09 10:00", "2026-11-10 10:00"},
		{"business days, on a weekend", "5 business days", "07 10:00 to 08 10:00", "2026-11-09 10:00"},
		{"business days, to the end of Friday", "4 business days", "03 10:00 to 04 00:00", "2026-11-07 00:00"},
		{"business days, to a weekend", "3 business days", "03 10:00 to 05 10:00", "2026-11-09 10:00"},
	}
	calendar := calendarIn(t, "default@1", "UTC")
	for _, c := range cases {
		got := calendar.Due(clock(t, calendar, from), span(t, c.span), pauses(t, calendar, c.pauses)).Format("2006-01-02 15:04")
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestDayOfReceiptIsTheOperators holds that a day is that of the operator's zone.
func TestDayOfReceiptIsTheOperators(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 4, 30, 21, 30, 0, 0, time.UTC)
	for zone, want := range map[string]string{"UTC": "2026-04-30", "Europe/London": "2026-04-30", "Europe/Moscow": "2026-05-01", "America/Curacao": "2026-04-30"} {
		if got := calendarIn(t, "default@1", zone).Day(at).String(); got != want {
			t.Errorf("%s: %s, want %s", zone, got, want)
		}
	}
}
