package search

import (
	"slices"

	"otvet/kb"
)

// entry is a passage as stems: what ranking and the decision look at.
type entry struct {
	place     int // in the library
	passage   *kb.Passage
	phrases   []phrase // the heading, then each other phrasing of the question
	title     []termID
	sentences []sentence
	all       []termID  // distinct stems of everything, sorted
	strength  []float32 // parallel to all: see weighTerms
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

// transfer passes the entry over a tape, all but its passage, which is in the library: each
// field of entry, sentence and phrase has a line here.
func (e *entry) transfer(t *tape) {
	t.terms(&e.title)
	t.terms(&e.all)
	t.terms(&e.named)
	t.shorts(&e.strength)
	t.float(&e.length)
	t.float(&e.namedLength)
	e.phrases = passed(t, e.phrases, func(p *phrase) {
		t.terms(&p.terms)
		t.float(&p.mass)
	})
	e.sentences = passed(t, e.sentences, func(s *sentence) {
		t.within(e.passage.Text, &s.text)
		t.terms(&s.terms)
		t.float(&s.links)
	})
	if !e.sound() {
		t.fail()
		return
	}
	for i, text := range phrasings(e.passage) {
		e.phrases[i].text = text
	}
}

func newEntry(v *learner, place int, p *kb.Passage) entry {
	e := entry{place: place, passage: p, title: v.title(p.Title)}
	all := slices.Clone(e.title)
	for _, text := range phrasings(p) {
		terms := v.named(text)
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

// sound reports whether an entry that was read has what every entry has.
func (e *entry) sound() bool {
	return len(e.strength) == len(e.all) && len(e.phrases) == 1+len(e.passage.Questions)
}

// phrasings returns the ways to ask for a passage, its heading first.
func phrasings(p *kb.Passage) []string { return append([]string{p.Name()}, p.Questions...) }

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
	strength := make([]float64, len(e.all))
	for i, f := range fields {
		terms := f.terms(e)
		weight := f.boost / (1 - lengthFactor + lengthFactor*float64(len(terms))/average[i])
		for _, id := range terms {
			at, _ := slices.BinarySearch(e.all, id)
			strength[at] += weight
		}
	}
	e.strength = make([]float32, len(e.all))
	for i, tf := range strength {
		e.strength[i] = float32(tf / (saturation + tf))
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
	return float64(e.strength[at])
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
