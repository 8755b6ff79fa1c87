package search

import "slices"

// verySame is the confidence in a passage that is asked for in the very words of its heading or
// of a phrasing: an editor has written that this is what they ask.
const verySame = 0.97

// minVerySame is how many words such a question has: one word asks for many things.
const minVerySame = 2

// first brings the passage to the front that is asked for word for word, stop words included,
// when there is one among the first hits.
func (q *question) first(x *index, hits []ranked) {
	asked := x.vocabulary.lexicon.words(q.written)
	if len(asked) < minVerySame {
		return
	}
	for i := range hits[:min(len(hits), maxSuggested)] {
		h := hits[i]
		if h.evidence.phrasing < samePhrasing || !h.entry.asks(x, asked) {
			continue
		}
		copy(hits[1:i+1], hits[:i])
		h.evidence.same, h.evidence.margin, h.evidence.agreed = true, hits[0].evidence.margin, hits[0].evidence.agreed
		hits[0] = h
		return
	}
}

// asks reports whether these words are the heading or a phrasing of the passage.
func (e *entry) asks(x *index, words []string) bool {
	return slices.ContainsFunc(phrasings(e.passage), func(text string) bool {
		return slices.Equal(x.vocabulary.lexicon.words(text), words)
	})
}
