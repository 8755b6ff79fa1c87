package web

import (
	"fmt"
	"time"
)

var months = map[string][]string{
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// Date writes a calendar day: "12 October 2026", «12 октября 2026 г.». The day is taken
// as it stands, without moving it to another time zone.
func (p *Printer) Date(t time.Time) string {
	month := months[p.lang][t.Month()-1]
	if p.lang == "ru" {
		return fmt.Sprintf("%d\u00a0%s %d\u00a0г.", t.Day(), month, t.Year())
	}
	return fmt.Sprintf("%d\u00a0%s %d", t.Day(), month, t.Year())
}

// DateTime writes a moment in the operator's time zone, the zone named:
// "12 October 2026, 14:05 UTC".
func (p *Printer) DateTime(t time.Time) string {
	t = t.In(p.zone)
	zone := t.Format("MST")
	if zone[0] == '+' || zone[0] == '-' {
		zone = "UTC" + zone
	}
	return fmt.Sprintf("%s, %s %s", p.Date(t), t.Format("15:04"), zone)
}

// Machine writes a moment for a datetime attribute.
func (p *Printer) Machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }
