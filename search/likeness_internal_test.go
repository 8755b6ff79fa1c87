package search

import (
	"testing"
	"time"

	"otvet/content"
	"otvet/kb"
)

// TestAHeadingIsLikeItself: whoever asks in the very words of a heading or phrasing asks for it,
// also where synonyms make phrases of its words.
func TestAHeadingIsLikeItself(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(content.Content(), time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	s, err := newSnapshot(lib, true)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}()
	for _, loc := range kb.Locales() {
		x := s.indexes[loc]
		all, unlike := 0, 0
		for i := range x.entries {
			e := &x.entries[i]
			for j, text := range phrasings(e.passage) {
				concepts := x.concepts(x.vocabulary.lexicon.words(text), false)
				if len(e.phrases[j].terms) == 0 {
					continue
				}
				all++
				if like, _ := e.nearest(concepts); like < 0.95 {
					unlike++
					t.Logf("%s: %q is %.2f like itself", loc, text, like)
				}
			}
		}
		if unlike*50 > all {
			t.Errorf("%s: %d of %d phrasings are unlike themselves", loc, unlike, all)
		}
	}
}
