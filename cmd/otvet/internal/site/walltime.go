package site

import (
	"slices"
	"strings"
	"time"

	"otvet/tickets"
)

// What can be wrong with a time that somebody types, beside what package tickets knows.
const (
	badTime tickets.Code = "bad_time"
	skipped tickets.Code = "skipped" // the clocks were put forward over it
	twice   tickets.Code = "twice"   // the clocks showed it twice: which?
)

// timeForms are the ways to write a time: as browsers send it, and as people type it into
// a field that their browser does not know.
var timeForms = []string{
	"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04", "02.01.2006 15:04", "2.1.2006 15:04",
	"2006-01-02", "02.01.2006", "2.1.2006",
}

// wallTimes returns every instant at which the clocks of a zone show what was typed: none
// where they were put forward over it, two where they were put back. A day alone is its
// beginning. False means that it is no time.
func wallTimes(typed string, zone *time.Location) (at []time.Time, ok bool) {
	wall, ok := parseWall(strings.Join(strings.Fields(strings.ReplaceAll(typed, ",", " ")), " "))
	if !ok {
		return nil, false
	}
	for _, probe := range []time.Duration{-36 * time.Hour, 36 * time.Hour} {
		_, offset := wall.Add(probe).In(zone).Zone()
		t := wall.Add(-time.Duration(offset) * time.Second)
		if _, shown := t.In(zone).Zone(); shown == offset && !slices.ContainsFunc(at, t.Equal) {
			at = append(at, t)
		}
	}
	slices.SortFunc(at, time.Time.Compare)
	return at, true
}

func parseWall(typed string) (time.Time, bool) {
	for _, form := range timeForms {
		if t, err := time.Parse(form, typed); err == nil && t.Year() >= 1970 {
			return t, true
		}
	}
	return time.Time{}, false
}

// readTime reads a time that was typed; chosen is which of two it is, as [time.RFC3339].
// An empty one is no time.
func readTime(typed, chosen string, zone *time.Location, now time.Time) (time.Time, tickets.Code) {
	if strings.TrimSpace(typed) == "" {
		return time.Time{}, ""
	}
	at, ok := wallTimes(typed, zone)
	switch {
	case !ok:
		return time.Time{}, badTime
	case len(at) == 0:
		return time.Time{}, skipped
	}
	t := at[0]
	if len(at) > 1 {
		which := slices.IndexFunc(at, func(t time.Time) bool { return t.Format(time.RFC3339) == chosen })
		if which < 0 {
			return time.Time{}, twice
		}
		t = at[which]
	}
	if t.After(now) {
		return time.Time{}, tickets.InFuture
	}
	return t, ""
}
