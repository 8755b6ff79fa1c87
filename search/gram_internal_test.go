package search

import (
	"slices"
	"testing"

	"otvet/kb"
)

func TestGrams(t *testing.T) {
	t.Parallel()
	for stem, want := range map[string][]string{
		"":     nil,
		"a":    {"_a_"},
		"до":   {"_до", "до_", "_до_"},
		"вывд": {"_вы", "выв", "ывд", "вд_", "_выв", "вывд", "ывд_"},
		"ааа":  {"_аа", "ааа", "аа_", "_ааа", "ааа_"},
		"оооо": {"_оо", "ооо", "оо_", "_ооо", "оооо", "ооо_"}, // each once
	} {
		var hashes []uint64
		for _, g := range want {
			hashes = append(hashes, hash(g))
		}
		slices.Sort(hashes)
		if got := grams(stem); !slices.Equal(got, hashes) {
			t.Errorf("%q has %d grams, want %d: %v", stem, len(got), len(want), want)
		}
	}
}

// TestKinWordsBringPassagesForward: no stem joins these words, their letters do.
func TestKinWordsBringPassagesForward(t *testing.T) {
	t.Parallel()
	docs := []kb.Document{
		{ID: "money", Title: "Как монетизировать канал", Text: "Деньги за канал."},
		{ID: "music", Title: "Как настроить канал", Text: "Музыка на канал."},
		{ID: "melon", Title: "Как нарезать канал", Text: "Монтаж на канал."},
	}
	slices.Reverse(docs) // so that order alone would not do
	s, err := newSnapshot(kb.Assemble(kb.RU, docs), true)
	if err != nil {
		t.Fatal(err)
	}
	defer s.release()
	r, err := s.search(t.Context(), Query{Text: "монетизации канала", Locale: kb.RU})
	if err != nil || len(r.Hits) == 0 || r.Hits[0].Passage.Ref.Article != "money" {
		t.Errorf("hits: %+v %v", r.Hits, err)
	}
}

// TestKinshipIsGivenBackClean: one question must not see another's.
func TestKinshipIsGivenBackClean(t *testing.T) {
	t.Parallel()
	v := &vocabulary{stems: []string{"вывод", "бонус"}}
	entries := []entry{{all: []termID{0}}, {all: []termID{1}}}
	g := newGramSet(v, entries)
	first := g.kin([]string{"вывод"})
	if like := first.with(entries[0].all, entries[0].length); like < 0.99 {
		t.Errorf("the same word is like itself by %.2f", like)
	}
	g.giveBack(first)
	second := g.kin([]string{"бонус"})
	defer g.giveBack(second)
	if like := second.with(entries[0].all, entries[0].length); like != 0 {
		t.Errorf("a word with no letters in common is like by %.2f", like)
	}
	if like := second.with(nil, 0); like != 0 {
		t.Errorf("nothing is like by %.2f", like)
	}
}
