package search

import (
	"math"
	"slices"
	"strings"
)

// What a passage is credited with for a word that it holds only by a synonym, by a
// guess at a typo, in the other script, or by a word of the same family.
const (
	synonymCredit  = 0.9
	everydayCredit = 0.8
	typoCredit     = 0.7
	soundCredit    = 0.9
	familyCredit   = 0.65
)

// fillerWeight is what a word that carries no subject counts in ranking.
const fillerWeight = 0.4

// concept is one thing that a question names: a word or a phrase of the synonyms,
// with every form in which a passage may hold it.
type concept struct {
	word     string // as typed, folded
	readings []reading
	masses   []float64 // parallel to readings: what their stems weigh together in a phrasing
	idf      float64
	filler   bool
	known    bool   // the index or the editors' synonyms hold it as typed
	guess    string // what an unknown word was read as; empty when it was not
}

// reading is one form of a concept: stems that belong together, and what they are worth.
type reading struct {
	terms  []termID
	credit float64
}

// weight is how much the concept counts in ranking.
func (c *concept) weight() float64 {
	if c.filler {
		return c.idf * fillerWeight
	}
	return c.idf
}

// mass is what the concept weighs as it was typed: a phrase as much as its words together.
func (c *concept) mass() float64 {
	if c.known && len(c.masses) > 0 {
		return c.masses[0]
	}
	return c.weight()
}

// shared is what the concept and a phrasing that holds a reading of it have in common: what it
// weighs in the one and in the other, as far as it is held, so that a phrasing is like itself
// whatever synonyms and relatives its words have.
func (c *concept) shared(reading int, held float64) float64 {
	mass := c.mass()
	if c.known && reading < len(c.masses) { // a word that is still typed gets readings later
		mass = (mass + c.masses[reading]) / 2
	}
	return held * mass
}

// strangeness is 1 for a word that nothing is known of, and a half for one that was guessed: it
// may be another word altogether.
func (c *concept) strangeness() float64 {
	switch {
	case len(c.readings) == 0:
		return 1
	case !c.known && c.guess != "":
		return 0.5
	}
	return 0
}

// credit is how far a text holds the concept, 0..1, where has says how far it holds
// a stem. Other forms of a concept do not add up: the best one counts.
func (c *concept) credit(has func(termID) float64) float64 {
	best := 0.0
	for i := range c.readings {
		best = max(best, c.readings[i].held(has))
	}
	return best
}

// held is how far a text holds the reading, as it is worth.
func (r *reading) held(has func(termID) float64) float64 {
	held := 0.0
	for _, id := range r.terms {
		held += has(id)
	}
	return r.credit * held / float64(len(r.terms))
}

// weightedTerm is a stem to search for.
type weightedTerm struct {
	id     termID
	weight float64
}

// searchTerms returns each stem of the concepts once, with the best weight it has.
func searchTerms(concepts []concept) []weightedTerm {
	var terms []weightedTerm
	place := map[termID]int{}
	for _, c := range concepts {
		for _, r := range c.readings {
			w := r.credit / float64(len(r.terms))
			if c.filler {
				w *= fillerWeight
			}
			for _, id := range r.terms {
				if i, ok := place[id]; ok {
					terms[i].weight = max(terms[i].weight, w)
					continue
				}
				place[id] = len(terms)
				terms = append(terms, weightedTerm{id, w})
			}
		}
	}
	return terms
}

// concepts reads words as concepts, in order; stop words give none and repeated
// words one. Verbatim words are not guessed at.
func (x *index) concepts(words []string, verbatim bool) []concept {
	words, terms := x.content(words)
	fillers := x.fillers(words)
	seen := map[string]bool{}
	var found []concept
	for i := 0; i < len(words); {
		c, n := x.conceptAt(words[i:], terms[i:], verbatim)
		c.filler = !slices.Contains(fillers[i:i+n], false)
		if !seen[c.word] {
			seen[c.word] = true
			found = append(found, c)
		}
		i += n
	}
	return found
}

// content drops the stop words and finds the stems of the others.
func (x *index) content(words []string) ([]string, []termID) {
	var kept []string
	var terms []termID
	for _, w := range words {
		if id := x.vocabulary.find(w); id != stopWord {
			kept, terms = append(kept, w), append(terms, id)
		}
	}
	return kept, terms
}

// fillers reports for each word whether it is, or is part of, a filler phrase.
func (x *index) fillers(words []string) []bool {
	lexicon := x.vocabulary.lexicon
	found := make([]bool, len(words))
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = lexicon.stem(w)
	}
	for i := range words {
		for n := min(3, len(words)-i); n > 0; n-- {
			if lexicon.filler[strings.Join(stems[i:i+n], " ")] {
				for j := range n {
					found[i+j] = true
				}
				break
			}
		}
	}
	return found
}

// conceptAt reads the concept that begins with the first word and returns how many
// words it takes.
func (x *index) conceptAt(words []string, terms []termID, verbatim bool) (concept, int) {
	if n, others := x.synonyms.at(terms); n > 0 {
		c := concept{word: strings.Join(words[:n], " "), known: true}
		c.readings = []reading{{terms[:n], 1}}
		c.readings = append(c.readings, others...)
		return x.weigh(c), n
	}
	c := concept{word: words[0], known: terms[0] >= 0}
	if c.known {
		c.readings = []reading{{terms[:1], 1}}
		for _, id := range x.vocabulary.family(c.word) {
			if id != terms[0] {
				c.readings = append(c.readings, reading{[]termID{id}, familyCredit})
			}
		}
		return x.weigh(c), 1
	}
	if verbatim {
		return x.weigh(c), 1
	}
	return x.guess(c, words)
}

// readings returns a stem and its synonyms at the given credit.
func (x *index) readings(id termID, credit float64) []reading {
	found := []reading{{[]termID{id}, credit}}
	_, others := x.synonyms.at([]termID{id})
	for _, other := range others {
		found = append(found, reading{other.terms, credit * other.credit})
	}
	return found
}

// weigh sets the idf of a concept: that of its commonest reading, where a phrase is
// as rare as its rarest word.
func (x *index) weigh(c concept) concept {
	c.idf = x.vocabulary.idf(unknownWord)
	c.masses = make([]float64, len(c.readings))
	for i, r := range c.readings {
		rarest := 0.0
		for _, id := range r.terms {
			rarest = max(rarest, x.vocabulary.idf(id))
			c.masses[i] += x.vocabulary.weight(id)
		}
		c.idf = math.Min(c.idf, rarest)
	}
	return c
}
