package policy

import "time"

// Calendar counts days in one zone, with the weekends and holidays of one country. The
// zero value counts in UTC and knows no days off.
type Calendar struct {
	zone *time.Location
	days *workweek
}

// workweek is which days are business days.
type workweek struct {
	name     string
	off      [7]bool
	holidays map[Day]bool
	years    map[int]bool // for which the holidays are listed
	everyear bool         // there are no holidays to list
}

// Name is the calendar's name, as packs refer to it.
func (c Calendar) Name() string {
	if c.days == nil {
		return ""
	}
	return c.days.name
}

// Zone is the zone that the calendar counts in.
func (c Calendar) Zone() *time.Location {
	if c.zone == nil {
		return time.UTC
	}
	return c.zone
}

// Covers reports whether the holidays of a year are known. Where they are not only
// weekends are days off, which makes a term shorter, never longer.
func (c Calendar) Covers(year int) bool {
	return c.days == nil || c.days.everyear || c.days.years[year]
}

// Day returns the date of an instant in the calendar's zone; unknown for the zero time.
func (c Calendar) Day(t time.Time) Day {
	if t.IsZero() {
		return Day{}
	}
	return dayOf(t.In(c.Zone()))
}

// Business reports whether a day is neither weekend nor holiday.
func (c Calendar) Business(d Day) bool {
	return c.days == nil || !c.days.off[d.weekday()] && !c.days.holidays[d]
}

// Add returns the end of a span that begins at from, in UTC. Days, business days and
// months keep the time on the clock; one that the clock skips on that day is later by as
// much as the clock was put forward, one that it shows twice is the first. A month cuts
// the day to the last one that there is. Business days are counted from the day after.
func (c Calendar) Add(from time.Time, s Span) time.Time {
	day := c.Day(from)
	switch {
	case s.Months != 0:
		day = day.addMonths(s.Months)
	case s.Days != 0 && s.DayOne:
		return c.EndOfDay(day.addDays(s.Days - 1))
	case s.Days != 0:
		day = day.addDays(s.Days)
	case s.BusinessDays != 0:
		day = c.addBusinessDays(day, s.BusinessDays)
	default:
		return from.Add(s.Clock).UTC()
	}
	local := from.In(c.Zone())
	return c.at(day, sinceMidnight(local))
}

// addBusinessDays returns the n-th business day after a day.
func (c Calendar) addBusinessDays(day Day, n int) Day {
	for n > 0 {
		day = day.addDays(1)
		if c.Business(day) {
			n--
		}
	}
	return day
}

// sinceMidnight is the time that a clock shows, not the time that has passed.
func sinceMidnight(t time.Time) time.Duration {
	h, m, s := t.Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second + time.Duration(t.Nanosecond())
}
