package search

import (
	"slices"

	"otvet/kb"
)

// entry is a passage as stems: what ranking and the decision look at.
type entry struct {
	passage   kb.Passage
	phrases   []phrase // the heading, then each other phrasing of the question
	title     []termID
	sentences []sentence
	all       []termID // distinct stems of everything, sorted
}

// sentence is a part of the passage's text, verbatim.
type sentence struct {
	text  string
	terms []termID
}

// phrase is one way to ask for a passage.
type phrase struct {
	text  string
	terms []termID
	mass  float64 // of its distinct stems; set by weigh when every passage is known
}

func newEntry(v *vocabulary, p kb.Passage) entry {
	e := entry{passage: p, title: v.terms(p.Title)}
	all := slices.Clone(e.title)
	for _, text := range append([]string{p.Heading}, p.Questions...) {
		terms := v.terms(text)
		e.phrases = append(e.phrases, phrase{text: text, terms: terms})
		all = append(all, terms...)
	}
	for _, text := range kb.Sentences(p.Text) {
		terms := v.terms(text)
		e.sentences = append(e.sentences, sentence{text, terms})
		all = append(all, terms...)
	}
	e.all = distinct(all)
	return e
}

func distinct(terms []termID) []termID {
	slices.Sort(terms)
	return slices.Compact(terms)
}

// weigh computes the mass of the phrases.
func (e *entry) weigh(v *vocabulary) {
	for i := range e.phrases {
		for _, id := range distinct(slices.Clone(e.phrases[i].terms)) {
			e.phrases[i].mass += v.weight(id)
		}
	}
}

// has reports whether the passage holds a stem anywhere.
func (e *entry) has(id termID) bool {
	_, found := slices.BinarySearch(e.all, id)
	return found
}

// heads reports whether the title, heading or a phrasing holds a stem.
func (e *entry) heads(id termID) bool {
	if slices.Contains(e.title, id) {
		return true
	}
	return slices.ContainsFunc(e.phrases, func(p phrase) bool { return p.has(id) })
}

func (p *phrase) has(id termID) bool { return slices.Contains(p.terms, id) }

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
