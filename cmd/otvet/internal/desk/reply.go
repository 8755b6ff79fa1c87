package desk

import (
	"errors"
	"net/http"
	"strconv"

	"otvet/cmd/otvet/internal/upload"
	"otvet/kb"
	"otvet/tickets"
)

// textForm is a form for a text, with what is wrong with the text.
type textForm struct {
	Body    string
	Trouble string
	Max     int
	Files   upload.Field
}

// replyForm is the form for a message to the player.
type replyForm struct {
	textForm
	Then     []choice
	Language string // of the player, when it is not the desk's
}

// reply makes an empty reply form.
func (w words) reply(t tickets.Ticket, then tickets.Status) replyForm {
	after := []tickets.Status{tickets.StatusPending, tickets.StatusSolved, tickets.StatusOpen, tickets.StatusOnHold}
	form := replyForm{textForm: textForm{Max: tickets.MaxBody}, Then: w.statuses(after, then)}
	if t.Locale != w.locale {
		form.Language = w.T("desk.reply.language_" + string(t.Locale))
	}
	return form
}

// showRefused shows the ticket with what was typed and why it was not taken. The forms
// keep the version that the agent saw: the guard against stale forms holds for the next
// try too.
func (d *Desk) showRefused(w http.ResponseWriter, r *http.Request, me tickets.Agent, s step, cause error) error {
	d.Web.Note(r, cause)
	page, err := d.newTicketPage(r, me, s.Number)
	if err != nil {
		return err
	}
	page.Stamp = stamp{s.Number, strconv.Itoa(s.Version), s.Key}
	p := d.words(r, me)
	trouble := p.trouble(cause)
	if len(s.Files.Refused) == 0 {
		s.Files = s.Files.Because(cause)
	}
	switch s.Kind {
	case stepReply:
		page.Reply = p.reply(tickets.Ticket{Locale: kb.Locale(page.Summary.Lang)}, tickets.Status(s.Value))
		page.Reply.Body, page.Reply.Trouble = s.Body, onText(cause, trouble)
		page.Reply.Files = d.Uploads.Field(p.Printer, "reply-files", s.Key, s.Files)
	case stepNote:
		page.Note.Body, page.Note.Trouble = s.Body, onText(cause, trouble)
		page.Note.Files = d.Uploads.Field(p.Printer, "note-files", s.Key, s.Files)
	}
	page.Trouble = trouble
	return d.pages.ticket.Write(w, http.StatusUnprocessableEntity, page)
}

// onText returns the trouble unless it is with the files only, whose field tells it.
func onText(cause error, trouble string) string {
	var invalid *tickets.InvalidError
	if errors.As(cause, &invalid) && invalid.Code("files") != "" && invalid.Code("body") == "" {
		return ""
	}
	return trouble
}

// trouble says why a step was refused and what to do.
func (w words) trouble(cause error) string {
	var refused *tickets.TransitionError
	var invalid *tickets.InvalidError
	switch {
	case errors.As(cause, &refused) && refused.To.Valid():
		return w.T("desk.trouble.transition", w.status(refused.From), w.status(refused.To))
	case errors.As(cause, &refused):
		return w.T("desk.trouble.impossible", w.status(refused.From))
	case errors.As(cause, &invalid) && invalid.Code("body") != "":
		return w.T("desk.trouble.body_" + string(invalid.Code("body")))
	case errors.As(cause, &invalid) && invalid.Code("files") != "":
		return w.T("desk.trouble.files")
	}
	return w.T("desk.trouble.unknown")
}
