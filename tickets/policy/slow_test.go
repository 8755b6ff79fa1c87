package policy_test

import (
	"fmt"
	"time"

	"otvet/tickets/policy"
)

// This is the calendar engine once more, slow and plain, for tests to compare with: it
// counts days and minutes one by one and shares no code with the engine.

// civil is a date.
type civil struct{ y, m, d int }

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func monthLength(y, m int) int {
	if m == 2 && leap(y) {
		return 29
	}
	return []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
}

// tomorrow is the next date.
func (c civil) tomorrow() civil {
	switch {
	case c.d < monthLength(c.y, c.m):
		return civil{c.y, c.m, c.d + 1}
	case c.m < 12:
		return civil{c.y, c.m + 1, 1}
	}
	return civil{c.y + 1, 1, 1}
}

// months goes month by month and cuts the day at the end only.
func (c civil) months(n int) civil {
	y, m := c.y, c.m
	for range n {
		if m++; m == 13 {
			y, m = y+1, 1
		}
	}
	return civil{y, m, min(c.d, monthLength(y, m))}
}

// days goes day by day.
func (c civil) days(n int) civil {
	for range n {
		c = c.tomorrow()
	}
	return c
}

// back goes day by day to the past, by going through the whole year before.
func (c civil) back(n int) civil {
	for from := (civil{c.y - 1, c.m, min(c.d, 28)}); ; from = from.tomorrow() {
		if from.days(n) == c {
			return from
		}
	}
}

// weekday counts from Monday, 1 January 2024; Monday is 0.
func (c civil) weekday() (n int) {
	for at := (civil{2024, 1, 1}); at != c; at = at.tomorrow() {
		n++
	}
	return n % 7
}

func (c civil) String() string { return fmt.Sprintf("%04d-%02d-%02d", c.y, c.m, c.d) }

// civilOf is what the calendar on the wall shows.
func civilOf(t time.Time, zone *time.Location) (c civil) {
	fmt.Sscanf(t.In(zone).Format("2006 1 2"), "%d %d %d", &c.y, &c.m, &c.d)
	return c
}

// easter is Easter Sunday, after Gauss.
func easter(y int) civil {
	a, b, c := y%19, y%4, y%7
	d := (19*a + 24) % 30
	e := (2*b + 4*c + 6*d + 5) % 7
	if d == 29 && e == 6 || d == 28 && e == 6 && a > 10 {
		e -= 7
	}
	return civil{y, 3, 22}.days(d + e)
}

// holidaysIn are the holidays of a country in a year, by the rules that make them.
func holidaysIn(country string, y int) map[civil]bool {
	days := map[civil]bool{}
	add := func(all ...civil) {
		for _, c := range all {
			days[c] = true
		}
	}
	sunday := easter(y)
	switch country {
	case "england":
		add(sunday.back(2), sunday.days(1))
		add(monday(civil{y, 5, 1}), monday(civil{y, 5, 25}), monday(civil{y, 8, 25}))
		for _, c := range []civil{{y, 1, 1}, {y, 12, 25}, {y, 12, 26}} {
			for days[c] || c.weekday() > 4 {
				c = c.tomorrow()
			}
			add(c)
		}
	case "malta":
		add(sunday.back(2), civil{y, 1, 1}, civil{y, 2, 10}, civil{y, 3, 19}, civil{y, 3, 31}, civil{y, 5, 1}, civil{y, 6, 7},
			civil{y, 6, 29}, civil{y, 8, 15}, civil{y, 9, 8}, civil{y, 9, 21}, civil{y, 12, 8}, civil{y, 12, 13}, civil{y, 12, 25})
	case "curacao":
		add(sunday.back(48), sunday.back(2), sunday.days(1), sunday.days(39), civil{y, 1, 1}, civil{y, 5, 1},
			civil{y, 7, 2}, civil{y, 10, 10}, civil{y, 12, 25}, civil{y, 12, 26})
		king := civil{y, 4, 27}
		if king.weekday() == 6 {
			king = king.back(1)
		}
		add(king)
	}
	return days
}

// monday is the first Monday from a date on.
func monday(c civil) civil {
	for c.weekday() != 0 {
		c = c.tomorrow()
	}
	return c
}

// slow is a calendar that counts one by one.
type slow struct {
	zone    *time.Location
	country string
	working map[civil]bool
}

// business reports whether a date is a business day.
func (s slow) business(c civil) bool {
	known, ok := s.working[c]
	if !ok {
		known = c.weekday() < 5 && !holidaysIn(s.country, c.y)[c]
		s.working[c] = known
	}
	return known
}

// shows is what the clocks show.
func (s slow) shows(t time.Time) string { return t.In(s.zone).Format("2006-01-02 15:04") }

// find goes minute by minute to the first at which the clocks show a time; where they skip
// it, it looks for as much later as they skip.
func (s slow) find(c civil, clock string) time.Time {
	wanted := c.String() + " " + clock
	begin := time.Date(c.y, time.Month(c.m), c.d, 0, 0, 0, 0, time.UTC).Add(-30 * time.Hour)
	for t := begin; ; t = t.Add(time.Minute) {
		if s.shows(t) == wanted {
			return t
		}
		if t.Sub(begin) > 90*time.Hour {
			break
		}
	}
	for t := begin; ; t = t.Add(time.Minute) {
		before, after := s.shows(t), s.shows(t.Add(time.Minute))
		if before < wanted && wanted < after {
			return t.Add(reading(wanted).Sub(reading(before)))
		}
	}
}

// reading is a time on the clocks as a number to count with.
func reading(shown string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", shown)
	if err != nil {
		panic(err)
	}
	return t
}

// add is [policy.Calendar.Add].
func (s slow) add(from time.Time, length policy.Span) time.Time {
	today, clock := civilOf(from, s.zone), s.shows(from)[11:]
	switch {
	case length.DayOne:
		t, last := from, today.days(length.Days-1)
		for civilOf(t, s.zone).String() <= last.String() || civilOf(t.Add(3*time.Hour), s.zone).String() <= last.String() {
			t = t.Add(time.Minute)
		}
		return t
	case length.Months > 0:
		return s.find(today.months(length.Months), clock)
	case length.Days > 0:
		return s.find(today.days(length.Days), clock)
	case length.BusinessDays > 0:
		for left := length.BusinessDays; left > 0; {
			if today = today.tomorrow(); s.business(today) {
				left--
			}
		}
		return s.find(today, clock)
	}
	return from.Add(length.Clock)
}

// due is [policy.Calendar.Due]: each minute in which the clock should run and stands still
// moves the end on by one in which it runs.
func (s slow) due(from time.Time, length policy.Span, pauses []policy.Pause) time.Time {
	runs := func(t time.Time) bool { return length.BusinessDays == 0 || s.business(civilOf(t, s.zone)) }
	due := s.add(from, length)
	for t := from; t.Before(due); t = t.Add(time.Minute) {
		paused, open := during(t, pauses)
		if open {
			return time.Time{}
		}
		if !paused || !runs(t) {
			continue
		}
		for !runs(due) {
			due = due.Add(time.Minute)
		}
		due = due.Add(time.Minute)
	}
	return due
}

// during reports whether a minute lies in a pause, and in one that lasts still.
func during(t time.Time, pauses []policy.Pause) (paused, open bool) {
	for _, p := range pauses {
		if t.Before(p.From) {
			continue
		}
		open = open || p.To.IsZero()
		paused = paused || t.Before(p.To)
	}
	return paused, open
}

// late is [policy.Pack.Late], for a window of months.
func (s slow) late(received time.Time, months int, dates ...civil) bool {
	today, start := civilOf(received, s.zone).String(), civil{}
	for _, c := range dates {
		if c != (civil{}) && c.String() <= today && c.String() > start.String() {
			start = c
		}
	}
	return start != civil{} && today > start.months(months).String()
}
