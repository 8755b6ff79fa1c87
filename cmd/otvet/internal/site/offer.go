package site

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
)

const (
	maxOffered  = 3  // how many passages stand beside the form
	maxShowings = 10 // how many different answers one form shows, each with an ask of its own
)

// offerPage is what may save the player from writing: answers to the question, and a
// warning before a secret is sent. It is the step between Continue and Send, and the
// fragment POST /{lang}/contact/answers that the script shows while the text is typed.
type offerPage struct {
	frame
	Enquiry enquiry
	Answers []excerpt
	Secrets []secret
	Files   upload.Field
	Open    []openLine
	Vague   bool // the text says that something is wrong, and not what
	Kept    bool // what stands beside the form stays there
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
// offered nothing, and whoever reads an answer keeps it.
func (s *Site) newOffer(w http.ResponseWriter, r *http.Request, e enquiry) *offerPage {
	p := s.newStop(langOf(r), e)
	if e.distress() {
		p.Secrets = nil
		return p
	}
	p.Vague = vague(e.text())
	if p.Kept = e.Reading; !p.Kept && deflects(e.Kind) {
		s.offer(w, r, p)
	}
	return p
}

// newStop returns the page with the secrets of the form, and without answers.
func (s *Site) newStop(lang string, e enquiry) *offerPage {
	p := &offerPage{frame: s.frame(lang, s.words(lang).T("offer.title"), "contact").unlisted(), Enquiry: e}
	p.Files = s.Uploads.Field(s.words(lang), "files", e.Key, e.Files)
	p.Finder, p.Script, p.Secrets = false, "", secretsIn(e.text())
	return p
}

// offer puts the answer to the question into the page and keeps what it shows.
func (s *Site) offer(w http.ResponseWriter, r *http.Request, p *offerPage) {
	question, reply := s.answerFor(r.Context(), p.Lang, p.Enquiry)
	if len(reply.Answer.Passages) == 0 {
		return
	}
	passages, citations := offered(reply.Answer)
	if p.Kept = !p.Enquiry.show(citations); p.Kept {
		return
	}
	ask := s.newAsk(w, r, "contact", question, reply)
	ask.Key, ask.Shown = p.Enquiry.Ask, citations
	s.record(r.Context(), ask)
	p.Answers = s.excerpts(passages, citations, p.Lang, "")
}

// offered returns what stands beside the form: the answer, and what is related to it as
// far as there is room, with the citations parallel.
func offered(a search.Answer) ([]kb.Passage, []kb.Citation) {
	passages, citations := slices.Clone(a.Passages), slices.Clone(a.Citations)
	for _, related := range a.Related {
		if len(passages) < maxOffered {
			passages, citations = append(passages, related), append(citations, related.Citation(""))
		}
	}
	return passages, citations
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
