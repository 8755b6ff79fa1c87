package search

import (
	"slices"

	"otvet/kb"
)

// entry is a passage as stems: what ranking and the decision look at.
type entry struct {
	place     int // in the library
	passage   kb.Passage
	phrases   []phrase // the heading, then each other phrasing of the question
	title     []termID
	sentences []sentence
	all       []termID  // distinct stems of everything, sorted
	strength  []float64 // parallel to all: see weighTerms
	named     []termID  // distinct stems of the phrases, sorted

	length, namedLength float64 // of the gram vectors of all and of named
}

// sentence is a part of the passage's text, verbatim.
type sentence struct {
	text  string
	terms []termID
	links float64 // share of the text that leads elsewhere, 0..1
}

// phrase is one way to ask for a passage.
type phrase struct {
	text  string
	terms []termID
	mass  float64 // of its distinct stems; see weighPhrases
}

func newEntry(v *vocabulary, place int, p kb.Passage) entry {
	e := entry{place: place, passage: p, title: v.terms(p.Title)}
	all := slices.Clone(e.title)
	for _, text := range append([]string{p.Heading}, p.Questions...) {
		terms := v.terms(text)
		e.phrases = append(e.phrases, phrase{text: text, terms: terms})
		all = append(all, terms...)
		e.named = append(e.named, terms...)
	}
	e.named = distinct(e.named)
	links := linkTexts(p.HTML)
	for _, text := range kb.Sentences(p.Text) {
		terms := v.terms(text)
		e.sentences = append(e.sentences, sentence{text, terms, linkShare(text, links)})
		all = append(all, terms...)
	}
	e.all = distinct(all)
	return e
}

func distinct(terms []termID) []termID {
	slices.Sort(terms)
	return slices.Compact(terms)
}

// weighPhrases computes the mass of the phrases.
func (e *entry) weighPhrases(v *vocabulary) {
	for i := range e.phrases {
		for _, id := range distinct(slices.Clone(e.phrases[i].terms)) {
			e.phrases[i].mass += v.weight(id)
		}
	}
}

// BM25F's constants: how fast repetition stops counting, and how much the length
// of a field matters.
const (
	saturation   = 1.2
	lengthFactor = 0.75
)

// weighTerms sets how strongly the passage speaks of each of its stems, 0..1: BM25F,
// that is, occurrences weighted by their field, less in a long field, saturated.
func (e *entry) weighTerms(fields []field, average []float64) {
	e.strength = make([]float64, len(e.all))
	for i, f := range fields {
		terms := f.terms(e)
		weight := f.boost / (1 - lengthFactor + lengthFactor*float64(len(terms))/average[i])
		for _, id := range terms {
			at, _ := slices.BinarySearch(e.all, id)
			e.strength[at] += weight
		}
	}
	for i, tf := range e.strength {
		e.strength[i] = tf / (saturation + tf)
	}
}

// has is 1 when the passage holds a stem anywhere, else 0.
func (e *entry) has(id termID) float64 {
	_, found := slices.BinarySearch(e.all, id)
	return share(found)
}

// speaks returns how strongly the passage speaks of a stem, 0..1.
func (e *entry) speaks(id termID) float64 {
	at, found := slices.BinarySearch(e.all, id)
	if !found {
		return 0
	}
	return e.strength[at]
}

func share(held bool) float64 {
	if held {
		return 1
	}
	return 0
}

// heads is 1 when the title, heading or a phrasing holds a stem, else 0.
func (e *entry) heads(id termID) float64 {
	return max(e.names(id), share(slices.Contains(e.title, id)))
}

// names is 1 when the heading or a phrasing holds a stem, else 0.
func (e *entry) names(id termID) float64 {
	_, found := slices.BinarySearch(e.named, id)
	return share(found)
}

// has is 1 when the phrase holds a stem, else 0.
func (p *phrase) has(id termID) float64 { return share(slices.Contains(p.terms, id)) }

// aliases returns the stems of the phrasings other than the heading.
func (e *entry) aliases() []termID {
	var terms []termID
	for _, p := range e.phrases[1:] {
		terms = append(terms, p.terms...)
	}
	return terms
}

// body returns the stems of the text.
func (e *entry) body() []termID {
	var terms []termID
	for _, s := range e.sentences {
		terms = append(terms, s.terms...)
	}
	return terms
}
