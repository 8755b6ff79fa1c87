package search

import (
	"maps"
	"slices"

	"otvet/kb"
)

// skeletons tells which word of the vocabulary is meant by a romanised form: the commonest one
// where several fall together. English has none.
type skeletons struct {
	forms []string // sorted
	words []string // parallel
}

func newSkeletons(v *vocabulary, t *Transliterator) skeletons {
	var s skeletons
	if v.lexicon.locale != kb.RU {
		return s
	}
	found := map[string]string{}
	for _, word := range v.words {
		form := t.Skeleton(word)
		if old, ok := found[form]; !ok || v.compare(word, old) < 0 {
			found[form] = word
		}
	}
	s.forms = slices.Sorted(maps.Keys(found))
	for _, form := range s.forms {
		s.words = append(s.words, found[form])
	}
	return s
}

// transfer passes the skeletons over a tape.
func (s *skeletons) transfer(t *tape) {
	t.strings(&s.forms)
	t.strings(&s.words)
	if len(s.forms) != len(s.words) {
		t.fail()
		*s = skeletons{}
	}
}

// word returns the word that a form stands for, or false.
func (s *skeletons) word(form string) (string, bool) {
	i, ok := slices.BinarySearch(s.forms, form)
	if !ok {
		return "", false
	}
	return s.words[i], true
}
