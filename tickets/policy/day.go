package policy

import (
	"fmt"
	"time"
)

// Day is a date of the calendar without a time or a zone, such as a player states it.
// The zero value is an unknown day.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDay reads "2026-01-31"; an empty text is the unknown day.
func ParseDay(s string) (Day, error) {
	if s == "" {
		return Day{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Day{}, fmt.Errorf("day %q: write it as 2026-01-31", s)
	}
	return dayOf(t), nil
}

// dayOf returns the date that t shows in its own zone.
func dayOf(t time.Time) Day {
	year, month, day := t.Date()
	return Day{year, month, day}
}

// IsZero reports whether the day is unknown.
func (d Day) IsZero() bool { return d == Day{} }

// String writes the day as [ParseDay] reads it.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.midnight().Format(time.DateOnly)
}

// Compare returns -1, 0 or 1: d is earlier than, the same as or later than e.
func (d Day) Compare(e Day) int { return d.midnight().Compare(e.midnight()) }

// MarshalText writes the day as [Day.String] does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [Day.MarshalText] writes.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDay(string(text))
	return err
}

// midnight is the beginning of the day in UTC, a day's place for sums.
func (d Day) midnight() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// addMonths adds calendar months; a day that the month does not have becomes its last.
func (d Day) addMonths(n int) Day {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day{first.Year(), first.Month(), min(d.Day, last)}
}

// addDays adds calendar days.
func (d Day) addDays(n int) Day { return dayOf(d.midnight().AddDate(0, 0, n)) }

// weekday returns the day of the week.
func (d Day) weekday() time.Weekday { return d.midnight().Weekday() }
