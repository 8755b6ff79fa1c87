package desk

import (
	"net/http"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// words puts the domain into the words of one agent's desk, at one moment.
type words struct {
	*web.Printer
	library *kb.Library
	locale  kb.Locale
	now     time.Time
	edit    EditURL
	zone    *time.Location // the operator's, whose days are written and read
}

func (d *Desk) words(r *http.Request, me tickets.Agent) words {
	return words{d.printer(r, me), d.Engine.Library(), kb.Locale(d.lang(r, me)), time.Now(), d.EditURL, d.TimeZone}
}

// choice is an option of a select.
type choice struct {
	Value, Label string
	Selected     bool
}

func (w words) status(s tickets.Status) string { return w.T("desk.status." + string(s)) }

func (w words) language(l kb.Locale) string { return w.T("desk.language." + string(l)) }

func (w words) kind(k kb.Kind) string { return w.T("desk.kind." + string(k)) }

// languages returns the languages of the content as choices.
func (w words) languages(selected string) []choice {
	var choices []choice
	for _, l := range kb.Locales() {
		choices = append(choices, choice{string(l), w.language(l), string(l) == selected})
	}
	return choices
}

// category returns a category's title; one that the content has lost keeps its ID.
func (w words) category(id string) string {
	if id == tickets.CategoryUnsure {
		return w.T("desk.category.unsure")
	}
	if c, ok := w.library.Category(w.locale, id); ok {
		return c.Title
	}
	return id
}

// categories returns the choices for a category, the ticket's own among them even when
// the content has lost it.
func (w words) categories(selected string) []choice {
	var choices []choice
	known := selected == "" || selected == tickets.CategoryUnsure
	for _, c := range w.library.Categories(w.locale) {
		choices = append(choices, choice{c.ID, c.Title, c.ID == selected})
		known = known || c.ID == selected
	}
	unsure := tickets.CategoryUnsure
	choices = append(choices, choice{unsure, w.category(unsure), selected == unsure})
	if !known {
		choices = append(choices, choice{selected, selected, true})
	}
	return choices
}

// statuses returns statuses as choices.
func (w words) statuses(all []tickets.Status, selected tickets.Status) []choice {
	choices := make([]choice, len(all))
	for i, s := range all {
		choices[i] = choice{string(s), w.status(s), s == selected}
	}
	return choices
}

// span writes how long ago something was, in one unit: "3 hours". In Russian it stands
// in the accusative, as after «ждёт» and before «назад».
func (w words) span(since time.Time) string { return w.length(w.now.Sub(since)) }

// length writes a length of time as span does.
func (w words) length(d time.Duration) string {
	switch {
	case d < time.Minute:
		return w.T("desk.span.moment")
	case d < time.Hour:
		return w.N("desk.span.minutes", int(d.Minutes()))
	case d < 48*time.Hour:
		return w.N("desk.span.hours", int(d.Hours()))
	}
	return w.N("desk.span.days", int(d.Hours()/24))
}

func (w words) ago(t time.Time) string { return w.T("desk.span.ago", w.span(t)) }

// waits says who waits for whom, and since when if the last word began it; empty when
// nobody does.
func (w words) waits(s tickets.Status, lastBy tickets.ActorKind, since time.Time) string {
	switch {
	case s == tickets.StatusPending:
		return w.T("desk.waits.for_player", w.span(since))
	case s == tickets.StatusOnHold:
		return w.T("desk.waits.on_hold")
	case s != tickets.StatusNew && s != tickets.StatusOpen:
		return ""
	case lastBy == tickets.ByPlayer:
		return w.T("desk.waits.player", w.span(since))
	}
	return w.T("desk.waits.more_from_us", w.span(since))
}

// lastWord says who wrote last, with the time where waits does not tell it.
func (w words) lastWord(s tickets.Status, by tickets.ActorKind, at time.Time) string {
	switch s {
	case tickets.StatusNew, tickets.StatusOpen, tickets.StatusPending:
		return w.T("desk.last." + string(by))
	}
	return w.T("desk.wrote."+string(by), w.ago(at))
}

// actor names who did something; name is an agent's.
func (w words) actor(a tickets.Actor, name string) string {
	if a.Kind == tickets.ByAgent {
		return name
	}
	return w.T("desk.actor." + string(a.Kind))
}

func (w words) stage(s tickets.Stage) string { return w.T("desk.stage." + string(s)) }

func (w words) channel(c tickets.Channel) string { return w.T("desk.channel." + string(c)) }

// departments returns the content's departments, and a selected one that it does not list.
func (w words) departments(selected string) []choice {
	var choices []choice
	known := selected == ""
	for _, d := range w.library.Departments(w.locale) {
		choices = append(choices, choice{d.ID, d.Title, d.ID == selected})
		known = known || d.ID == selected
	}
	if !known {
		choices = append(choices, choice{selected, w.department(selected), true})
	}
	return choices
}

// department names a department; one that the content does not list by what agents wrote.
func (w words) department(id string) string {
	if d, ok := w.library.Department(w.locale, id); ok {
		return d.Title
	}
	if id == tickets.FirstLine {
		return w.T("desk.department.first")
	}
	return id
}
