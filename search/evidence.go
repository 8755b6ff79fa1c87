package search

import "strings"

// evidence is what speaks for one passage as the answer to one question, in plain
// figures, so that the decision over them can be replaced by another one. All are
// 0..1 but mass.
type evidence struct {
	covered  float64 // idf share of the question's informative words that the passage holds
	matched  float64 // how strongly it speaks of the question's words, fillers included
	alike    float64 // likeness of its letters to the question's, see gramSet
	named    float64 // the same, of its heading and phrasings only
	mass     float64 // idf that the passage holds of them, in unknown words' worth
	phrasing float64 // likeness to the nearest phrasing: 1 is the same words
	margin   float64 // how far its score is above that of the next passage
	agreed   float64 // how much of the score of the next hits is in its category
	known    float64 // idf share of the informative words that the index knows

	words   int     // informative words
	held    int     // how many of them the passage holds
	figures int     // how many of those held are numbers
	strange float64 // how many of them the content does not know; one that was guessed counts half
	nearest string  // the phrasing meant
	same    bool    // the question is a phrasing, word for word
}

// evidence collects what the entry by itself has to say; margin and agreed need the
// other hits, see [compare].
func (x *index) evidence(concepts []concept, e *entry) evidence {
	var ev evidence
	total, held, weights := 0.0, 0.0, 0.0
	for i := range concepts {
		c := &concepts[i]
		weights += c.weight()
		speaks := c.credit(e.speaks)
		ev.matched += c.weight() * speaks
		if c.filler {
			continue
		}
		total += c.idf
		ev.words++
		if speaks > 0 { // else it has no stem of it, here or in its phrasings
			held += c.idf * c.credit(e.has)
			ev.held++
			if isNumber(c.word) {
				ev.figures++
			}
		}
		if len(c.readings) > 0 {
			ev.known += c.idf
		}
		ev.strange += c.strangeness()
	}
	if total > 0 {
		ev.covered = held / total
		ev.known /= total
	}
	if weights > 0 {
		ev.matched /= weights
	}
	ev.mass = held / x.vocabulary.idf(unknownWord)
	ev.phrasing, ev.nearest = e.nearest(concepts)
	return ev
}

// nearest returns the phrasing most like the question, and how like it is.
func (e *entry) nearest(concepts []concept) (likeness float64, text string) {
	var room [MaxTokens]named
	held := room[:0]
	for i := range concepts {
		for j := range concepts[i].readings {
			if r := &concepts[i].readings[j]; r.held(e.names) > 0 {
				held = append(held, named{i, j, r})
			}
		}
	}
	if len(held) == 0 {
		return 0, ""
	}
	for i := range e.phrases {
		if like := e.phrases[i].likeness(concepts, held); like > likeness {
			likeness, text = like, e.phrases[i].text
		}
	}
	return likeness, text
}

// named is a reading of which a passage's phrasings hold something, with the place of its
// concept in the question: most readings are no phrasing's.
type named struct {
	concept int
	place   int // of the reading in it
	reading *reading
}

// likeness compares the question with the phrase: twice the mass that they share over the mass
// of both (the Dice coefficient, weighted). Only the readings given, which are in the order of
// the concepts, can be the phrase's.
func (p *phrase) likeness(concepts []concept, held []named) float64 {
	shared, mass := 0.0, p.mass
	for i := range concepts {
		c, best := &concepts[i], 0.0
		for ; len(held) > 0 && held[0].concept == i; held = held[1:] {
			best = max(best, c.shared(held[0].place, held[0].reading.held(p.has)))
		}
		shared += best
		mass += c.mass()
	}
	if mass == 0 {
		return 0
	}
	return 2 * shared / mass
}

// agreeing is how many of the next hits are looked at for agreement.
const agreeing = 3

// compare sets what only the whole list of hits shows about the first one.
func compare(hits []ranked) {
	if len(hits) == 0 {
		return
	}
	first := &hits[0]
	first.evidence.margin, first.evidence.agreed = 1, 1
	if len(hits) == 1 {
		return
	}
	first.evidence.margin = (first.score - hits[1].score) / first.score
	same, all := 0.0, 0.0
	for _, h := range hits[1:min(len(hits), 1+agreeing)] {
		all += h.score
		if h.entry.passage.Category == first.entry.passage.Category {
			same += h.score
		}
	}
	first.evidence.agreed = same / all
}

// isNumber reports whether a word is of digits only: it tells how much, not what.
func isNumber(word string) bool { return strings.Trim(word, "0123456789") == "" }
