package site

import (
	"net/http"
	"strings"

	"otvet/assistant"
	"otvet/kb"
	"otvet/search"
)

// maxSuggestions is how many passages are offered while a question is typed.
const maxSuggestions = 6

// suggestions is the fragment GET /{lang}/suggest?q=. Without links it is empty, and the
// script shows nothing.
type suggestions struct {
	frame
	Links []link
	All   string // path of the results page
}

// suggest answers GET /{lang}/suggest?q=. A question that a person must answer gets no
// suggestions.
func (s *Site) suggest(w http.ResponseWriter, r *http.Request) error {
	lang, text := langOf(r), r.URL.Query().Get("q")
	p := suggestions{frame: bare(lang), All: address(lang, "search")}
	p.Query = strings.TrimSpace(text)
	if assistant.Assess(text).Class != assistant.Safety {
		q := search.Query{Text: text, Locale: kb.Locale(lang), Limit: maxSuggestions}
		// What cannot be searched for has no suggestions; the results page says why.
		if found, err := s.Engine.Suggest(r.Context(), q); err == nil {
			for _, h := range found.Hits {
				p.Links = append(p.Links, passageLink(h.Passage, lang))
			}
		}
	}
	private(w)
	return s.pages.suggest.Fragment(w, "main", &p)
}
