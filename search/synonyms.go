package search

import (
	"maps"
	"slices"
)

// synonyms are groups of words and phrases that mean the same, as stems.
type synonyms struct {
	byFirst map[termID][]synonym
	single  [][]termID // the words of each group that are one stem; see shareFrequencies
}

// synonym is a phrase with what else may be said for it.
type synonym struct {
	phrase []termID
	others []reading
}

// newSynonyms reads the groups of the editors and those of everyday language. A phrase with a
// word that the vocabulary does not hold can be asked for but not found, so its words are added
// to it.
func newSynonyms(l *learner, editors, everyday [][]string) *synonyms {
	s := &synonyms{byFirst: map[termID][]synonym{}}
	for _, group := range editors {
		s.add(l.phrases(group), synonymCredit, nil)
	}
	defined := maps.Clone(s.byFirst)
	for _, group := range everyday {
		if slices.ContainsFunc(group, l.passagesHold) {
			s.add(l.phrases(group), everydayCredit, defined)
		}
	}
	return s
}

// transfer passes the synonyms over a tape, but not single: frequencies are shared once.
func (s *synonyms) transfer(t *tape) {
	all := passed(t, s.list(), func(syn *synonym) {
		t.terms(&syn.phrase)
		syn.others = passed(t, syn.others, func(r *reading) {
			t.terms(&r.terms)
			t.float(&r.credit)
		})
	})
	if !t.reading {
		return
	}
	s.byFirst = map[termID][]synonym{}
	for _, syn := range all {
		if len(syn.phrase) == 0 {
			t.fail()
			return
		}
		s.byFirst[syn.phrase[0]] = append(s.byFirst[syn.phrase[0]], syn)
	}
}

// list returns all synonyms, in order.
func (s *synonyms) list() []synonym {
	var all []synonym
	for _, first := range slices.Sorted(maps.Keys(s.byFirst)) {
		all = append(all, s.byFirst[first]...)
	}
	return all
}

// phrases returns the stems of each text that has some.
func (l *learner) phrases(texts []string) [][]termID {
	var phrases [][]termID
	for _, text := range texts {
		if terms := l.terms(text); len(terms) > 0 {
			phrases = append(phrases, terms)
		}
	}
	return phrases
}

// passagesHold reports whether passages hold every word of a text.
func (l *learner) passagesHold(text string) bool {
	for _, w := range l.lexicon.words(text) {
		if id := l.find(w); id == unknownWord || id >= 0 && l.df[id] == 0 {
			return false
		}
	}
	return true
}

// add puts a group of phrases in, but for what is defined already: whoever says a word of the
// editors means what they say it means.
func (s *synonyms) add(phrases [][]termID, credit float64, defined map[termID][]synonym) {
	var single []termID
	for i, p := range phrases {
		if slices.ContainsFunc(defined[p[0]], func(d synonym) bool { return slices.Equal(d.phrase, p) }) {
			continue
		}
		if len(p) == 1 {
			single = append(single, p[0])
		}
		var others []reading
		for _, other := range slices.Concat(phrases[:i], phrases[i+1:]) {
			others = append(others, reading{other, credit})
		}
		s.byFirst[p[0]] = append(s.byFirst[p[0]], synonym{p, others})
	}
	s.single = append(s.single, distinct(single))
}

// at returns how many of the terms make up a phrase of a group, the longest such
// phrase, and what else may be said for it.
func (s *synonyms) at(terms []termID) (n int, others []reading) {
	if len(terms) == 0 {
		return 0, nil
	}
	for _, syn := range s.byFirst[terms[0]] {
		size := len(syn.phrase)
		if size < n || size > len(terms) || !slices.Equal(syn.phrase, terms[:size]) {
			continue
		}
		if size > n {
			n, others = size, nil
		}
		others = append(others, syn.others...)
	}
	return n, others
}

// shareFrequencies gives the words of a group the frequency of all of them together:
// a rare word for a common thing tells no more than the common word.
func (x *index) shareFrequencies() {
	for _, group := range x.synonyms.single {
		var df int32
		for i := range x.entries {
			if slices.ContainsFunc(group, func(id termID) bool { return x.entries[i].has(id) > 0 }) {
				df++
			}
		}
		for _, id := range group {
			x.vocabulary.df[id] = df
		}
	}
}
