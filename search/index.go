package search

import (
	"fmt"

	"github.com/blevesearch/bleve/v2"

	"otvet/kb"
)

// field is a part of a passage that ranking weighs by itself.
type field struct {
	name  string
	boost float64
	terms func(*entry) []termID
}

// fields returns the fields with the weights that the judged questions decided.
func fields() []field {
	return []field{
		{"heading", 2, func(e *entry) []termID { return e.phrases[0].terms }},
		{"questions", 2, (*entry).aliases},
		{"title", 0.7, func(e *entry) []termID { return e.title }},
		{"body", 0.7, (*entry).body},
	}
}

// index finds the passages of one language by their stems.
type index struct {
	vocabulary *vocabulary
	synonyms   *synonyms
	entries    []entry
	fields     []field
	skeletons  skeletons
	grams      *gramSet
	bleve      bleve.Index // of the entries' stems; see candidates.go
	finder     *finder     // of the passages that bleve holds

	transliterator *Transliterator
	openings       openings
}

// newIndex analyses the passages; the caller gives the index its bleve.
func newIndex(loc kb.Locale, passages []kb.Passage, groups [][]string, t *Transliterator) (*index, error) {
	lexicon, err := newAnalyzer(loc)
	if err != nil {
		return nil, err
	}
	learned := newLearner(lexicon)
	x := &index{fields: fields(), entries: make([]entry, len(passages)), transliterator: t}
	for i, p := range stepsFirst(passages) {
		x.entries[i] = newEntry(learned, i, p)
		learned.countPassage(x.entries[i].all)
	}
	x.synonyms = newSynonyms(learned, groups, everydayGroups(loc))
	x.vocabulary = learned.vocabulary()
	x.shareFrequencies()
	x.measure()
	x.skeletons = newSkeletons(x.vocabulary, t)
	return x, nil
}

// readIndex is newIndex from a tape on which transfer wrote the index of the same passages.
func readIndex(loc kb.Locale, passages []kb.Passage, tr *Transliterator, t *tape) (*index, error) {
	lexicon, err := newAnalyzer(loc)
	if err != nil {
		return nil, err
	}
	x := &index{
		vocabulary: &vocabulary{lexicon: lexicon}, synonyms: &synonyms{}, grams: &gramSet{}, fields: fields(),
		entries: make([]entry, len(passages)), transliterator: tr,
	}
	for i, p := range stepsFirst(passages) {
		x.entries[i] = entry{place: i, passage: p}
	}
	x.transfer(t)
	if err := t.finish(); err != nil {
		return nil, fmt.Errorf("read %s index: %w", loc, err)
	}
	return x, nil
}

// transfer passes the index over a tape, all but bleve's. The vocabulary comes first: what
// follows is made of its stems.
func (x *index) transfer(t *tape) {
	x.vocabulary.transfer(t)
	x.synonyms.transfer(t)
	x.grams.transfer(t)
	x.skeletons.transfer(t)
	if n := t.Count(len(x.entries)); n != len(x.entries) {
		t.fail()
		return
	}
	for i := range x.entries {
		x.entries[i].transfer(t)
	}
}

// measure computes what depends on all passages together.
func (x *index) measure() {
	average := make([]float64, len(x.fields))
	for i, f := range x.fields {
		for j := range x.entries {
			average[i] += float64(len(f.terms(&x.entries[j]))) / float64(len(x.entries))
		}
	}
	x.grams = newGramSet(x.vocabulary, x.entries)
	for i := range x.entries {
		e := &x.entries[i]
		e.weighPhrases(x.vocabulary)
		e.weighTerms(x.fields, average)
	}
}
