package search

import "slices"

// quote returns the sentence of the passage that holds most of the question, as its
// author wrote it: the earliest of equals, so the first when none holds anything.
func (e *entry) quote(concepts []concept) string {
	best, quote := -1.0, ""
	for _, s := range e.sentences {
		held := func(id termID) float64 { return share(slices.Contains(s.terms, id)) }
		score := 0.0
		for i := range concepts {
			score += concepts[i].weight() * concepts[i].credit(held)
		}
		if score > best {
			best, quote = score, s.text
		}
	}
	return quote
}
