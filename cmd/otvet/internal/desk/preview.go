package desk

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"otvet/kb"
	"otvet/tickets"
)

// previewPage shows a letter before it goes, with the form that sends it.
type previewPage struct {
	frame
	Summary summary
	Mail    kb.Writing
	Lang    string
	Trouble string // why the letter cannot be shown
	Nothing bool   // this sends no letter
	Form    form
}

// showPreview shows the letter that a step would send, if the step can be done.
func (d *Desk) showPreview(w http.ResponseWriter, r *http.Request, me tickets.Agent, seen sight, s step, e tickets.Event) error {
	if s.Version != seen.ticket.Version {
		return d.showConflict(w, r, me, s)
	}
	order, ok, err := seen.letter(e)
	if err != nil {
		return d.answer(w, r, me, s, seen.ticket, err)
	}
	page := &previewPage{
		frame:   d.newFrame(r, me, seen.T("desk.preview.title")),
		Summary: seen.summary(seen.dossier, me.ID), Lang: string(seen.ticket.Locale), Nothing: !ok,
		Form: d.withFiles(seen.form(s.act, stamp{s.Number, strconv.Itoa(s.Version), s.Key}).filled(s.values), seen.scene, s.Files),
	}
	page.Section, page.Here = "queue", ticketURL(s.Number)
	if s.values.Get("promise") == "yes" {
		page.Form.Promise = seen.T("desk.promise.tick")
	}
	if ok {
		page.Mail, err = d.Compose(seen.mail(e, order))
		if page.Trouble, err = seen.unfilled(err); err != nil {
			return fmt.Errorf("preview letter %s for ticket %s: %w", order.Kind, s.Number, err)
		}
	}
	return d.pages.preview.Write(w, http.StatusOK, page)
}

// letter returns the letter that an event demands. A decision is shown as the letter that
// follows from it once somebody else has approved it.
func (s scene) letter(e tickets.Event) (tickets.LetterOrder, bool, error) {
	after, err := s.ticket.Apply(e)
	if err != nil {
		return tickets.LetterOrder{}, false, err
	}
	before := s.ticket
	if _, ok := e.Change.(tickets.Decided); ok {
		before = after
		e.Actor.Agent, e.Change = math.MaxInt64, tickets.DecisionReviewed{Approve: true}
		if after, err = after.Apply(e); err != nil {
			return tickets.LetterOrder{}, false, err
		}
	}
	order, ok := tickets.LetterOf(before, after, e)
	return order, ok, nil
}

// mail returns the letter as the workers get it; its link opens nothing.
func (s scene) mail(e tickets.Event, o tickets.LetterOrder) tickets.Letter {
	l := tickets.Letter{
		Kind: o.Kind, Number: s.ticket.Number, Category: s.ticket.Category, Locale: s.ticket.Locale,
		To: s.ticket.Requester.Email, Values: o.Values, Dates: o.Dates, Token: "…",
	}
	if m, ok := tickets.MessageOf(s.ticket, e); ok {
		l.Reply = m.Body
	}
	return l
}

// unfilled says which fields of a letter have no value, and returns every other error.
func (s scene) unfilled(err error) (string, error) {
	var gaps *kb.UnfilledError
	if errors.As(err, &gaps) {
		return s.T("desk.preview.unfilled", s.list(gaps.Fields)), nil
	}
	return "", err
}
