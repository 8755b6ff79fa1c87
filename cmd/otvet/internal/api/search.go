package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets"
)

type searchInput struct {
	Q      string `query:"q" required:"true" doc:"Words or a question, at most 2000 bytes of UTF-8." example:"withdrawal to card"`
	Locale string `query:"locale" required:"true" enum:"ru,en" doc:"The language of the page."`
	Limit  int    `query:"limit" minimum:"1" maximum:"50" default:"10" doc:"How many passages at most."`

	Kind     string `query:"kind" enum:"faq,help,terms" doc:"Only passages of this kind." example:"faq"`
	Category string `query:"category" maxLength:"100" doc:"Only passages of this category: the id of one, the same in every language." example:"withdrawals"`
	Verbatim bool   `query:"verbatim" doc:"Take the text as it was typed: no other keyboard layout, no transliteration, no typos."`
}

// Hit is a passage found.
type Hit struct {
	Passage
	Category     string   `json:"category" doc:"The subject that players look under." example:"withdrawals"`
	HeadingParts []Piece  `json:"heading_parts" nullable:"false" doc:"The heading in pieces: those that match can be marked."`
	QuoteParts   []Piece  `json:"quote_parts" nullable:"false" doc:"The quote in pieces."`
	Score        float64  `json:"score" doc:"Only for comparing the hits of one response."`
	Explanation  []string `json:"explanation" nullable:"false" doc:"Why it scored so, in English, for operators."`
}

// Hits are the passages found.
type Hits struct {
	Hits     []Hit    `json:"hits" nullable:"false" doc:"Best first, in a stable order."`
	Handoff  bool     `json:"handoff" doc:"The text may come from a person in distress: there are no hits, show the message."`
	Message  string   `json:"message,omitempty" doc:"Only with handoff: the operator's fixed text."`
	Reading  *Reading `json:"reading,omitempty" doc:"How the text was understood, when that is not as it was typed."`
	Counts   Counts   `json:"counts" doc:"How many hits come near the best one, for filters. At most 50 hits are looked at."`
	Revision string   `json:"revision" doc:"Identifies the content that was searched." example:"0123456789ab"`
}

// Counts says how many hits there are for filters.
type Counts struct {
	All        int     `json:"all" doc:"Of the kind and category asked for; they are the first of the hits."`
	Kinds      []Count `json:"kinds" nullable:"false" doc:"Of each kind, in the category asked for."`
	Categories []Count `json:"categories" nullable:"false" doc:"Of each category, of the kind asked for."`
}

// Count is how many hits are of a kind or category.
type Count struct {
	ID    string `json:"id" doc:"What the parameter takes." example:"faq"`
	Title string `json:"title,omitempty" doc:"Categories: what players see." example:"Withdrawals"`
	Hits  int    `json:"hits" doc:"How many."`
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
	library := s.Engine.Library()
	out := &searchOutput{Hits{Hits: []Hit{}, Counts: newCounts(library, locale, search.Counts{}), Revision: library.Revision()}}
	if _, ok := library.Category(locale, in.Category); !ok && in.Category != "" {
		return nil, &web.Error{
			Kind: web.Invalid, Err: errors.New("no such category"),
			Details: []web.Detail{{Location: "query.category", Code: string(tickets.Unknown)}},
		}
	}
	if unanswerable(in.Q) {
		out.Body.Handoff, out.Body.Message = true, s.safetyMessage(locale, in.Q)
		return out, nil
	}
	results, err := s.Engine.Search(ctx, search.Query{
		Text: in.Q, Locale: locale, Limit: in.Limit, Verbatim: in.Verbatim, Kind: kb.Kind(in.Kind), Category: in.Category,
	})
	if err != nil {
		return nil, refused(err, "query.q")
	}
	out.Body.Revision, out.Body.Reading = results.Revision, newReading(results.Reading)
	out.Body.Counts = newCounts(library, locale, results.Counts)
	for _, h := range results.Hits {
		out.Body.Hits = append(out.Body.Hits, s.hit(h))
	}
	return out, nil
}

func (s *service) hit(h search.Hit) Hit {
	return Hit{
		Passage: s.passage(h.Passage, h.Quote), Category: h.Passage.Category,
		HeadingParts: newPieces(h.Passage.Heading, h.Heading), QuoteParts: newPieces(h.Quote, h.Quoted),
		Score: h.Score, Explanation: append([]string{}, h.Explanation...),
	}
}

// newCounts lists kinds and categories in the order in which players see them, those
// without hits left out.
func newCounts(library *kb.Library, locale kb.Locale, counts search.Counts) Counts {
	c := Counts{All: counts.All, Kinds: []Count{}, Categories: []Count{}}
	for _, k := range kb.Kinds() {
		if n := counts.Kinds[k]; n > 0 {
			c.Kinds = append(c.Kinds, Count{ID: string(k), Hits: n})
		}
	}
	for _, category := range library.Categories(locale) {
		if n := counts.Categories[category.ID]; n > 0 {
			c.Categories = append(c.Categories, Count{category.ID, category.Title, n})
		}
	}
	return c
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
	Ref          string  `json:"ref" doc:"Names the passage exactly." example:"en/faq/withdrawals#how-long@0123456789ab"`
	Kind         string  `json:"kind" enum:"faq,help,terms" doc:"What sort of document it stands in."`
	Title        string  `json:"title" doc:"Title of the document." example:"Withdrawals"`
	Heading      string  `json:"heading" doc:"What to show." example:"How long does a withdrawal take?"`
	HeadingParts []Piece `json:"heading_parts" nullable:"false" doc:"The heading in pieces: those that match can be marked."`
	URL          string  `json:"url" format:"uri" doc:"Where it leads." example:"https://help.demo.example/en/faq/withdrawals#how-long"`
}

// Suggestions are headings to offer while a question is typed.
type Suggestions struct {
	Suggestions []Suggestion `json:"suggestions" nullable:"false" doc:"Best first, each heading once."`
	Reading     *Reading     `json:"reading,omitempty" doc:"How the text was understood, when that is not as it was typed."`
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
	out.Body.Revision, out.Body.Reading = results.Revision, newReading(results.Reading)
	for _, h := range results.Hits {
		p := s.passage(h.Passage, "")
		out.Body.Suggestions = append(out.Body.Suggestions, Suggestion{p.Ref, p.Kind, p.Title, p.Heading, newPieces(p.Heading, h.Heading), p.URL})
	}
	return out, nil
}
