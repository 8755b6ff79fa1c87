package desk

import (
	"net/http"
	"slices"
	"strconv"

	"otvet/tickets"
)

// conflictPage shows what a ticket got since an agent had opened it, beside what the
// agent wanted, in a form for the newest version.
type conflictPage struct {
	frame
	Summary  summary
	Messages []messageLine // new ones
	History  []historyLine // new ones
	Form     form
	Wish     string  // the act in words, when nothing is typed in it
	Gone     string  // why it cannot be done any more; empty: it can
	Kept     []field // what was typed into what cannot be done any more
}

// showConflict answers a step on a stale version.
func (d *Desk) showConflict(w http.ResponseWriter, r *http.Request, me tickets.Agent, s step) error {
	seen, err := d.sight(r, me, s.Number)
	if err != nil {
		return err
	}
	events, messages := since(seen.dossier, s.Version)
	now := stamp{s.Number, strconv.Itoa(seen.ticket.Version), s.Key}
	page := &conflictPage{
		frame: d.newFrame(r, me, seen.T("desk.conflict.title")), Summary: seen.summary(seen.dossier, me.ID),
		Messages: seen.messages(s.Number, messages), History: seen.history(events),
		Form: d.withFiles(seen.form(s.act, now).filled(s.values), seen.scene, s.Files),
	}
	page.Section, page.Here = "queue", ticketURL(s.Number)
	if s.act.wish != nil {
		page.Wish = s.act.wish(seen.scene, s.input(seen.scene))
		page.Form.Fields = settled(page.Form.Fields)
	}
	if refusal := seen.refusal(s.act); refusal != nil {
		page.Gone, page.Kept = seen.gone(refusal), page.Form.texts()
	}
	return d.pages.conflict.Write(w, http.StatusConflict, page)
}

// gone says why what an agent wanted cannot be done any more.
func (s scene) gone(refusal error) string {
	if s.ticket.Status == tickets.StatusClosed {
		return s.T("desk.conflict.closed")
	}
	return s.T("desk.conflict.gone") + " " + s.trouble(refusal)
}

// settled returns fields that are not asked again: a sentence says what was chosen.
func settled(fields []field) []field {
	fields = slices.Clone(fields)
	for i := range fields {
		fields[i].Kind = fieldSet
	}
	return fields
}
