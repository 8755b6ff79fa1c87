package site

import (
	"context"
	"net/http"
	"strings"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
)

// maxOffered is how many answers stand beside the form.
const maxOffered = 3

// offerPage is what may save the player from writing: answers to the question, and a
// warning before a secret is sent. It is the step between Continue and Send, and the
// fragment POST /{lang}/contact/answers that the script shows while the text is typed.
type offerPage struct {
	frame
	Enquiry enquiry
	Answers []excerpt
	Secrets []secret
}

// answers answers POST /{lang}/contact/answers. It is a post so that no text of a player
// lands in addresses.
func (s *Site) answers(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(r)
	if err != nil {
		return err
	}
	p := s.newOffer(w, r, readEnquiry(form))
	private(w)
	return s.pages.answers.Fragment(w, "main", p)
}

// newOffer looks for answers and secrets in the form. A person who may be in distress is
// offered nothing.
func (s *Site) newOffer(w http.ResponseWriter, r *http.Request, e enquiry) *offerPage {
	lang := langOf(r)
	p := &offerPage{frame: s.frame(lang, s.words(lang).T("offer.title"), "contact").unlisted(), Enquiry: e}
	p.Finder, p.Script = false, ""
	if assistant.Assess(e.text()).Class == assistant.Safety {
		return p
	}
	p.Secrets = secretsIn(e.text())
	question, reply := s.answerFor(r.Context(), lang, e)
	if len(reply.Answer.Passages) == 0 {
		return p
	}
	ask := s.newAsk(w, r, "contact", question, reply)
	ask.Key = e.Ask // one ask a form, however often the text changes: the first is kept
	s.record(r.Context(), ask)
	p.Answers = excerpts(reply.Answer.Passages, reply.Answer.Citations, lang)
	for _, related := range reply.Answer.Related {
		if len(p.Answers) < maxOffered {
			p.Answers = append(p.Answers, newExcerpt(related, "", lang))
		}
	}
	return p
}

// answerFor asks with the subject, which people word as a question, and then with the
// beginning of the text. Without an answer the reply has no passages; an engine that
// fails must not keep anyone from writing.
func (s *Site) answerFor(ctx context.Context, lang string, e enquiry) (string, assistant.Reply) {
	for _, question := range []string{e.Subject, beginning(e.Body)} {
		reply, err := s.Assistant.Ask(ctx, search.Query{Text: question, Locale: kb.Locale(lang)})
		if err == nil && len(reply.Answer.Passages) > 0 {
			return question, reply
		}
	}
	return "", assistant.Reply{}
}

// beginning returns the first sentences of a text: enough to say what it is about.
func beginning(text string) string {
	const enough = 200
	text = strings.TrimSpace(text)
	for i := range text {
		if i >= enough && strings.ContainsRune(".!?\n", rune(text[i])) || i >= 3*enough {
			return text[:i]
		}
	}
	return text
}
