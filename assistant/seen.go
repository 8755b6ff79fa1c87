package assistant

import (
	"cmp"
	"slices"
	"strings"
)

// reading is a message as a matcher sees it.
type reading struct {
	words []seen
	has   set // the concepts that occur, to pass over most phrases at once
}

// set is a set of small numbers, one bit each.
type set []uint64

func newSet(size int) set { return make(set, size/64+1) }

func (s set) add(n int) { s[n/64] |= 1 << (n % 64) }

func (s set) holds(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

// seen is a word of a message with the concepts that begin at it.
type seen struct {
	word
	fits []fit // by concept
}

// fit is a concept and how many words stand for it.
type fit struct{ concept, words int }

// read finds the concepts in a message.
func (m *matcher) read(v version) reading {
	patterns := m.patternsOf(v)
	text := reading{make([]seen, len(v.words)), newSet(len(m.phrases))}
	for i, w := range v.words {
		text.words[i] = seen{w, m.conceptsAt(patterns[i:])}
		for _, f := range text.words[i].fits {
			text.has.add(f.concept)
		}
	}
	return text
}

// patternsOf returns the patterns that each word fits.
func (m *matcher) patternsOf(v version) [][]int {
	found := make([][]int, len(v.words))
	if v.swapped && m.borrowed {
		return found
	}
	recent := m.typed
	if v.swapped {
		recent = m.swapped
	}
	for i, w := range v.words {
		found[i] = recent.Get(w.text, func(text string) []int { return m.patternsOfWord(text, v.swapped) })
	}
	return found
}

// patternsOfWord guesses only at words in own letters: the other layout yields no
// look-alikes, and what merely looks like a word sounds like nothing.
func (m *matcher) patternsOfWord(text string, swapped bool) []int {
	own := strings.ContainsFunc(text, m.own)
	if swapped && !own {
		return nil
	}
	spelled := m.word(text)
	ids, known := m.patterns.fits(spelled)
	if known || spelled == "" || !own || m.other != nil && m.other.knows(text) {
		return ids
	}
	return append(ids, m.patterns.guess(spelled)...)
}

// knows reports whether a word is one of the lexicon's.
func (m *matcher) knows(text string) bool {
	_, known := m.patterns.fits(m.word(text))
	return known || m.plain[text]
}

// conceptsAt returns the concepts that begin at the first of some words, given as the
// patterns that they fit.
func (m *matcher) conceptsAt(words [][]int) []fit {
	if len(words[0]) == 0 {
		return nil
	}
	var found []fit
	for _, id := range words[0] {
		for _, c := range m.single[id] {
			found = append(found, fit{c, 1})
		}
		for _, r := range m.runs[id] {
			if r.fits(words[1:]) {
				found = append(found, fit{r.concept, 1 + len(r.rest)})
			}
		}
	}
	slices.SortFunc(found, func(a, b fit) int { return cmp.Or(a.concept-b.concept, a.words-b.words) })
	return slices.Compact(found)
}

// fits reports whether the words go on with the rest of the run.
func (r *run) fits(words [][]int) bool {
	if len(words) < len(r.rest) {
		return false
	}
	for i, id := range r.rest {
		if !slices.Contains(words[i], id) {
			return false
		}
	}
	return true
}
