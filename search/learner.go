package search

import (
	"cmp"
	"maps"
	"slices"
)

// learner collects the words of one language's passages while these are indexed, and then
// becomes a vocabulary.
type learner struct {
	lexicon  *analyzer
	stems    []string          // by termID
	df       []int32           // passages that hold the stem, by termID
	ids      map[string]termID // by stem
	surfaces map[string]termID // by folded word; stopWord for stop words
	typed    map[string]bool   // words of titles, headings and phrasings
	passages int

	lastTitle string // the sections of an article follow each other
	lastTerms []termID
}

func newLearner(lexicon *analyzer) *learner {
	return &learner{
		lexicon: lexicon, ids: map[string]termID{}, surfaces: map[string]termID{}, typed: map[string]bool{},
	}
}

// terms returns the stems of a text that is being indexed, in order, stop words left out.
func (l *learner) terms(text string) []termID { return l.stemsOf(l.lexicon.words(text)) }

// named is terms for a title, heading or phrasing: a question may be completed to its words.
func (l *learner) named(text string) []termID {
	words := l.lexicon.words(text)
	for _, w := range words {
		l.typed[w] = true
	}
	return l.stemsOf(words)
}

// title is named for the title of an article; the caller must not change what it returns.
func (l *learner) title(text string) []termID {
	if l.lastTerms == nil || text != l.lastTitle {
		l.lastTitle, l.lastTerms = text, l.named(text)
	}
	return l.lastTerms
}

func (l *learner) stemsOf(words []string) []termID {
	terms := make([]termID, 0, len(words))
	for _, w := range words {
		if id := l.learn(w); id >= 0 {
			terms = append(terms, id)
		}
	}
	return terms
}

func (l *learner) learn(word string) termID {
	id, ok := l.surfaces[word]
	if ok {
		return id
	}
	if l.lexicon.stop[word] {
		l.surfaces[word] = stopWord
		return stopWord
	}
	stem := l.lexicon.stem(word)
	if id, ok = l.ids[stem]; !ok {
		id = termID(len(l.stems))
		l.ids[stem] = id
		l.stems = append(l.stems, stem)
		l.df = append(l.df, 0)
	}
	l.surfaces[word] = id
	return id
}

// find returns the stem of a folded word, stopWord, or unknownWord.
func (l *learner) find(word string) termID {
	if id, ok := l.surfaces[word]; ok {
		return id
	}
	if l.lexicon.stop[word] {
		return stopWord
	}
	if id, ok := l.ids[l.lexicon.stem(word)]; ok {
		return id
	}
	return unknownWord
}

// countPassage records one passage's distinct stems.
func (l *learner) countPassage(terms []termID) {
	l.passages++
	for _, id := range terms {
		l.df[id]++
	}
}

// vocabulary returns what was learned.
func (l *learner) vocabulary() *vocabulary {
	v := &vocabulary{
		lexicon: l.lexicon, passages: l.passages, stems: l.stems, df: l.df,
		byStem: make([]termID, len(l.stems)), words: slices.Sorted(maps.Keys(l.surfaces)),
	}
	for i := range v.byStem {
		v.byStem[i] = termID(i)
	}
	slices.SortFunc(v.byStem, func(a, b termID) int { return cmp.Compare(v.stems[a], v.stems[b]) })
	for i, w := range v.words {
		id := l.surfaces[w]
		v.of = append(v.of, id)
		if id >= 0 && l.typed[w] {
			v.typed = append(v.typed, int32(i))
		}
	}
	v.speller = newSpeller(v.words, v.of)
	return v
}
