package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// termID numbers a stem of a vocabulary. The negative ones have no stem.
type termID int32

const (
	stopWord    termID = -1
	unknownWord termID = -2
)

// vocabulary holds the words of one language's passages: what the index knows,
// how rare each stem is, and how to get from what a person typed to a known word.
// A learner makes it; it is read only. Sorted lists stand where maps would do, since they are
// read from disk as they are.
type vocabulary struct {
	lexicon  *analyzer
	passages int
	stems    []string // by termID
	df       []int32  // passages that hold the stem, by termID
	byStem   []termID // all, in the order of their stems
	words    []string // folded words of the passages, sorted
	of       []termID // parallel to words: their stems; stopWord for stop words
	typed    []int32  // places in words: words of titles, headings and phrasings
	speller  *speller
}

// transfer passes the vocabulary over a tape.
func (v *vocabulary) transfer(t *tape) {
	v.passages = t.Count(v.passages)
	t.strings(&v.stems)
	t.limit = len(v.stems)
	ints(t, &v.df)
	t.terms(&v.byStem)
	t.strings(&v.words)
	ints(t, &v.of)
	ints(t, &v.typed)
	if t.reading {
		v.speller = &speller{words: v.words}
	}
	v.speller.transfer(t)
	if t.reading && !v.sound() {
		t.fail()
	}
}

// sound reports whether no list of a vocabulary that was read points outside another.
func (v *vocabulary) sound() bool {
	return len(v.df) == len(v.stems) && len(v.byStem) == len(v.stems) && len(v.of) == len(v.words) &&
		!slices.ContainsFunc(v.of, func(id termID) bool { return id < stopWord || int(id) >= len(v.stems) }) &&
		!slices.ContainsFunc(v.typed, func(i int32) bool { return i < 0 || int(i) >= len(v.words) })
}

// surface returns the stem of a folded word that a passage holds, or stopWord.
func (v *vocabulary) surface(word string) (termID, bool) {
	i, ok := slices.BinarySearch(v.words, word)
	if !ok {
		return unknownWord, false
	}
	return v.of[i], true
}

// place returns where in byStem a stem is, or would be.
func (v *vocabulary) place(stem string) (int, bool) {
	return slices.BinarySearchFunc(v.byStem, stem, func(id termID, stem string) int {
		return strings.Compare(v.stems[id], stem)
	})
}

// near returns the known words that a word which is not known may be a typo of, the commonest
// first.
func (v *vocabulary) near(word string) []string {
	found := v.speller.near(word)
	slices.SortFunc(found, v.compare)
	return found[:min(len(found), maxCorrections)]
}

// compare orders words by how common they are, the commonest first, then alphabetically.
func (v *vocabulary) compare(a, b string) int {
	return cmp.Or(cmp.Compare(v.frequency(b), v.frequency(a)), strings.Compare(a, b))
}

func (v *vocabulary) frequency(word string) int32 {
	switch id := v.find(word); {
	case id == stopWord:
		return math.MaxInt32
	case id >= 0:
		return v.df[id]
	}
	return 0
}

// find returns the stem of a folded word, stopWord, or unknownWord.
func (v *vocabulary) find(word string) termID {
	if id, ok := v.surface(word); ok {
		return id
	}
	if v.lexicon.stop[word] {
		return stopWord
	}
	if i, ok := v.place(v.lexicon.stem(word)); ok {
		return v.byStem[i]
	}
	return unknownWord
}

// flatness is added to every idf: in a small collection the words of the subject
// itself ("withdrawal") are common, and must not count for less than any rare word.
const flatness = 2

// idf is how much a stem tells the passages apart (the BM25 formula, flattened); a
// word that no passage holds tells most.
func (v *vocabulary) idf(id termID) float64 {
	df := 0.0
	if id >= 0 {
		df = float64(v.df[id])
	}
	return math.Log(1+(float64(v.passages)-df+0.5)/(df+0.5)) + flatness
}

// weight is how much a stem counts in ranking: its idf, less for a filler.
func (v *vocabulary) weight(id termID) float64 {
	if v.lexicon.filler[v.stems[id]] {
		return v.idf(id) * fillerWeight
	}
	return v.idf(id)
}

// completions returns the stems of up to n words that begin with prefix, the
// commonest first.
func (v *vocabulary) completions(prefix string, n int) []termID {
	i, _ := slices.BinarySearchFunc(v.typed, prefix, func(at int32, prefix string) int {
		return strings.Compare(v.words[at], prefix)
	})
	var terms []termID // the commonest so far, equals in the order of the alphabet
	for ; i < len(v.typed) && strings.HasPrefix(v.words[v.typed[i]], prefix); i++ {
		id := v.of[v.typed[i]]
		if len(terms) == n && v.df[id] <= v.df[terms[n-1]] || slices.Contains(terms, id) {
			continue
		}
		at := len(terms)
		for at > 0 && v.df[id] > v.df[terms[at-1]] {
			at--
		}
		terms = slices.Insert(terms, at, id)[:min(len(terms)+1, n)]
	}
	return terms
}
