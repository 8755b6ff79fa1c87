package search

import (
	"context"

	"otvet/kb"
)

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

// narrows reports whether only some passages are asked for.
func (q Query) narrows() bool { return q.Kind != "" || q.Category != "" }

// wants reports whether a passage is of the query's kind and category.
func (q Query) wants(p *kb.Passage) bool {
	return (q.Kind == "" || q.Kind == p.Kind) && (q.Category == "" || q.Category == p.Category)
}

// count counts the hits near the best one by what a filter may ask for.
func (q Query) count(hits []ranked) Counts {
	counts := Counts{Kinds: map[kb.Kind]int{}, Categories: map[string]int{}}
	for _, h := range hits {
		if h.score < nearBest*hits[0].score {
			continue
		}
		p := h.entry.passage
		if q.Category == "" || q.Category == p.Category {
			counts.Kinds[p.Kind]++
		}
		if q.Kind == "" || q.Kind == p.Kind {
			counts.Categories[p.Category]++
		}
		if q.wants(p) {
			counts.All++
		}
	}
	return counts
}

// narrow returns the best hits of the query's kind and category, which may stand far behind those
// of all, and counts those that come near the best of all: anew what one filter leaves to the
// other, as there are more of them now.
func (x *index) narrow(ctx context.Context, q Query, concepts []concept, best float64, counts *Counts) ([]ranked, error) {
	hits, err := x.rankAmong(ctx, concepts, func(place int32) bool { return q.wants(x.entries[place].passage) })
	if q.Category == "" {
		counts.Categories = map[string]int{}
	}
	if q.Kind == "" {
		counts.Kinds = map[kb.Kind]int{}
	}
	counts.All = 0
	for counts.All < len(hits) && hits[counts.All].score >= nearBest*best {
		p := hits[counts.All].entry.passage
		if q.Category == "" {
			counts.Categories[p.Category]++
		}
		if q.Kind == "" {
			counts.Kinds[p.Kind]++
		}
		counts.All++
	}
	return hits, err
}
