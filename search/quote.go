package search

import "slices"

// What a word of the title, heading and phrasings counts in the choice of a
// sentence, and what the first sentence counts for its place: every sentence is about
// the heading's words, and the first one answers the heading.
const (
	headedWeight  = 0.3
	firstSentence = 0.3
)

// quote returns the sentence of the passage that holds most of what the question asks
// beyond the heading, as its author wrote it: the first when none stands out.
func (e *entry) quote(concepts []concept) string {
	best, quote := -1.0, ""
	for i, s := range e.sentences {
		held := func(id termID) float64 { return share(slices.Contains(s.terms, id)) }
		score, heaviest := 0.0, 0.0
		for j := range concepts {
			c := &concepts[j]
			weight := c.weight() * (1 - (1-headedWeight)*c.credit(e.heads))
			score += weight * c.credit(held)
			heaviest = max(heaviest, c.weight())
		}
		if i == 0 {
			score += firstSentence * heaviest
		}
		if score > best {
			best, quote = score, s.text
		}
	}
	return quote
}
