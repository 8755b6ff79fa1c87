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
// It is filled by add and then read only.
type vocabulary struct {
	lexicon    *analyzer
	stems      []string
	df         []int32           // passages that hold the stem, by termID
	ids        map[string]termID // by stem
	surfaces   map[string]termID // by folded word; stopWord for stop words
	passages   int
	speller    *speller
	families   map[string][]termID // stems by their first letters, see family
	typed      []string            // words of titles, headings and phrasings, sorted
	typedStems []termID            // parallel to typed
}

func newVocabulary(lexicon *analyzer) *vocabulary {
	return &vocabulary{
		lexicon:  lexicon,
		ids:      map[string]termID{},
		surfaces: map[string]termID{},
		families: map[string][]termID{},
	}
}

// terms returns the stems of a text that is being indexed, in order, stop words left out.
func (v *vocabulary) terms(text string) []termID {
	words := v.lexicon.words(text)
	terms := make([]termID, 0, len(words))
	for _, w := range words {
		if id := v.learn(w); id >= 0 {
			terms = append(terms, id)
		}
	}
	return terms
}

func (v *vocabulary) learn(word string) termID {
	id, ok := v.surfaces[word]
	if ok {
		return id
	}
	if v.lexicon.stop[word] {
		v.surfaces[word] = stopWord
		return stopWord
	}
	stem := v.lexicon.stem(word)
	if id, ok = v.ids[stem]; !ok {
		id = termID(len(v.stems))
		v.ids[stem] = id
		v.stems = append(v.stems, stem)
		v.df = append(v.df, 0)
		v.addFamily(id)
	}
	v.surfaces[word] = id
	return id
}

// countPassage records one passage's distinct stems.
func (v *vocabulary) countPassage(terms []termID) {
	v.passages++
	for _, id := range terms {
		v.df[id]++
	}
}

// finish builds the look-ups for typos and unfinished words. typed are the words
// that a question may be completed to.
func (v *vocabulary) finish(typed map[string]bool) {
	var words []string
	for w, id := range v.surfaces {
		if id < 0 {
			continue
		}
		words = append(words, w)
		if typed[w] {
			v.typed = append(v.typed, w)
		}
	}
	v.speller = newSpeller(words)
	slices.Sort(v.typed)
	for _, w := range v.typed {
		v.typedStems = append(v.typedStems, v.surfaces[w])
	}
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
	if id, ok := v.surfaces[word]; ok {
		return id
	}
	if v.lexicon.stop[word] {
		return stopWord
	}
	if id, ok := v.ids[v.lexicon.stem(word)]; ok {
		return id
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
	i, _ := slices.BinarySearch(v.typed, prefix)
	var terms []termID // the commonest so far, equals in the order of the alphabet
	for ; i < len(v.typed) && strings.HasPrefix(v.typed[i], prefix); i++ {
		id := v.typedStems[i]
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
