package site

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// visitCookie links the questions of one browser session to the ticket that may follow.
const visitCookie = "visit"

// visit returns the visitor's session value and draws it with the first question.
func (s *Site) visit(w http.ResponseWriter, r *http.Request) string {
	if key := s.visited(r); key != "" {
		return key
	}
	key := web.NewKey()
	s.Cookies.Set(w, visitCookie, key)
	return key
}

// visited returns the visitor's session value, empty before the first question.
func (s *Site) visited(r *http.Request) string {
	if key := s.Cookies.Get(r, visitCookie); isKey(key) {
		return key
	}
	return ""
}

// newAsk returns the record of a question and what was said to it.
func (s *Site) newAsk(w http.ResponseWriter, r *http.Request, channel, question string, reply assistant.Reply) tickets.Ask {
	a := tickets.Ask{
		Key: web.NewKey(), Visit: s.visit(w, r), Channel: channel, Locale: kb.Locale(langOf(r)), At: time.Now(),
	}
	if reply.Handoff {
		a.Verdict = tickets.VerdictHandoff
		return a
	}
	a.Question, a.Verdict = question, string(reply.Answer.Verdict)
	a.Confidence, a.Shown = reply.Answer.Confidence, reply.Answer.Citations
	return a
}

// record keeps an ask. An answer neither waits long for it nor fails with it.
func (s *Site) record(ctx context.Context, a tickets.Ask) {
	if err := s.Store.RecordAskSoon(ctx, a); err != nil {
		s.Web.Log.InfoContext(ctx, "ask not recorded", "request", web.RequestID(ctx), "cause", err)
	}
}

// thanksPage says that a word of the reader has arrived.
type thanksPage struct {
	frame
	Lead string
}

// solved answers POST /{lang}/asks/{key}/solved.
func (s *Site) solved(w http.ResponseWriter, r *http.Request) error {
	lang, key := langOf(r), chi.URLParam(r, "key")
	if !isKey(key) {
		return s.missing(w, r)
	}
	// What matters to the player is done; only our figures lack something.
	if err := s.Store.SetOutcome(r.Context(), key, tickets.AskOutcomeSolved); err != nil && !errors.Is(err, tickets.ErrNotFound) {
		s.Web.Log.InfoContext(r.Context(), "outcome not recorded", "request", web.RequestID(r.Context()), "cause", err)
	}
	return s.thank(w, lang, "thanks.solved")
}

// thank writes the thanks page with the title and lead below the message key.
func (s *Site) thank(w http.ResponseWriter, lang, key string) error {
	words := s.words(lang)
	p := thanksPage{s.frame(lang, words.T(key+".title"), "").unlisted(), words.T(key + ".lead")}
	private(w)
	return s.pages.thanks.Write(w, http.StatusOK, &p)
}
