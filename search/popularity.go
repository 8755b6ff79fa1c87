package search

import (
	"cmp"
	"context"
	"slices"

	"otvet/kb"
)

// Popularity says how much a passage is asked for, from 0 to 1; the revision of the
// reference does not matter. Nil: nobody knows.
type Popularity func(kb.Ref) float64

// Prefer sets what is popular from now on. It decides among suggestions that fit a text
// alike, and which questions are offered before anything is typed; never what answers.
func (e *Engine) Prefer(p Popularity) {
	e.popularity.Store(&p)
	if s := e.acquire(); s != nil {
		if s.caches.unfinished != nil {
			s.caches.unfinished.forget()
		}
		_ = s.release() // as after a question: the last reader's error is Swap's
	}
}

// preferred returns what Prefer was given last.
func (e *Engine) preferred() Popularity {
	if p := e.popularity.Load(); p != nil {
		return *p
	}
	return nil
}

// popularityWeight is what popularity from 0 to 1 counts beside the evidence after one word
// of a subject. With each further word it counts much less: then the question itself says
// what is meant.
const popularityWeight = 0.25

// preference is what popularity adds to the score of a suggestion. Where nobody knows it,
// the editors' order stands for it: they put what players ask most on top of an FAQ.
func (x *index) preference(popular Popularity, e *entry, asked *question) float64 {
	words := 0.0
	for i := range asked.concepts {
		if !asked.concepts[i].filler {
			words++
		}
	}
	weight := popularityWeight / max(words*words, 1)
	if popular != nil {
		return weight * popular(e.passage.Ref)
	}
	if e.passage.Kind != kb.FAQ {
		return 0
	}
	before := 0
	for i := e.place - 1; i >= 0 && x.entries[i].passage.Ref.Article == e.passage.Ref.Article; i-- {
		before++
	}
	return weight / float64(1+before)
}

// Popular returns the questions of the FAQ that are asked most, each under its heading: by
// the figures of Prefer where there are some, then the first one of each category in the
// editors' order. q.Text does not matter; q.Limit is as for Suggest. Errors: ErrClosed.
func (e *Engine) Popular(_ context.Context, q Query) (Results, error) {
	return read(e, func(s *snapshot) (Results, error) { return s.popular(q, e.preferred()), nil })
}

func (s *snapshot) popular(q Query, popular Popularity) Results {
	if !q.Locale.Valid() {
		q.Locale = kb.EN
	}
	x, first := s.indexes[q.Locale], map[string]bool{}
	var hits []ranked
	for i := range x.entries {
		e := &x.entries[i]
		if e.passage.Kind != kb.FAQ || e.passage.Ref.Anchor == "" {
			continue
		}
		h := ranked{entry: e}
		if popular != nil {
			h.score = popular(e.passage.Ref)
		}
		if h.score > 0 || !first[e.passage.Category] {
			hits = append(hits, h)
		}
		first[e.passage.Category] = true
	}
	place := map[string]int{}
	for i, c := range s.library.Categories(q.Locale) {
		place[c.ID] = i
	}
	slices.SortStableFunc(hits, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(place[a.entry.passage.Category], place[b.entry.passage.Category]))
	})
	return s.results(q, &question{locale: q.Locale}, spread(onePerHeading(hits)), limit(q.Limit, defaultSuggestions))
}

// maxOfArticle is how many popular questions may be of one article: a list of what is
// asked most should show what the help section is about.
const maxOfArticle = 2

// spread drops what goes beyond maxOfArticle.
func spread(hits []ranked) []ranked {
	of := map[string]int{}
	return slices.DeleteFunc(hits, func(h ranked) bool {
		of[h.entry.passage.Ref.Article]++
		return of[h.entry.passage.Ref.Article] > maxOfArticle
	})
}
