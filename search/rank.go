package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"otvet/kb"
)

// depth is how many passages of the index are weighed for one question.
const depth = maxHits

// What a help text that fits as well comes before: the fine print, and the introduction of a
// guide, which says what the guide is for.
const (
	termsPrior        = 0.88
	introductionPrior = 0.85
)

// prior is what the score of the passage is multiplied by.
func (e *entry) prior() float64 {
	switch p := e.passage; {
	case p.Kind == kb.Terms:
		return termsPrior
	case p.Kind == kb.Help && p.Ref.Anchor == "":
		return introductionPrior
	}
	return 1
}

// ranked is a passage with what speaks for it.
type ranked struct {
	entry    *entry
	evidence evidence
	score    float64 // 0..1
}

// rank finds passages with the index and orders them by their evidence: how strongly
// they speak of the question's words, how many of them they hold, and how close they
// come to a phrasing of it, and by their place among equals.
//
// The index's own score only chooses the candidates: it adds up synonyms as if each
// were one more word that was asked for.
func (x *index) rank(ctx context.Context, concepts []concept) ([]ranked, error) {
	return x.rankAmong(ctx, concepts, nil)
}

// rankAmong is rank for the passages at the places that are accepted; nil accepts all.
func (x *index) rankAmong(ctx context.Context, concepts []concept, accept func(place int32) bool) ([]ranked, error) {
	found, err := x.find(ctx, searchTerms(concepts), depth, accept)
	if err != nil {
		return nil, err
	}
	hits := make([]ranked, len(found))
	kin := x.grams.kin(x.stems(concepts))
	defer x.grams.giveBack(kin)
	for i, e := range found {
		hits[i] = ranked{entry: e, evidence: x.evidence(concepts, e)}
		hits[i].evidence.alike, hits[i].evidence.named = kin.with(e.all, e.length), kin.with(e.named, e.namedLength)
		hits[i].score = e.prior() * hits[i].evidence.score()
	}
	slices.SortFunc(hits, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.entry.place, b.entry.place))
	})
	compare(hits)
	return hits, nil
}

// score weighs the evidence that a passage has by itself, for the order of passages;
// the weights are rounded from a fit to judged questions.
func (ev *evidence) score() float64 {
	return (0.5*ev.matched + 0.1*ev.covered + 0.4*ev.phrasing + 0.3*ev.alike + 0.1*ev.named) / 1.4
}

// stems returns the stems of the question's informative words as they were read.
func (x *index) stems(concepts []concept) []string {
	var stems []string
	for i := range concepts {
		c := &concepts[i]
		if c.filler {
			continue
		}
		for _, w := range strings.Fields(cmp.Or(c.guess, c.word)) {
			stems = append(stems, x.vocabulary.lexicon.stem(w))
		}
	}
	return stems
}

// explanation says in words why the passage scored so.
func (r *ranked) explanation() []string {
	ev := r.evidence
	words := []string{
		fmt.Sprintf("score %.2f", r.score),
		fmt.Sprintf("covers %d of %d informative words (%.0f%% of their weight)", ev.held, ev.words, 100*ev.covered),
	}
	if ev.phrasing >= nearPhrasing {
		words = append(words, fmt.Sprintf("near the phrasing %q (%.0f%%)", ev.nearest, 100*ev.phrasing))
	}
	if r.entry.prior() < 1 {
		words = append(words, "Terms and introductions stand behind help texts")
	}
	return words
}
