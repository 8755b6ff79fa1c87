package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// The steps of a player on the page of a request, as the address names them.
const (
	actAccept   = "accept"
	actClarify  = "clarify"
	actAppeal   = "appeal"
	actObject   = "object"
	actEscalate = "escalate"
	actUnsolved = "unsolved" // "did this solve it?": no
	actRate     = "rate"
	actFacts    = "facts"
)

func newKey() string { return web.NewKey() }

// act answers POST …/{act} below a request's page: what the player does with an outcome,
// or adds to it. A form that is sent twice does one thing once. Nobody is alarmed by the form
// about how it was, so words of distress in it are not kept but shown the way to a person.
func (s *Site) act(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(r)
	if err != nil {
		return err
	}
	pass, err := s.pass(r)
	if err != nil {
		return s.noPass(w, r, err)
	}
	done := posted{name: chi.URLParam(r, "act"), form: form, key: keyOr(form.Get("key"))}
	if done.name == actRate && done.distress() {
		return s.handOff(w, langOf(r), done.words())
	}
	change, err := s.change(r.Context(), langOf(r), pass, done)
	if err == nil {
		err = s.playerApply(r.Context(), pass, done.eventKey(), change)
	}
	if err != nil {
		return s.actRefused(w, r, pass, done, err)
	}
	query := "?done=" + done.name
	if done.distress() {
		query += "&care=1"
	}
	http.Redirect(w, r, requestPath(langOf(r), pass)+query+"#done", http.StatusSeeOther)
	return nil
}

// posted is a step as its form was sent.
type posted struct {
	name, key string
	form      url.Values
}

// body returns the words that came with the step.
func (p posted) body() string { return p.form.Get("body") }

// words returns all that was typed, in whichever field.
func (p posted) words() string {
	return strings.TrimSpace(strings.Join([]string{p.body(), p.form.Get("text"), readMatter(p.form).words()}, "\n"))
}

// distress reports whether the words are of somebody who may be in distress.
func (p posted) distress() bool { return assistant.Assess(p.words()).Class == assistant.Safety }

// eventKey names the step for the store, with its words: see response.eventKey.
func (p posted) eventKey() string {
	sum := sha256.Sum256([]byte(p.form.Encode()))
	return p.key + "-" + p.name + "-" + hex.EncodeToString(sum[:8])
}

// change returns the event that a step is. Errors: tickets.ErrNotFound for a step that
// there is not, *tickets.InvalidError.
func (s *Site) change(ctx context.Context, lang string, pass tickets.Pass, p posted) (tickets.Change, error) {
	body, safety := p.body(), p.distress()
	switch p.name {
	case actAccept:
		return tickets.PlayerAccepted{}, nil
	case actClarify:
		return tickets.ClarificationAsked{Body: body, Safety: safety}, nil
	case actAppeal:
		return tickets.Appealed{Body: body, Safety: safety}, nil
	case actObject:
		return tickets.Objected{Body: body, Safety: safety}, nil
	case actEscalate:
		return tickets.EscalationAsked{Body: body, Safety: safety}, nil
	case actUnsolved:
		return tickets.PlayerReplied{Body: s.words(lang).T("solved.no.body")}, nil
	case actRate:
		return p.rated(), nil
	case actFacts:
		if safety { // a fact alarms nobody, a message does
			return tickets.PlayerReplied{Body: p.words(), Safety: true}, nil
		}
		return s.recorded(ctx, lang, pass, p.form)
	}
	return nil, tickets.ErrNotFound
}

// rated reads the form about how it was.
func (p posted) rated() tickets.Rated {
	c := tickets.Rated{Text: p.form.Get("text")}
	c.Score, _ = strconv.Atoi(p.form.Get("score")) // what is no number is no score
	if said := p.form.Get("helped"); said == "yes" || said == "no" {
		helped := said == "yes"
		c.Helped = &helped
	}
	return c
}

// recorded reads the facts that are added to a request; those of its category only.
func (s *Site) recorded(ctx context.Context, lang string, pass tickets.Pass, form url.Values) (tickets.Change, error) {
	d, err := s.Store.PlayerDossier(ctx, pass)
	if err != nil {
		return nil, err
	}
	c, _ := s.Engine.Library().Category(kb.Locale(lang), d.Ticket.Category)
	facts, wrong := readMatter(form).record(asked(d.Ticket.Kind, c), s.zone(), time.Now())
	if len(wrong) > 0 {
		return nil, &tickets.InvalidError{Fields: wrong}
	}
	return tickets.Recorded{Facts: facts}, nil
}

// actRefused writes the page with what was typed and why the step was not taken. A step
// that has been taken already is no mistake.
func (s *Site) actRefused(w http.ResponseWriter, r *http.Request, pass tickets.Pass, done posted, cause error) error {
	if errors.Is(cause, tickets.ErrNotFound) {
		return s.missingRequest(w, r)
	}
	status := http.StatusServiceUnavailable
	var invalid *tickets.InvalidError
	var late *tickets.TransitionError
	switch {
	case errors.As(cause, &invalid):
		status = http.StatusUnprocessableEntity
	case errors.As(cause, &late):
		status = http.StatusConflict
	}
	p, err := s.readRequest(r.Context(), langOf(r), pass)
	if err != nil { // without the database there is still the text to give back
		p = s.newRequestPage(langOf(r), pass)
	}
	if status == http.StatusConflict && done.name == actAccept && p.Ticket != nil && !p.Ticket.Case.AcceptedAt.IsZero() {
		http.Redirect(w, r, p.Path+"?done="+actAccept+"#done", http.StatusSeeOther)
		return nil
	}
	if status == http.StatusServiceUnavailable {
		s.Web.Log.ErrorContext(r.Context(), "step not taken", "request", web.RequestID(r.Context()), "act", done.name, "cause", cause)
		w.Header().Set("Retry-After", "30")
	}
	if done.distress() {
		p.Care = s.careUnsent(p.Lang, done.words())
	}
	s.giveBack(p, done, newMistakes(s.words(p.Lang), fieldErrors(cause, "")), status)
	return s.writeRequest(w, status, p)
}

// giveBack puts what was typed into the form that it came from; into the reply's when that
// is not there any more, from which it can be sent or copied.
func (s *Site) giveBack(p *requestPage, done posted, wrong mistakes, status int) {
	refused := status == http.StatusServiceUnavailable
	p.Stale = status == http.StatusConflict
	switch done.name {
	case actRate:
		c := done.rated()
		p.Rating = rating{done.key, done.form.Get("helped"), c.Text, c.Score, wrong.For("score") + wrong.For("text"), refused}
	case actFacts:
		c, _ := s.Engine.Library().Category(kb.Locale(p.Lang), p.categoryID())
		m := readMatter(done.form)
		p.Missing = s.newFactForm(asked(p.kind(), c), nil, m, wrong)
		p.Mistakes, p.Refused = wrong, refused
	default:
		a := act{Name: done.name, Key: done.key, Body: done.body(), Mistake: wrong.For("body"), Refused: refused}
		if !p.keep(a) {
			p.Reply.Body, p.Refused = a.Body, refused
		}
	}
}
