package desk

import (
	"fmt"
	"net/http"
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
	Stamp    stamp
	Kind     stepKind
	Value    string
	Wish     string // the step in words, when it has no text
	Reply    replyForm
}

// showConflict answers a step on a stale version.
func (d *Desk) showConflict(w http.ResponseWriter, r *http.Request, me tickets.Agent, s step) error {
	dossier, err := d.Store.Dossier(r.Context(), me.ID, s.Number)
	if err != nil {
		return fmt.Errorf("load ticket %s after a conflict: %w", s.Number, err)
	}
	p := d.words(r, me)
	events, messages := since(dossier, s.Version)
	page := &conflictPage{
		frame: d.newFrame(r, me, p.T("desk.conflict.title")), Summary: p.summary(dossier, me.ID),
		Messages: p.messages(s.Number, messages), History: p.history(events),
		Stamp: stamp{s.Number, strconv.Itoa(dossier.Ticket.Version), s.Key},
		Kind:  s.Kind, Value: s.Value,
		Reply: p.reply(dossier.Ticket, tickets.Status(s.Value)),
	}
	page.Reply.Files = d.Uploads.Field(p.Printer, "reply-files", s.Key, s.Files)
	page.Reply.Body, page.Section, page.Here = s.Body, "queue", ticketURL(s.Number)
	page.Wish, err = d.wish(r, p, s)
	if err != nil {
		return err
	}
	return d.pages.conflict.Write(w, http.StatusConflict, page)
}

// wish says what a step without a text would do.
func (d *Desk) wish(r *http.Request, p words, s step) (string, error) {
	switch s.Kind {
	case stepStatus:
		return p.T("desk.conflict.status", p.status(tickets.Status(s.Value))), nil
	case stepCategory:
		return p.T("desk.conflict.category", p.category(s.Value)), nil
	case stepAssign:
		return d.assignmentWish(r, p, s.Value)
	}
	return "", nil
}

func (d *Desk) assignmentWish(r *http.Request, p words, value string) (string, error) {
	agents, err := d.Store.Agents(r.Context())
	if err != nil {
		return "", fmt.Errorf("load agents: %w", err)
	}
	for _, a := range agents {
		if strconv.FormatInt(int64(a.ID), 10) == value {
			return p.T("desk.conflict.assign", a.Name), nil
		}
	}
	return p.T("desk.conflict.assign_nobody"), nil
}
