package policy

import (
	"slices"
	"time"
)

// Pause is a time in which a clock stands still.
type Pause struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"` // zero: it lasts still
}

// Due returns the end of a span that begins at from, moved on by the time for which the
// clock stood still; the zero time while it does. Pauses that overlap count once. What
// lies before from does not count, nor does a pause that begins when the time is up. For
// business days only pauses on business days count, and the end moves on by as much time
// on business days. The pauses need no order.
func (c Calendar) Due(from time.Time, s Span, pauses []Pause) time.Time {
	due := c.Add(from, s)
	counted := from // up to here every pause has been counted
	for _, p := range byStart(pauses) {
		if !p.From.Before(due) {
			break
		}
		if p.To.IsZero() {
			return time.Time{}
		}
		if start := later(p.From, counted); p.To.After(start) {
			due = c.moveOn(due, start, p.To, s)
			counted = p.To
		}
	}
	return due.UTC()
}

// moveOn returns due moved on by the time from start to end in which the clock of a span
// would have run.
func (c Calendar) moveOn(due, start, end time.Time, s Span) time.Time {
	if s.BusinessDays == 0 {
		return due.Add(end.Sub(start))
	}
	return c.afterBusinessTime(due, c.businessTime(start, end))
}

// businessTime is how much of the time from start to end lies on business days.
func (c Calendar) businessTime(start, end time.Time) (sum time.Duration) {
	for day := c.Day(start); start.Before(end); day = day.addDays(1) {
		over := earlier(c.EndOfDay(day), end)
		if c.Business(day) && over.After(start) {
			sum += over.Sub(start)
		}
		start = later(start, over)
	}
	return sum
}

// afterBusinessTime returns the first instant at which so much time on business days has
// passed since start.
func (c Calendar) afterBusinessTime(start time.Time, sum time.Duration) time.Time {
	for day := c.Day(start); sum > 0; day = day.addDays(1) {
		over := c.EndOfDay(day)
		if c.Business(day) {
			if left := over.Sub(start); left >= sum {
				return start.Add(sum)
			}
			sum -= max(over.Sub(start), 0)
		}
		start = later(start, over)
	}
	return start
}

// byStart returns the pauses in the order in which they begin. One that ends before it
// begins is none, and comes out harmless: it moves nothing.
func byStart(pauses []Pause) []Pause {
	return slices.SortedStableFunc(slices.Values(pauses), func(a, b Pause) int { return a.From.Compare(b.From) })
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
