package site

import (
	"fmt"
	"strconv"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// period is a quarter or a month that is reported. Its text, "2026-q3" or "2026-10", stands
// in addresses.
type period struct {
	first   time.Time // its first month, as midnight UTC
	quarter bool
}

// reportedYears is how far back reports go.
const reportedYears = 3

// latestQuarter returns the last quarter that is over.
func latestQuarter(now time.Time, zone *time.Location) period {
	today := tickets.Day(now, zone)
	month := today.Month() - (today.Month()-1)%3
	return period{time.Date(today.Year(), month-3, 1, 0, 0, 0, 0, time.UTC), true}
}

// parsePeriod reads a period that is over and not too long ago.
func parsePeriod(s string, now time.Time, zone *time.Location) (period, bool) {
	p := period{}
	if first, err := time.Parse("2006-01", s); err == nil {
		p.first = first
	} else {
		var year, quarter int
		if _, err := fmt.Sscanf(s, "%4d-q%1d", &year, &quarter); err != nil || quarter < 1 || quarter > 4 {
			return period{}, false
		}
		p = period{time.Date(year, time.Month(3*quarter-2), 1, 0, 0, 0, 0, time.UTC), true}
	}
	return p, p.String() == s && p.reported(now, zone)
}

func (p period) reported(now time.Time, zone *time.Location) bool {
	return !p.span(zone).To.After(now) && p.first.Year() >= now.Year()-reportedYears
}

// String returns the form that parsePeriod reads.
func (p period) String() string {
	if p.quarter {
		return fmt.Sprintf("%04d-q%d", p.first.Year(), p.number())
	}
	return p.first.Format("2006-01")
}

// number is the quarter's place in its year.
func (p period) number() int { return (int(p.first.Month()) + 2) / 3 }

func (p period) length() int {
	if p.quarter {
		return 3
	}
	return 1
}

func (p period) span(zone *time.Location) tickets.Span {
	return tickets.Days(p.first, p.first.AddDate(0, p.length(), -1), zone)
}

// move returns the period n of its kind later.
func (p period) move(n int) period { return period{p.first.AddDate(0, n*p.length(), 0), p.quarter} }

// months returns the months of a quarter; a month has none.
func (p period) months() (list []period) {
	for i := range p.length() {
		if p.quarter {
			list = append(list, period{p.first.AddDate(0, i, 0), false})
		}
	}
	return list
}

// around returns the quarter of a month.
func (p period) around() period {
	return period{time.Date(p.first.Year(), time.Month(3*p.number()-2), 1, 0, 0, 0, 0, time.UTC), true}
}

// title names the period.
func (p period) title(w *web.Printer) string {
	if p.quarter {
		return w.T("report.quarter", roman[p.number()], strconv.Itoa(p.first.Year()))
	}
	return w.Month(p.first)
}

var roman = map[int]string{1: "I", 2: "II", 3: "III", 4: "IV"}
