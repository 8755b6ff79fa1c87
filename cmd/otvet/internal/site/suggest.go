package site

import (
	"context"
	"net/http"
	"strings"

	"otvet/assistant"
	"otvet/kb"
	"otvet/search"
)

// maxSuggestions is how many passages are offered while a question is typed.
const maxSuggestions = 6

// suggestions is the fragment GET /{lang}/suggest?q=. Without options it is empty, and the
// script shows nothing.
type suggestions struct {
	frame
	Options []suggestion
	Popular bool // nothing was typed yet
	Reading rewritten
	All     string // path of the results page
}

// suggestion is a passage on offer.
type suggestion struct {
	link
	Heading []piece // the link's title
}

// suggest answers GET /{lang}/suggest?q=. Nothing typed gets popular questions, and a
// question that a person must answer gets no suggestions.
func (s *Site) suggest(w http.ResponseWriter, r *http.Request) error {
	lang, text := langOf(r), r.URL.Query().Get("q")
	v := searchView{Lang: lang, Text: strings.TrimSpace(text)}
	p := suggestions{frame: bare(lang), Popular: v.Text == "", All: v.url()}
	p.Query = v.Text
	if assistant.Assess(text).Class != assistant.Safety {
		found := s.complete(r.Context(), search.Query{Text: text, Locale: kb.Locale(lang), Limit: maxSuggestions})
		p.Reading = newRewritten(v, found.Reading)
		for _, h := range found.Hits {
			p.Options = append(p.Options, suggestion{passageLink(h.Passage, lang), pieces(h.Passage.Heading, h.Heading)})
		}
	}
	private(w)
	return s.pages.suggest.Fragment(w, "main", &p)
}

// complete returns what to offer. What cannot be searched for has no suggestions; the
// results page says why.
func (s *Site) complete(ctx context.Context, q search.Query) search.Results {
	offer := s.Engine.Suggest
	if strings.TrimSpace(q.Text) == "" {
		offer = s.Engine.Popular
	}
	found, err := offer(ctx, q)
	if err != nil {
		return search.Results{}
	}
	return found
}
