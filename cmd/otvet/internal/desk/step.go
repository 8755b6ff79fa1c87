package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// stepKind names a form of the ticket page; it is the last part of the form's address.
type stepKind string

const (
	stepReply    stepKind = "reply"
	stepNote     stepKind = "note"
	stepStatus   stepKind = "status"
	stepCategory stepKind = "category"
	stepAssign   stepKind = "assign"
)

func stepKinds() []stepKind {
	return []stepKind{stepReply, stepNote, stepStatus, stepCategory, stepAssign}
}

// step is a change to a ticket as an agent asked for it.
type step struct {
	Kind    stepKind
	Number  tickets.Number
	Version int           // of the ticket that the agent saw
	Key     string        // of the page
	Body    string        // of a reply or a note
	Files   upload.Basket // of a reply or a note
	Value   string        // the status after a reply; the new status, category or assignee's ID
}

var keyForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

// readStep reads a posted form. What a form of ours cannot have posted is web.BadRequest.
func (d *Desk) readStep(w http.ResponseWriter, r *http.Request, kind stepKind) (step, error) {
	form, files, err := d.Uploads.Read(w, r, "")
	if err != nil {
		return step{}, err
	}
	n, err := tickets.ParseNumber(chi.URLParam(r, "number"))
	if err != nil {
		return step{}, fmt.Errorf("read ticket number: %w", err)
	}
	version, err := strconv.Atoi(form.Get("version"))
	if err != nil || !keyForm.MatchString(form.Get("key")) {
		return step{}, web.Failf(web.BadRequest, "form lacks version or key")
	}
	return step{kind, n, version, form.Get("key"), form.Get("body"), files, form.Get(kind.field())}, nil
}

// field is the name of the form's field for [step].Value.
func (k stepKind) field() string {
	if k == stepReply {
		return "then"
	}
	return string(k)
}

// eventKey names the step for the store. It holds the content: the same form sent again
// with another text (after "back") is another step, not a repetition to be swallowed.
func (s step) eventKey() string {
	content := append([]string{string(s.Kind), s.Value, s.Body}, upload.Hashes(s.Files.Files)...)
	sum := sha256.Sum256([]byte(strings.Join(content, "\x00")))
	return s.Key + "-" + hex.EncodeToString(sum[:8])
}

// take serves POST /desk/tickets/{number}/{kind}.
func (d *Desk) take(kind stepKind) agentHandler {
	return func(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
		s, err := d.readStep(w, r, kind)
		if err != nil {
			return err
		}
		now := time.Now()
		change, err := d.change(s, tickets.Review{By: me.ID, At: now})
		if err == nil {
			actor := tickets.Actor{Kind: tickets.ByAgent, Agent: me.ID}
			event := tickets.Event{Key: s.eventKey(), At: now, Actor: actor, Change: change}
			_, err = d.Store.Apply(r.Context(), s.Number, s.Version, event)
		}
		return d.answer(w, r, me, s, err)
	}
}

// change turns a step into the domain's words. An agent who sends a reply that they wrote
// has reviewed it.
func (d *Desk) change(s step, review tickets.Review) (tickets.Change, error) {
	if len(s.Files.Refused) > 0 {
		return nil, &tickets.InvalidError{Fields: []tickets.FieldError{{Field: "files", Code: s.Files.Refused[0].Code}}}
	}
	switch s.Kind {
	case stepReply:
		return tickets.AgentReplied{Body: s.Body, Files: s.Files.Files, Then: tickets.Status(s.Value), Review: review}, nil
	case stepNote:
		return tickets.Noted{Body: s.Body, Files: s.Files.Files}, nil
	case stepStatus:
		return tickets.StatusSet{To: tickets.Status(s.Value)}, nil
	case stepCategory:
		return tickets.CategorySet{To: s.Value}, d.knowsCategory(s.Value)
	case stepAssign:
		id, err := strconv.ParseInt(s.Value, 10, 64)
		if err != nil {
			return nil, unknown("assign")
		}
		return tickets.Assigned{To: tickets.AgentID(id)}, nil
	}
	return nil, fmt.Errorf("no step %q", s.Kind)
}

func unknown(field string) error {
	return &tickets.InvalidError{Fields: []tickets.FieldError{{Field: field, Code: tickets.Unknown}}}
}

func (d *Desk) knowsCategory(id string) error {
	for _, l := range kb.Locales() {
		if _, ok := d.Engine.Library().Category(l, id); ok || id == tickets.CategoryUnsure {
			return nil
		}
	}
	return unknown("category")
}

// answer shows what came of a step.
func (d *Desk) answer(w http.ResponseWriter, r *http.Request, me tickets.Agent, s step, err error) error {
	var refused *tickets.TransitionError
	var invalid *tickets.InvalidError
	switch {
	case err == nil:
		to := ticketURL(s.Number) + "?" + url.Values{"done": {string(s.Kind)}}.Encode()
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	case errors.Is(err, tickets.ErrConflict):
		return d.showConflict(w, r, me, s)
	case errors.As(err, &refused), errors.As(err, &invalid):
		return d.showRefused(w, r, me, s, err)
	}
	return fmt.Errorf("take step %s on ticket %s: %w", s.Kind, s.Number, err)
}
