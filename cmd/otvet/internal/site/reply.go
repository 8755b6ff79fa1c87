package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// reply answers POST …/reply below a request's page.
func (s *Site) reply(w http.ResponseWriter, r *http.Request) error {
	pass, err := s.pass(r)
	if err != nil {
		return s.noPass(w, r, err)
	}
	form, files, err := s.Uploads.Read(w, r, visitorOf(r))
	if err != nil {
		return err
	}
	said := response{keyOr(form.Get("key")), form.Get("body"), files}
	safety := assistant.Assess(said.Body).Class == assistant.Safety
	if len(files.Refused) > 0 && !safety {
		return s.replyRefused(w, r, pass, said, errFiles)
	}
	change := tickets.PlayerReplied{Body: said.Body, Files: files.Files, Safety: safety}
	if err = s.playerApply(r.Context(), pass, said.eventKey(), change); err != nil {
		said.Files = said.Files.Because(err)
		return s.replyRefused(w, r, pass, said, err)
	}
	query := "?sent=1"
	if safety {
		query += "&care=1"
	}
	http.Redirect(w, r, requestPath(langOf(r), pass)+query+"#last", http.StatusSeeOther)
	return nil
}

// errFiles is why a reply is shown again whose files were not all taken.
var errFiles = &tickets.InvalidError{}

// eventKey names the reply for the store. It holds the text and the files: the same form
// sent again with others, after an error or "back", is another reply and must not be
// swallowed.
func (r response) eventKey() string {
	sum := sha256.Sum256([]byte(strings.Join(append(upload.Hashes(r.Files.Files), r.Body), "\x00")))
	return r.Key + "-" + hex.EncodeToString(sum[:8])
}

// close answers POST …/close below a request's page. Closing what is closed is no error.
func (s *Site) close(w http.ResponseWriter, r *http.Request) error {
	pass, err := s.pass(r)
	if err != nil {
		return s.noPass(w, r, err)
	}
	err = s.playerApply(r.Context(), pass, "", tickets.PlayerClosed{})
	var refused *tickets.TransitionError
	switch {
	case errors.Is(err, tickets.ErrNotFound):
		return s.missingRequest(w, r)
	case err != nil && !errors.As(err, &refused):
		return err
	}
	http.Redirect(w, r, requestPath(langOf(r), pass), http.StatusSeeOther)
	return nil
}

// playerApply applies what the holder of a pass does now.
func (s *Site) playerApply(ctx context.Context, pass tickets.Pass, key string, c tickets.Change) error {
	e := tickets.Event{Key: key, At: time.Now(), Actor: tickets.Actor{Kind: tickets.ByPlayer}, Change: c}
	_, err := s.Store.PlayerApply(ctx, pass, e)
	return err
}

// replyRefused writes the private page with the reply still in its form and why it was
// not taken.
func (s *Site) replyRefused(w http.ResponseWriter, r *http.Request, pass tickets.Pass, said response, cause error) error {
	var invalid *tickets.InvalidError
	var closed *tickets.TransitionError
	status := http.StatusServiceUnavailable
	switch {
	case errors.Is(cause, tickets.ErrNotFound):
		return s.missingRequest(w, r)
	case errors.As(cause, &invalid):
		status = http.StatusUnprocessableEntity
	case errors.As(cause, &closed):
		status = http.StatusConflict
	}
	p, err := s.readRequest(r.Context(), langOf(r), pass)
	if err != nil { // without the database there is still the text to give back
		p = s.newRequestPage(langOf(r), pass)
	}
	if assistant.Assess(said.Body).Class == assistant.Safety {
		p.Care = s.careUnsent(p.Lang, said.Body)
	}
	p.Reply, p.Refused = said, status == http.StatusServiceUnavailable
	p.Mistakes = newMistakes(s.words(p.Lang), fieldErrors(cause, ""))
	if p.Refused {
		s.Web.Log.ErrorContext(r.Context(), "reply not taken", "request", web.RequestID(r.Context()), "cause", cause)
		w.Header().Set("Retry-After", "30")
	}
	return s.writeRequest(w, status, p)
}
