package policy

import (
	"cmp"
	"time"
)

// comparison compares spans of different units by where they end, begun on any day, in UTC:
// whether a pack is strict enough must not turn on an hour of summer time.
type comparison struct {
	calendar Calendar
	known    map[comparand]bool
}

// comparand asks whether a span, extended so many times, is at most another.
type comparand struct {
	span, extend Span
	times        int
	most         Span
	days         *workweek // nil where it makes no difference, so that packs share what is known
}

// atMost reports whether a span never ends later than another.
func (c comparison) atMost(s, most Span) bool {
	if order, ok := s.compare(most); ok {
		return order <= 0
	}
	return c.never(comparand{span: s, most: most})
}

// extendedAtMost reports whether a term, extended as often as it may be, never ends later
// than a span.
func (c comparison) extendedAtMost(t Term, most Span) bool {
	if t.Extensions == 0 {
		return c.atMost(t.Limit, most)
	}
	return c.never(comparand{span: t.Limit, extend: t.Extend, times: t.Extensions, most: most})
}

// never reports whether the first is at most the second. It tries a start at the beginning
// and at the end of every day of four years: a leap year and every place of a weekend in a
// month are among them.
func (c comparison) never(x comparand) bool {
	if x.span.BusinessDays+x.extend.BusinessDays+x.most.BusinessDays > 0 {
		x.days = c.calendar.days
	}
	if known, ok := c.known[x]; ok {
		return known
	}
	c.known[x] = true
	for start := time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC); start.Year() < 2028; start = start.Add(24 * time.Hour) {
		if c.exceeds(start, x) || c.exceeds(start.Add(24*time.Hour-time.Second), x) {
			c.known[x] = false
			break
		}
	}
	return c.known[x]
}

// exceeds reports whether the first, begun at from, ends after the second.
func (c comparison) exceeds(from time.Time, x comparand) bool {
	due := c.calendar.Add(from, x.span)
	for range x.times {
		due = c.calendar.Add(due, x.extend)
	}
	return due.After(c.calendar.Add(from, x.most))
}

// compare compares spans of the same unit; false if the units differ.
func (s Span) compare(t Span) (int, bool) {
	switch {
	case s.DayOne != t.DayOne:
	case s.Months != 0 && t.Months != 0:
		return cmp.Compare(s.Months, t.Months), true
	case s.Days != 0 && t.Days != 0:
		return cmp.Compare(s.Days, t.Days), true
	case s.BusinessDays != 0 && t.BusinessDays != 0:
		return cmp.Compare(s.BusinessDays, t.BusinessDays), true
	case s.Clock != 0 && t.Clock != 0:
		return cmp.Compare(s.Clock, t.Clock), true
	}
	return 0, false
}
