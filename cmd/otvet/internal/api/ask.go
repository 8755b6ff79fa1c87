package api

import (
	"context"
	"math"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets"
)

// Question is the body of POST /ask.
type Question struct {
	Question string `json:"question" doc:"The question as the player typed it: at most 2000 bytes of UTF-8, of which the first 64 words count. A longer one is refused with 413." example:"How long does a withdrawal take?"`
	Locale   string `json:"locale" enum:"ru,en" doc:"The language to answer in. A question in the other language is answered from that language's articles."`
	Verbatim bool   `json:"verbatim,omitempty" doc:"Take the question as it was typed: no other keyboard layout, no transliteration, no typos. For \"search instead for\" beside a reading."`
}

// Handoff is the verdict on a text that only a person may answer.
const Handoff = "handoff"

// Answer is the decision on a question with what to show for it.
type Answer struct {
	Key         string    `json:"key,omitempty" required:"true" doc:"Names this question in the operator's records, when they could be written." example:"6f1ed002ab5595859014ebf0951522d9"`
	Verdict     string    `json:"verdict" enum:"answered,suggested,no_answer,handoff" doc:"answered: the one passage is the answer, or that of each part. suggested: up to three passages may be it. no_answer: nothing fits; offer the way to a person. handoff: someone may be in distress; show the message and nothing else."`
	Confidence  float64   `json:"confidence" minimum:"0" maximum:"1" doc:"How sure the verdict is, of the first passage; of several parts, of the least sure one." example:"0.87"`
	Reading     *Reading  `json:"reading,omitempty" doc:"How the question was understood, when that is not as it was typed: show it, with a way to ask again with verbatim."`
	Parts       []Part    `json:"parts" nullable:"false" doc:"Two or three when the question asks several things and each has an answer: show each under its own part. Else empty."`
	Passages    []Passage `json:"passages" nullable:"false" doc:"What to show, best first, as written: nothing is reworded."`
	Explanation []string  `json:"explanation" nullable:"false" doc:"The decision in words, in English, for operators."`
	Message     string    `json:"message,omitempty" doc:"Only with handoff: the operator's fixed text. Show it unchanged, with a way to a person."`
	Revision    string    `json:"revision" doc:"Identifies the content that answered." example:"0123456789ab"`
}

// Part is one of several questions that were asked at once.
type Part struct {
	Question   string    `json:"question" doc:"The part of the text that asks it." example:"how long does a withdrawal take"`
	Confidence float64   `json:"confidence" minimum:"0" maximum:"1" doc:"How sure its answer is." example:"0.87"`
	Passages   []Passage `json:"passages" nullable:"false" doc:"The one passage that answers it; it stands in the passages of the whole answer too."`
}

// NewAnswer puts the assistant's reply into the API's form. base is the site's address,
// message the fixed text for a handoff.
func NewAnswer(key, base string, reply assistant.Reply, message func() string, revision string) Answer {
	a := Answer{Key: key, Verdict: string(reply.Answer.Verdict), Parts: []Part{}, Passages: []Passage{}, Explanation: []string{}, Revision: revision}
	if reply.Handoff {
		a.Verdict, a.Message = Handoff, message()
		return a
	}
	a.Confidence, a.Reading = thousandths(reply.Answer.Confidence), newReading(reply.Answer.Reading)
	a.Explanation = append(a.Explanation, reply.Answer.Explanation...)
	a.Revision = reply.Answer.Revision
	a.Passages = newPassages(base, reply.Answer)
	for _, part := range reply.Answer.Parts {
		a.Parts = append(a.Parts, Part{part.Query.Text, thousandths(part.Confidence), newPassages(base, part)})
	}
	return a
}

func newPassages(base string, a search.Answer) []Passage {
	passages := []Passage{}
	for i, p := range a.Passages {
		passages = append(passages, newPassage(base, p, a.Citations[i].Quote))
	}
	return passages
}

func thousandths(share float64) float64 { return math.Round(share*1000) / 1000 }

type askInput struct{ Body Question }

type askOutput struct{ Body Answer }

func askOperation() huma.Operation {
	return huma.Operation{
		OperationID: "ask", Method: http.MethodPost, Path: "/ask", Tags: []string{"Answers"},
		Summary: "Answer a question from the knowledge base",
		Description: "Answers with passages as their authors wrote them, or says that it has none. " +
			"A text that may come from a person in distress is never answered: the verdict is handoff.\n\n" +
			"Works when the operator's database is away; the question is then not recorded.",
		Responses: failures(http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity),
	}
}

// ask is POST /ask.
func (s *service) ask(ctx context.Context, in *askInput) (*askOutput, error) {
	locale := kb.Locale(in.Body.Locale)
	reply, err := s.Assistant.Ask(ctx, search.Query{Text: in.Body.Question, Locale: locale, Verbatim: in.Body.Verbatim})
	if err != nil {
		return nil, refused(err, "body.question")
	}
	library := s.Engine.Library()
	a := NewAnswer(web.NewKey(), s.BaseURL, reply, func() string { return s.safetyMessage(locale, in.Body.Question) }, library.Revision())
	s.record(ctx, s.askRecord(a, in.Body, reply))
	return &askOutput{a}, nil
}

// askRecord is what is kept of a question. Of one that only a person may answer the
// words are not kept.
func (s *service) askRecord(a Answer, q Question, reply assistant.Reply) tickets.Ask {
	record := tickets.Ask{
		Key: a.Key, Channel: "api", Question: q.Question, Locale: kb.Locale(q.Locale),
		Verdict: a.Verdict, Confidence: a.Confidence, Shown: reply.Answer.Citations, At: s.now(),
	}
	if reply.Handoff {
		record.Question = ""
	}
	return record
}

// record keeps an ask. An answer is worth more than its record: a failure is only logged.
func (s *service) record(ctx context.Context, a tickets.Ask) {
	if err := s.Store.RecordAskSoon(ctx, a); err != nil {
		s.Web.Log.InfoContext(ctx, "question not recorded", "request", web.RequestID(ctx), "cause", err)
	}
}

// safetyMessage is the operator's fixed text for a person in distress, in the language
// of the page and in the other one too when the text is written in its letters.
func (s *service) safetyMessage(locale kb.Locale, text string) string {
	return SafetyMessage(s.Engine.Library(), locale, text, func(l kb.Locale) kb.Fields {
		return kb.Fields{"operator": s.Operator, "helpline": s.helpline(l), "link": s.BaseURL + "/" + string(l) + "/contact"}
	})
}

// SafetyMessage returns the content's fixed message for a text that has been sent to
// nobody: a letter a language, one below the other.
func SafetyMessage(library *kb.Library, locale kb.Locale, text string, fields func(kb.Locale) kb.Fields) string {
	var bodies []string
	for _, letter := range assistant.CareLetters(library, locale, text, assistant.CareUnsent) {
		// What has no value is left out: the message must be shown all the same.
		message, _ := letter.Render(fields(letter.Locale))
		bodies = append(bodies, strings.TrimSpace(message.Text))
	}
	return strings.Join(bodies, "\n\n")
}

func (s *service) helpline(locale kb.Locale) string {
	if s.Helpline == nil {
		return ""
	}
	return s.Helpline(string(locale))
}
