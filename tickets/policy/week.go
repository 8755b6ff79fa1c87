package policy

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// calendarFile is a calendar as its file states it.
type calendarFile struct {
	Calendar  string           `yaml:"calendar"`
	Source    string           `yaml:"source"`
	Weekend   []string         `yaml:"weekend"`    // names of days: saturday
	EveryYear bool             `yaml:"every-year"` // there are no holidays to list
	Holidays  map[int][]string `yaml:"holidays"`   // by year: 2026-12-25
}

// readCalendar reads a calendar.
func (l *loading) readCalendar(doc *document) {
	var file calendarFile
	if !doc.decode(&file) {
		return
	}
	name := named(doc.name)
	switch {
	case file.Calendar != name:
		doc.problem("calendar", "the file is named for %s, and says that it is %q", name, file.Calendar)
	case l.calendars[name] != nil:
		doc.problem("calendar", "%s exists: give yours a name of its own", name)
	default:
		l.calendars[name] = file.week(doc)
	}
}

// week returns the calendar that a file states.
func (f calendarFile) week(doc *document) *workweek {
	w := &workweek{name: f.Calendar, holidays: map[Day]bool{}, years: map[int]bool{}, everyear: f.EveryYear}
	for _, name := range f.Weekend {
		day := slices.IndexFunc(weekdays(), func(d time.Weekday) bool { return strings.ToLower(d.String()) == name })
		if day < 0 {
			doc.problem("weekend", "no day of the week: %q", name)
			continue
		}
		w.off[day] = true
	}
	if !slices.Contains(w.off[:], false) {
		doc.problem("weekend", "leave a day to work on")
	}
	for year, days := range f.Holidays {
		w.years[year] = true
		for _, text := range days {
			day, err := ParseDay(text)
			if err != nil || day.Year != year {
				doc.problem("holidays."+strconv.Itoa(year), "no day of %d: %q", year, text)
				continue
			}
			w.holidays[day] = true
		}
	}
	return w
}

func weekdays() []time.Weekday {
	return []time.Weekday{
		time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday,
	}
}
