package search

import "otvet/kb"

// quote returns the sentence of the passage that holds most of the question, as its
// author wrote it: the earliest of equals, so the first when none holds anything.
func (x *index) quote(concepts []concept, p kb.Passage) string {
	best, quote := -1.0, ""
	for _, sentence := range sentences(p.Text) {
		held := map[termID]bool{}
		for _, w := range x.vocabulary.lexicon.words(sentence) {
			held[x.vocabulary.find(w)] = true
		}
		score := 0.0
		for i := range concepts {
			score += concepts[i].weight() * concepts[i].credit(func(id termID) bool { return held[id] })
		}
		if score > best {
			best, quote = score, sentence
		}
	}
	return quote
}
