package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"otvet/assistant"
	"otvet/kb"
	"otvet/search"
)

type searchInput struct {
	Q      string `query:"q" required:"true" doc:"Words or a question, at most 2000 bytes of UTF-8." example:"withdrawal to card"`
	Locale string `query:"locale" required:"true" enum:"ru,en" doc:"The language of the page."`
	Limit  int    `query:"limit" minimum:"1" maximum:"50" default:"10" doc:"How many passages at most."`
}

// Hit is a passage found.
type Hit struct {
	Passage
	Score       float64  `json:"score" doc:"Only for comparing the hits of one response."`
	Explanation []string `json:"explanation" nullable:"false" doc:"Why it scored so, in English, for operators."`
}

// Hits are the passages found.
type Hits struct {
	Hits     []Hit  `json:"hits" nullable:"false" doc:"Best first, in a stable order."`
	Handoff  bool   `json:"handoff" doc:"The text may come from a person in distress: there are no hits, show the message."`
	Message  string `json:"message,omitempty" doc:"Only with handoff: the operator's fixed text."`
	Revision string `json:"revision" doc:"Identifies the content that was searched." example:"0123456789ab"`
}

type searchOutput struct{ Body Hits }

func searchOperation() huma.Operation {
	return huma.Operation{
		OperationID: "search", Method: http.MethodGet, Path: "/search", Tags: []string{"Answers"},
		Summary:     "Find passages",
		Description: "Lists the passages that match, without deciding whether one of them is the answer.",
		Responses:   failures(http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity),
	}
}

// search is GET /search.
func (s *service) search(ctx context.Context, in *searchInput) (*searchOutput, error) {
	locale := kb.Locale(in.Locale)
	out := &searchOutput{Hits{Hits: []Hit{}, Revision: s.Engine.Library().Revision()}}
	if unanswerable(in.Q) {
		out.Body.Handoff, out.Body.Message = true, s.safetyMessage(locale, in.Q)
		return out, nil
	}
	results, err := s.Engine.Search(ctx, search.Query{Text: in.Q, Locale: locale, Limit: in.Limit})
	if err != nil {
		return nil, refused(err, "query.q")
	}
	out.Body.Revision = results.Revision
	for _, h := range results.Hits {
		out.Body.Hits = append(out.Body.Hits, Hit{s.passage(h.Passage, h.Quote), h.Score, append([]string{}, h.Explanation...)})
	}
	return out, nil
}

// unanswerable reports whether only a person may answer a text. What search would
// refuse is left to it.
func unanswerable(text string) bool {
	return len(text) <= search.MaxBytes && assistant.Assess(text).Class == assistant.Safety
}

type suggestInput struct {
	Q      string `query:"q" doc:"What was typed so far; its last word may be unfinished. Empty gives an empty list." example:"how long does a withd"`
	Locale string `query:"locale" required:"true" enum:"ru,en" doc:"The language of the page."`
	Limit  int    `query:"limit" minimum:"1" maximum:"10" default:"5" doc:"How many suggestions at most."`
}

// Suggestion is a heading to offer.
type Suggestion struct {
	Ref     string `json:"ref" doc:"Names the passage exactly." example:"en/faq/withdrawals#how-long@0123456789ab"`
	Kind    string `json:"kind" enum:"faq,help,terms" doc:"What sort of document it stands in."`
	Title   string `json:"title" doc:"Title of the document." example:"Withdrawals"`
	Heading string `json:"heading" doc:"What to show." example:"How long does a withdrawal take?"`
	URL     string `json:"url" format:"uri" doc:"Where it leads." example:"https://help.demo.example/en/faq/withdrawals#how-long"`
}

// Suggestions are headings to offer while a question is typed.
type Suggestions struct {
	Suggestions []Suggestion `json:"suggestions" nullable:"false" doc:"Best first, each heading once."`
	Handoff     bool         `json:"handoff" doc:"The text may come from a person in distress: suggest nothing, offer a person."`
	Revision    string       `json:"revision" doc:"Identifies the content that was searched." example:"0123456789ab"`
}

type suggestOutput struct{ Body Suggestions }

func suggestOperation() huma.Operation {
	return huma.Operation{
		OperationID: "suggest", Method: http.MethodGet, Path: "/suggest", Tags: []string{"Answers"},
		Summary:     "Complete a question that is being typed",
		Description: "Meant to be called while a person types. Nothing is recorded.",
		Responses:   failures(http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity),
	}
}

// suggest is GET /suggest.
func (s *service) suggest(ctx context.Context, in *suggestInput) (*suggestOutput, error) {
	out := &suggestOutput{Suggestions{Suggestions: []Suggestion{}, Revision: s.Engine.Library().Revision()}}
	if unanswerable(in.Q) {
		out.Body.Handoff = true
		return out, nil
	}
	results, err := s.Engine.Suggest(ctx, search.Query{Text: in.Q, Locale: kb.Locale(in.Locale), Limit: in.Limit})
	if errors.Is(err, search.ErrEmpty) {
		return out, nil
	}
	if err != nil {
		return nil, refused(err, "query.q")
	}
	out.Body.Revision = results.Revision
	for _, h := range results.Hits {
		p := s.passage(h.Passage, "")
		out.Body.Suggestions = append(out.Body.Suggestions, Suggestion{p.Ref, p.Kind, p.Title, p.Heading, p.URL})
	}
	return out, nil
}
