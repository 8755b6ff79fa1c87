package kb

import (
	"fmt"
	"time"
)

// months returns the months as they stand in a date.
func months(loc Locale) []string {
	if loc == RU {
		return []string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"}
	}
	return []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
}

// Day writes the day of a moment in the moment's own time zone: "22 November 2026",
// «22 ноября 2026 года», which can end a sentence.
func (l Locale) Day(t time.Time) string {
	day := fmt.Sprintf("%d%s%s %d", t.Day(), noBreak, months(l)[t.Month()-1], t.Year())
	if l == RU {
		return day + noBreak + "года"
	}
	return day
}

// Moment writes day and time with the name of the time zone: "22 November 2026, 14:05 UTC".
func (l Locale) Moment(t time.Time) string {
	zone := t.Format("MST")
	if zone[0] == '+' || zone[0] == '-' {
		zone = "UTC" + zone
	}
	return l.Day(t) + ", " + t.Format("15:04") + noBreak + zone
}
