package eval

import (
	"cmp"
	"maps"
	"slices"
)

// LabelScore is how well one label is found.
type LabelScore struct {
	Label     string  `json:"label"`
	Precision float64 `json:"precision"` // of the texts that got it, the share whose label it is; 0 when none got it
	Recall    float64 `json:"recall"`    // of the texts whose label it is, the share that got it; 0 when there are none
	F1        float64 `json:"f1"`        // harmonic mean of the two
	Support   int     `json:"support"`   // texts whose label it is
}

// Confusion is how often one label was taken for another.
type Confusion struct {
	Label     string `json:"label"`
	Predicted string `json:"predicted"`
	Texts     int    `json:"texts"`
}

// Accuracy is the share of outcomes that are right; 0 of none.
func Accuracy(outcomes []Outcome) float64 {
	right := 0
	for _, o := range outcomes {
		if o.Right() {
			right++
		}
	}
	return float64(right) / float64(max(len(outcomes), 1))
}

// MacroF1 is the mean F1 of the labels that some text has or got, each label counting the
// same (van Rijsbergen 1979; the mean of F1, as scikit-learn's macro average, not the F1 of
// means: Opitz and Burst 2019). 0 of nothing.
func MacroF1(outcomes []Outcome) float64 {
	var f1 []float64
	for _, t := range tallies(outcomes) {
		f1 = append(f1, t.f1())
	}
	slices.Sort(f1) // a sum in the order of a map would differ in its last digit
	return Mean(f1)
}

// LabelScores returns the score of each label that some text has or got, sorted by label.
func LabelScores(outcomes []Outcome) []LabelScore {
	all := tallies(outcomes)
	var scores []LabelScore
	for _, label := range slices.Sorted(maps.Keys(all)) {
		t := all[label]
		scores = append(scores, LabelScore{
			Label: label, Precision: round(share(t.both, t.got)), Recall: round(share(t.both, t.has)),
			F1: round(t.f1()), Support: t.has,
		})
	}
	return scores
}

// Confusions returns which labels were taken for which others, the most frequent first and
// equals by name, at most limit of them.
func Confusions(outcomes []Outcome, limit int) []Confusion {
	counts := map[Confusion]int{}
	for _, o := range outcomes {
		if !o.Right() {
			counts[Confusion{Label: o.Label, Predicted: o.Predicted}]++
		}
	}
	var all []Confusion
	for c, n := range counts {
		c.Texts = n
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Texts, a.Texts), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Predicted, b.Predicted))
	})
	return all[:min(limit, len(all))]
}

// tally counts the texts that have a label, got it, and both.
type tally struct{ has, got, both int }

// f1 is 2·precision·recall / (precision + recall), without dividing by 0.
func (t *tally) f1() float64 { return share(2*t.both, t.has+t.got) }

func share(part, whole int) float64 { return float64(part) / float64(max(whole, 1)) }

// tallies counts for each label.
func tallies(outcomes []Outcome) map[string]*tally {
	all := map[string]*tally{}
	of := func(label string) *tally {
		t, ok := all[label]
		if !ok {
			t = &tally{}
			all[label] = t
		}
		return t
	}
	for _, o := range outcomes {
		of(o.Label).has++
		of(o.Predicted).got++
		if o.Right() {
			of(o.Label).both++
		}
	}
	return all
}
