package tickets

import "time"

// Span is the time from a moment to another, which is not part of it any more.
type Span struct{ From, To time.Time }

// Within reports whether a moment is part of the span.
func (s Span) Within(at time.Time) bool { return !at.Before(s.From) && at.Before(s.To) }

// Days returns the span of the days from first to last, both as [Day] returns them, in a
// time zone.
func Days(first, last time.Time, zone *time.Location) Span {
	return Span{midnight(first, zone), midnight(last.AddDate(0, 0, 1), zone)}
}

// WeekOf returns the week of a moment, from Monday on.
func WeekOf(at time.Time, zone *time.Location) Span {
	day := Day(at, zone)
	monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	return Days(monday, monday.AddDate(0, 0, 6), zone)
}

// MonthOf returns the calendar month of a moment.
func MonthOf(at time.Time, zone *time.Location) Span { return monthsFrom(at, zone, 1) }

// QuarterOf returns the quarter of the year of a moment.
func QuarterOf(at time.Time, zone *time.Location) Span { return monthsFrom(at, zone, 3) }

// monthsFrom returns the n months that a moment is in; n divides a year.
func monthsFrom(at time.Time, zone *time.Location, n int) Span {
	year, month, _ := at.In(zone).Date()
	first := time.Date(year, month-(month-1)%time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return Days(first, first.AddDate(0, n, -1), zone)
}

// midnight returns when a calendar day begins in a time zone.
func midnight(day time.Time, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}
