package search

import (
	"testing"

	"otvet/kb"
)

// One letter begins everything, of either script.
func TestOneLetterOpensNothing(t *testing.T) {
	t.Parallel()
	x := analysed(t).indexes[kb.RU]
	for words, want := range map[string]int{"": 0, "к": 0, "k": 0, "ка": 2, "какая": 1, "скол": 1, "ол": 0} {
		if got := x.openings.of(x, words); len(got) != want {
			t.Errorf("%q begins %d headings, want %d", words, len(got), want)
		}
	}
}
