package desk

import (
	"errors"
	"strings"
	"time"

	"otvet/tickets"
)

// facts adds to the record of what happened. A field that is left empty changes nothing.
func facts() act {
	return act{
		name: "facts", part: partCase,
		example: func(scene) tickets.Change { return tickets.Recorded{} },
		fields:  func(s scene) []field { return s.recordFields(s.ticket.Case.Record) },
		change: func(in input) (tickets.Change, error) {
			r, err := in.record()
			return tickets.Recorded{Facts: r}, err
		},
		about: func(s scene) string { return s.T("desk.facts.about") },
	}
}

// recordFields ask for the facts of a matter, none of which is required.
func (s scene) recordFields(r tickets.Record) []field {
	list := func(values []string) string { return strings.Join(values, "\n") }
	return []field{
		day("occurred_at", s.T("desk.record.occurred_at")).holding(s.dayOf(r.OccurredAt)),
		day("decision_at", s.T("desk.record.decision_at")).holding(s.dayOf(r.DecisionAt)),
		line("decision_ref", s.T("desk.record.decision_ref")).optional().holding(r.DecisionRef),
		line("terms", s.T("desk.record.terms")).optional().holding(r.Terms),
		short("bets", s.T("desk.record.bets")).optional().holding(list(r.Bets)).with(s.T("desk.record.each")),
		short("transactions", s.T("desk.record.transactions")).optional().holding(list(r.Transactions)).with(s.T("desk.record.each")),
		line("amount", s.T("desk.record.amount")).optional().holding(r.Amount),
		line("method", s.T("desk.record.method")).optional().holding(r.Method),
		selection("platform", s.T("desk.record.platform"), s.platforms(r.Platform)).optional(),
		line("device", s.T("desk.record.device")).optional().holding(r.Device),
		line("system", s.T("desk.record.system")).optional().holding(r.System),
		line("app", s.T("desk.record.app")).optional().holding(r.App),
		short("expected", s.T("desk.record.expected")).optional().holding(r.Expected),
		short("error", s.T("desk.record.error")).optional().holding(r.Error),
		short("remedy", s.T("desk.record.remedy")).optional().holding(r.Remedy),
		line("on_behalf_of", s.T("desk.record.on_behalf_of")).optional().holding(r.OnBehalfOf),
		line("incident", s.T("desk.record.incident")).optional().holding(r.Incident),
	}
}

func (s scene) platforms(chosen tickets.Platform) []choice {
	unknown := choice{"", s.T("desk.platform.unknown"), chosen == ""}
	return append([]choice{unknown}, selected(values(s.words, "desk.platform.", tickets.Platforms()), string(chosen))...)
}

// record reads the facts. A day that the record has already is left as it is there, since
// the player may have told the hour.
func (in input) record() (tickets.Record, error) {
	r := tickets.Record{
		DecisionRef: in.text("decision_ref"), Terms: in.text("terms"), Bets: in.lines("bets"), Transactions: in.lines("transactions"),
		Amount: in.text("amount"), Method: in.text("method"), Platform: tickets.Platform(in.text("platform")),
		Device: in.text("device"), System: in.text("system"), App: in.text("app"), Expected: in.text("expected"),
		Error: in.text("error"), Remedy: in.text("remedy"), OnBehalfOf: in.text("on_behalf_of"), Incident: in.text("incident"),
	}
	var err error
	known := in.scene.ticket.Case.Record
	for _, d := range []struct {
		name  string
		to    *time.Time
		known time.Time
	}{{"occurred_at", &r.OccurredAt, known.OccurredAt}, {"decision_at", &r.DecisionAt, known.DecisionAt}} {
		at, bad := in.day(d.name)
		err = errors.Join(err, bad)
		if in.text(d.name) != in.scene.dayOf(d.known) {
			*d.to = at
		}
	}
	return r, err
}

// dayOf writes a moment as a date field has it; nothing for the zero time.
func (w words) dayOf(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(w.zone).Format(time.DateOnly)
}

// factLine is a fact of the record.
type factLine struct{ Name, Value string }

// recordLines returns the facts that are known.
func (s scene) recordLines() (lines []factLine) {
	for _, f := range s.recordFields(s.ticket.Case.Record) {
		value := f.Value
		switch {
		case f.Kind == fieldSelect && s.ticket.Case.Record.Platform != "":
			value = s.T("desk.platform." + string(s.ticket.Case.Record.Platform))
		case f.Name == "occurred_at" && value != "":
			value = s.DateTime(s.ticket.Case.Record.OccurredAt)
		case f.Name == "decision_at" && value != "":
			value = s.DateTime(s.ticket.Case.Record.DecisionAt)
		}
		if value != "" {
			lines = append(lines, factLine{f.Label, strings.ReplaceAll(value, "\n", ", ")})
		}
	}
	return lines
}
