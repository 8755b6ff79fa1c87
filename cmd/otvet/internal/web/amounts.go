package web

import (
	"fmt"
	"time"
)

// Took writes how long something took, in one unit: "3 hours", «3 часа». It rounds to the
// nearest; what is less than a minute is said so.
func (p *Printer) Took(d time.Duration) string {
	switch {
	case d < time.Minute:
		return p.T("took.moment")
	case d < time.Hour:
		return p.N("took.minutes", int(d.Round(time.Minute)/time.Minute))
	case d < 48*time.Hour:
		return p.N("took.hours", int(d.Round(time.Hour)/time.Hour))
	}
	return p.N("took.days", int(d.Round(24*time.Hour)/(24*time.Hour)))
}

// Percent writes whole percent: "95%", «95 %».
func (p *Printer) Percent(n int) string {
	if p.lang == "ru" {
		return fmt.Sprintf("%d\u00a0%%", n)
	}
	return fmt.Sprintf("%d%%", n)
}

// Tenths writes a number with one digit after the point: "4.6", «4,6».
func (p *Printer) Tenths(x float64) string { return p.numbers.Sprintf("%.1f", x) }

// Month writes a month: "October 2026", «октябрь 2026 г.».
func (p *Printer) Month(t time.Time) string {
	if p.lang == "ru" {
		return fmt.Sprintf("%s %d\u00a0г.", p.T(fmt.Sprintf("month.%d", t.Month())), t.Year())
	}
	return fmt.Sprintf("%s %d", p.T(fmt.Sprintf("month.%d", t.Month())), t.Year())
}
