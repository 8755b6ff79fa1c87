package desk

import (
	"errors"
	"net/http"
	"strconv"

	"otvet/tickets"
)

// showRefused shows the ticket with what was typed and why it was not taken. The form
// keeps the version that the agent saw: the guard against stale forms holds for the next
// try too.
func (d *Desk) showRefused(w http.ResponseWriter, r *http.Request, me tickets.Agent, s step, cause error) error {
	d.Web.Note(r, cause)
	seen, err := d.sight(r, me, s.Number)
	if err != nil {
		return err
	}
	page := d.newTicketPage(r, me, seen)
	page.keep(seen, s, cause)
	if len(s.Files.Refused) == 0 {
		s.Files = s.Files.Because(cause)
	}
	for _, f := range page.forms() {
		if f.Name == s.act.name {
			*f = d.withFiles(*f, seen.scene, s.Files)
		}
	}
	return d.pages.ticket.Write(w, http.StatusUnprocessableEntity, page)
}

// keep puts what was posted back into its form, or beside it when the form is not on the
// page any more.
func (p *ticketPage) keep(seen sight, s step, cause error) {
	p.Trouble = seen.trouble(cause)
	seenAt, found := stamp{s.Number, strconv.Itoa(s.Version), s.Key}, false
	for _, f := range p.forms() {
		f.Stamp = seenAt
		if f.Name == s.act.name {
			*f, found = f.filled(s.values).refused(seen.words, cause), true
		}
	}
	if !found {
		p.Kept = seen.form(s.act, seenAt).filled(s.values).texts()
	}
}

// texts returns what people have typed into a form, for one that cannot be sent.
func (f form) texts() (kept []field) {
	for _, field := range f.Fields {
		if field.typed() && field.Value != "" {
			kept = append(kept, field)
		}
	}
	return kept
}

// trouble says why a step was refused and what to do.
func (w words) trouble(cause error) string {
	var refused *tickets.TransitionError
	var invalid *tickets.InvalidError
	var doubt *doubtError
	switch {
	case errors.As(cause, &doubt):
		return w.doubt(doubt)
	case errors.As(cause, &refused) && len(refused.Owed) > 0:
		return w.T("desk.trouble.owed", w.owedList(refused.Owed))
	case errors.As(cause, &refused) && refused.To.Valid():
		return w.T("desk.trouble.transition", w.status(refused.From), w.status(refused.To))
	case errors.As(cause, &refused) && refused.Stage != "":
		return w.T("desk.trouble.stage", w.stage(refused.Stage))
	case errors.As(cause, &refused):
		return w.T("desk.trouble.impossible", w.status(refused.From))
	case errors.As(cause, &invalid):
		return w.invalid(invalid)
	}
	return w.T("desk.trouble.unknown")
}

// invalid says in one sentence what is wrong with an input.
func (w words) invalid(e *tickets.InvalidError) string {
	for _, f := range e.Fields {
		switch {
		case f.Field == "files":
			return w.T("desk.trouble.files")
		case f.Field == "body":
			return w.T("desk.trouble.body_" + string(f.Code))
		case f.Field == "into" && f.Code == tickets.NotYours:
			return w.T("desk.trouble.other_player")
		case f.Code == tickets.NotYours:
			return w.T("desk.trouble.not_yours")
		case f.Code != tickets.Unknown:
			return w.T("desk.trouble.fields")
		}
	}
	return w.T("desk.trouble.unknown")
}

// doubt says what to look at before a text goes out.
func (w words) doubt(e *doubtError) string {
	if e.Unfilled != "" {
		return w.T("desk.trouble.unfilled", e.Unfilled)
	}
	return w.T("desk.trouble.promise", w.list(e.Promises))
}
