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

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// step is an act on a ticket as an agent asked for it.
type step struct {
	act     act
	Number  tickets.Number
	Version int    // of the ticket that the agent saw
	Key     string // of the page
	values  url.Values
	Files   upload.Basket
	preview bool // show the letter first
}

var keyForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

// readStep reads a posted form. What a form of ours cannot have posted is web.BadRequest.
func (d *Desk) readStep(w http.ResponseWriter, r *http.Request, a act) (step, error) {
	values, files, err := d.Uploads.Read(w, r, "")
	if err != nil {
		return step{}, err
	}
	n, err := tickets.ParseNumber(chi.URLParam(r, "number"))
	if err != nil {
		return step{}, fmt.Errorf("read ticket number: %w", err)
	}
	version, err := strconv.Atoi(values.Get("version"))
	if err != nil || !keyForm.MatchString(values.Get("key")) {
		return step{}, web.Failf(web.BadRequest, "form lacks version or key")
	}
	return step{a, n, version, values.Get("key"), values, files, values.Has("preview")}, nil
}

// eventKey names the step for the store. It holds the content: the same form sent again
// with another text (after "back") is another step, not a repetition to be swallowed.
func (s step) eventKey(fields []field) string {
	parts := []string{s.act.name}
	for _, f := range fields {
		parts = append(parts, f.Name, s.values.Get(f.Name))
	}
	parts = append(parts, upload.Hashes(s.Files.Files)...)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return s.Key + "-" + hex.EncodeToString(sum[:8])
}

// take serves POST /desk/tickets/{number}/{act}.
func (d *Desk) take(a act) agentHandler {
	return func(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
		s, err := d.readStep(w, r, a)
		if err != nil {
			return err
		}
		sight, err := d.sight(r, me, s.Number)
		if err != nil {
			return err
		}
		event, err := s.event(sight.scene)
		if err == nil && s.preview {
			return d.showPreview(w, r, me, sight, s, event)
		}
		var after tickets.Ticket
		if err == nil {
			after, err = s.commit(r, d, event)
		}
		return d.answer(w, r, me, s, after, err)
	}
}

func (s step) input(at scene) input { return input{s.values, s.Files.Files, at} }

// event turns a step into the domain's words. An agent who sends a text that they wrote
// has reviewed it.
func (s step) event(at scene) (tickets.Event, error) {
	fields := filled(s.act.fields(at), s.values)
	change, err := s.act.change(s.input(at))
	if err == nil && len(s.Files.Refused) > 0 {
		err = &tickets.InvalidError{Fields: []tickets.FieldError{{Field: "files", Code: s.Files.Refused[0].Code}}}
	}
	if err == nil {
		err = doubts(fields, s.values.Get("promise") == "yes")
	}
	if err != nil {
		return tickets.Event{}, &web.Error{Kind: web.Invalid, Err: err}
	}
	event := at.event(change)
	event.Key = s.eventKey(fields)
	return event, nil
}

func (s step) commit(r *http.Request, d *Desk, e tickets.Event) (tickets.Ticket, error) {
	if s.act.commit != nil {
		return s.act.commit(r.Context(), d, s, e)
	}
	return d.Store.Apply(r.Context(), s.Number, s.Version, e)
}

// answer shows what came of a step. Who is now the one complained about sees the ticket no
// more.
func (d *Desk) answer(w http.ResponseWriter, r *http.Request, me tickets.Agent, s step, after tickets.Ticket, err error) error {
	var refused *tickets.TransitionError
	var invalid *tickets.InvalidError
	var doubt *doubtError
	switch {
	case err == nil:
		to := ticketURL(s.Number)
		if after.Case.Against == me.ID {
			to = "/desk"
		}
		http.Redirect(w, r, to+"?"+url.Values{"done": {s.act.name}}.Encode(), http.StatusSeeOther)
		return nil
	case errors.Is(err, tickets.ErrConflict):
		return d.showConflict(w, r, me, s)
	case errors.As(err, &refused), errors.As(err, &invalid), errors.As(err, &doubt):
		return d.showRefused(w, r, me, s, err)
	}
	return fmt.Errorf("take step %s on ticket %s: %w", s.act.name, s.Number, err)
}
