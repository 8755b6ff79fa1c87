package search

import (
	"errors"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// TestDocumentsAreThePassages: an index whose documents are not one for each passage is refused
// when it is opened, not when a question meets it.
func TestDocumentsAreThePassages(t *testing.T) {
	t.Parallel()
	const passages = 3
	for what, ids := range map[string][]string{
		"negative":       {"00000000", "00000001", "-0000002"},
		"beyond the end": {"00000000", "00000001", "00000003"},
		"no number":      {"00000000", "00000001", "withdraw"},
		"twice":          {"00000000", "00000001", "1"},
		"missing":        {"00000000", "00000001"},
		"none":           {},
		"too many":       {"00000000", "00000001", "00000002", "00000003"},
	} {
		if f, err := newFinder(indexOf(t, ids), nil, passages); !errors.Is(err, errTape) {
			t.Errorf("%s: finder %v, error %v", what, f != nil, err)
		}
	}
	right := []string{documentID(0), documentID(1), documentID(2)}
	f, err := newFinder(indexOf(t, right), []string{"word"}, passages)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	if found, err := f.find([]weightedTerm{{id: 0, weight: 1}}, 10, nil); err != nil || !slices.Equal(found, []int32{0, 1, 2}) {
		t.Errorf("found %v %v", found, err)
	}
}

// indexOf returns an index of documents with one word.
func indexOf(t *testing.T, ids []string) bleve.Index {
	t.Helper()
	m, err := stemMapping()
	if err != nil {
		t.Fatal(err)
	}
	b, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, id := range ids {
		if err := b.Index(id, map[string]any{everything: "word"}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}
