package site

import (
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// maxReason is the longest reason, in characters.
const maxReason = 1000

// feedbackPage asks for the reader's word again when it could not be taken.
type feedbackPage struct {
	frame
	Article link
	Ref     string
	Reason  string
	Mistake string // what is wrong with the reason; empty: nothing
}

// feedback answers POST /{lang}/feedback.
func (s *Site) feedback(w http.ResponseWriter, r *http.Request) error {
	lang := langOf(r)
	form, err := web.Form(r)
	if err != nil {
		return err
	}
	a, f, ok := s.readFeedback(form)
	if !ok {
		return web.Failf(web.BadRequest, "feedback on no article of ours")
	}
	f.Visitor = tickets.VisitorOf(s.visited(r))
	if utf8.RuneCountInString(f.Reason) > maxReason {
		return s.askAgain(w, http.StatusUnprocessableEntity, a, f, s.words(lang).T("feedback.long", maxReason))
	}
	if assistant.Assess(f.Reason).Class == assistant.Safety {
		return s.handOff(w, lang, f.Reason)
	}
	ctx := r.Context()
	if err := s.Store.RecordFeedback(ctx, f); err != nil {
		s.Web.Log.ErrorContext(ctx, "feedback not recorded", "request", web.RequestID(ctx), "cause", err)
		if f.Helped { // nothing was typed that could be lost
			return s.thank(w, lang, "thanks.helped")
		}
		return s.askAgain(w, http.StatusServiceUnavailable, a, f, s.words(lang).T("feedback.unavailable"))
	}
	if f.Helped {
		return s.thank(w, lang, "thanks.helped")
	}
	return s.thank(w, lang, "thanks.told")
}

// readFeedback reads the form; false when it names no article that is in force.
func (s *Site) readFeedback(form url.Values) (*kb.Article, tickets.Feedback, bool) {
	ref, err := kb.ParseRef(form.Get("ref"))
	if err != nil || len(ref.Revision) > 64 {
		return nil, tickets.Feedback{}, false
	}
	a, ok := s.Engine.Library().Article(ref.Locale, ref.Article)
	if !ok || ref.Anchor != "" {
		return nil, tickets.Feedback{}, false
	}
	return a, tickets.Feedback{
		Ref: ref, Helped: form.Get("helped") == "yes", Reason: strings.TrimSpace(form.Get("reason")), At: time.Now(),
	}, true
}

// askAgain writes the form with what was typed and why it was not taken.
func (s *Site) askAgain(w http.ResponseWriter, status int, a *kb.Article, f tickets.Feedback, mistake string) error {
	lang := string(a.Locale)
	p := feedbackPage{
		frame:   s.frame(lang, s.words(lang).T("feedback.title"), a.ID).unlisted(),
		Article: articleLink(a), Ref: f.Ref.String(), Reason: f.Reason, Mistake: mistake,
	}
	private(w)
	return s.pages.feedback.Write(w, status, &p)
}
