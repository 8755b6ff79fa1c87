package search

import "otvet/kb"

// nearBest is the share of the best hit's score from which another hit is counted: below
// it stand passages that hold a word of the question and no more.
const nearBest = 0.5

// Counts says how many hits come near the best one, so that a reader knows what a filter
// leaves. At most 50 hits are looked at.
type Counts struct {
	All        int             // of the query's kind and category; they are the first of the hits
	Kinds      map[kb.Kind]int // by kind, of those in the query's category
	Categories map[string]int  // by category, of those of the query's kind
}

// filter returns the hits of the query's kind and category, and counts those near the best.
func (q Query) filter(hits []ranked) ([]ranked, Counts) {
	counts := Counts{Kinds: map[kb.Kind]int{}, Categories: map[string]int{}}
	var kept []ranked
	for _, h := range hits {
		p, near := h.entry.passage, 0
		if h.score >= nearBest*hits[0].score {
			near = 1
		}
		kind, category := q.Kind == "" || q.Kind == p.Kind, q.Category == "" || q.Category == p.Category
		if category && near > 0 {
			counts.Kinds[p.Kind]++
		}
		if kind && near > 0 {
			counts.Categories[p.Category]++
		}
		if kind && category {
			kept = append(kept, h)
			counts.All += near
		}
	}
	return kept, counts
}
