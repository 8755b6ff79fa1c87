package search

import (
	"testing"

	"otvet/kb"
)

// What a mistyped word was read as is told by the passages shown, and by none on thin evidence.
func TestThinEvidenceTellsNoGuess(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		evidence evidence
		want     int
	}{
		{evidence{covered: .9, mass: 3, held: 2, words: 2}, 2},
		{evidence{covered: .2, mass: .3, held: 1, words: 4, phrasing: .7}, 0},
	} {
		d := decided{Answer: Answer{Passages: make([]kb.Passage, 2)}}
		if got := d.telling([]ranked{{evidence: c.evidence}, {}, {}}); got != c.want {
			t.Errorf("%+v: %d hits tell, want %d", c.evidence, got, c.want)
		}
	}
}
