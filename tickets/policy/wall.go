package policy

import "time"

// farthest is more than the largest distance of a zone from UTC that was ever in use.
const farthest = 16 * time.Hour

// at returns the instant, in UTC, at which the clocks of the zone show a time on a day:
// the first if they show it twice; if they skip it, the one that it would have been had
// the clocks not been changed. time.Date leaves open which it returns.
func (c Calendar) at(d Day, clock time.Duration) time.Time {
	shown, skipped := c.readings(d, clock)
	if len(shown) == 0 {
		return skipped.unchanged
	}
	return shown[0]
}

// EndOfDay returns the instant, in UTC, at which a day is over: the next one begins, and
// begins for good if the clocks are set back from after midnight to before it.
func (c Calendar) EndOfDay(d Day) time.Time {
	shown, skipped := c.readings(d.addDays(1), 0)
	end := skipped.change
	for _, midnight := range shown {
		if c.Day(midnight.Add(-1)).Compare(d) <= 0 {
			end = midnight
		}
	}
	return end
}

// StartOfDay returns the instant, in UTC, at which a day begins.
func (c Calendar) StartOfDay(d Day) time.Time { return c.EndOfDay(d.addDays(-1)) }

// gap is where clocks skip a time.
type gap struct {
	change    time.Time // when they are put forward
	unchanged time.Time // when they would have shown the time
}

// readings returns every instant at which the clocks of the zone show a time on a day;
// where there is none, the gap that it falls into. It goes through the periods of the
// zone between two changes, in order, from before the time to after it.
func (c Calendar) readings(d Day, clock time.Duration) (shown []time.Time, skipped gap) {
	wall := d.midnight().Add(clock)
	for probe := wall.Add(-farthest); ; {
		local := probe.In(c.Zone())
		_, offset := local.Zone()
		start, end := local.ZoneBounds()
		t := wall.Add(-time.Duration(offset) * time.Second)
		switch {
		case !start.IsZero() && t.Before(start):
			skipped.change = start.UTC()
			return shown, skipped
		case end.IsZero() || t.Before(end):
			shown = append(shown, t)
		default:
			skipped.unchanged = t
		}
		if end.IsZero() || end.After(wall.Add(farthest)) {
			return shown, skipped
		}
		probe = end
	}
}
