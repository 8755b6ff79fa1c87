package search

import (
	"context"

	"otvet/kb"
)

// maxSuggested is how many passages are offered, and maxRelated how many more are
// named beside an answer.
const (
	maxSuggested = 3
	maxRelated   = 3
)

// answer decides whether the snapshot answers q.
func (s *snapshot) answer(ctx context.Context, q Query) (Answer, error) {
	a := Answer{Query: q, Verdict: NoAnswer, Revision: s.revision}
	asked, err := s.understand(q)
	if err != nil {
		return Answer{}, err
	}
	hits, err := s.indexes[asked.locale].rank(ctx, asked.concepts)
	if err != nil {
		return Answer{}, err
	}
	if len(hits) == 0 {
		a.Explanation = append([]string{"no_answer: no passage holds any word of the question"}, asked.notes...)
		return a, nil
	}
	a.Verdict, a.Confidence, a.Explanation = decide(hits[0].evidence, hits[0].entry.passage.Category, s.thresholds(asked.locale))
	a.Whole = hits[0].evidence.whole()
	a.Explanation = append(a.Explanation, asked.notes...)
	a.show(asked.concepts, hits)
	return a, nil
}

// show sets what the verdict calls for: the passages with their citations, and more
// to read beside an answer.
func (a *Answer) show(concepts []concept, hits []ranked) {
	shown := 0
	switch a.Verdict {
	case Answered:
		shown = 1
		a.Related = passages(related(hits))
	case Suggested:
		shown = min(len(hits), maxSuggested)
	}
	a.Passages = passages(hits[:shown])
	for _, h := range hits[:shown] {
		a.Citations = append(a.Citations, h.entry.passage.Citation(h.entry.quote(concepts)))
	}
}

func passages(hits []ranked) []kb.Passage {
	var found []kb.Passage
	for _, h := range hits {
		found = append(found, h.entry.passage)
	}
	return found
}

// related returns the hits after the first that hold at least half of the question.
func related(hits []ranked) []ranked {
	var found []ranked
	for _, h := range hits[1:] {
		if h.evidence.covered >= 0.5 && len(found) < maxRelated {
			found = append(found, h)
		}
	}
	return found
}
