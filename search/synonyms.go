package search

import "slices"

// synonyms are the editors' groups of words and phrases that mean the same, as stems.
type synonyms struct {
	byFirst map[termID][]synonym
	single  [][]termID // the words of each group that are one stem
}

type synonym struct {
	phrase []termID
	others [][]termID
}

// newSynonyms reads groups of phrases. A phrase with a word that the vocabulary
// does not hold can be asked for but not found, so its words are added to it.
func newSynonyms(v *vocabulary, groups [][]string) *synonyms {
	s := &synonyms{byFirst: map[termID][]synonym{}}
	for _, group := range groups {
		var phrases [][]termID
		for _, p := range group {
			if terms := v.terms(p); len(terms) > 0 {
				phrases = append(phrases, terms)
			}
		}
		s.addSingle(phrases)
		for i, p := range phrases {
			others := slices.Concat(phrases[:i], phrases[i+1:])
			s.byFirst[p[0]] = append(s.byFirst[p[0]], synonym{p, others})
		}
	}
	return s
}

// at returns how many of the terms make up a phrase of a group, the longest such
// phrase, and the other phrases of the groups it is in.
func (s *synonyms) at(terms []termID) (n int, others [][]termID) {
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

func (s *synonyms) addSingle(phrases [][]termID) {
	var single []termID
	for _, p := range phrases {
		if len(p) == 1 {
			single = append(single, p[0])
		}
	}
	s.single = append(s.single, distinct(single))
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
