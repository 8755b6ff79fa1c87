package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// depth is how many passages of the index are weighed for one question.
const depth = 40

// ranked is a passage with what speaks for it.
type ranked struct {
	entry    *entry
	evidence evidence
	index    float64 // the index's score, as a share of the best passage's
	score    float64
}

// rank finds passages by the index's score and puts those first that hold more of
// the question and are closer to a phrasing of it. The order is stable.
func (x *index) rank(ctx context.Context, concepts []concept) ([]ranked, error) {
	found, err := x.find(ctx, searchTerms(concepts), depth)
	if err != nil {
		return nil, err
	}
	hits := make([]ranked, len(found))
	for i, c := range found {
		h := ranked{entry: &x.entries[c.entry], index: c.score / found[0].score}
		h.evidence = x.evidence(concepts, h.entry)
		h.score = 0.25*h.index + 0.4*h.evidence.covered + 0.35*h.evidence.phrasing
		hits[i] = h
	}
	slices.SortStableFunc(hits, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	compare(hits)
	return hits, nil
}

// explanation says in words why the passage scored so.
func (r *ranked) explanation() []string {
	ev := r.evidence
	words := []string{
		fmt.Sprintf("score %.2f: index %.2f of the best", r.score, r.index),
		fmt.Sprintf("covers %d of %d informative words (%.0f%% of their weight)", ev.held, ev.words, 100*ev.covered),
	}
	if ev.phrasing >= nearPhrasing {
		words = append(words, fmt.Sprintf("near the phrasing %q (%.0f%%)", ev.nearest, 100*ev.phrasing))
	}
	return words
}
