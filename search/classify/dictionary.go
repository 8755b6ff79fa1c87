package classify

import (
	"cmp"
	"math"
	"slices"
)

// dictionary knows the features of the examples and what each of them weighs.
type dictionary struct {
	ids     map[feature]int32 // the commonest have the lowest
	weights []float32         // by ID
	blocks  []block           // by ID
	strange float64           // weight of a feature that no example has
}

// newDictionary weighs the features that at least rare of the examples have, which are
// sorted by label.
func newDictionary(examples []Example, rare int) *dictionary {
	all := countUses(examples)
	kept := make([]*use, 0, len(all))
	for i := range all {
		if all[i].texts >= rare {
			kept = append(kept, &all[i])
		}
	}
	slices.SortFunc(kept, func(a, b *use) int {
		return cmp.Or(cmp.Compare(b.texts, a.texts), cmp.Compare(a.feature, b.feature))
	})
	shares := labelShares(examples)
	d := &dictionary{ids: make(map[feature]int32, len(kept)), strange: idf(0, len(examples))}
	for id, u := range kept {
		d.ids[u.feature] = int32(id)
		d.blocks = append(d.blocks, u.block)
		d.weights = append(d.weights, float32(idf(u.texts, len(examples))*math.Pow(u.information(shares)+floor, trust)))
	}
	return d
}

// idf is the inverse document frequency, smoothed (Salton and Buckley 1988).
func idf(texts, of int) float64 { return math.Log(float64(1+of)/float64(1+texts)) + 1 }

// use is where the examples have a feature.
type use struct {
	feature feature
	block   block
	last    int // the text met last, counted from 1
	texts   int
	labels  []labelCount // ascending
}

type labelCount struct {
	label string
	texts int
}

// countUses finds all features and counts each once a text.
func countUses(examples []Example) []use {
	var all []use
	found := map[feature]int{}
	for i, e := range examples {
		features(e.Text, func(b block, f feature) {
			at, ok := found[f]
			if !ok {
				at = len(all)
				found[f] = at
				all = append(all, use{feature: f, block: b})
			}
			all[at].count(i+1, e.Label)
		})
	}
	return all
}

func (u *use) count(text int, label string) {
	if u.last == text {
		return
	}
	u.last = text
	u.texts++
	if n := len(u.labels); n > 0 && u.labels[n-1].label == label {
		u.labels[n-1].texts++
	} else {
		u.labels = append(u.labels, labelCount{label, 1})
	}
}

// labelShares returns the share of each label in the examples.
func labelShares(examples []Example) map[string]float64 {
	shares := map[string]float64{}
	for _, e := range examples {
		shares[e.Label]++
	}
	for label := range shares {
		shares[label] /= float64(len(examples))
	}
	return shares
}

// floor is what a feature that tells nothing about the label counts, and trust the power of
// both: 0 would be plain idf, 1 would leave little but the features of rare labels.
const (
	floor = .05
	trust = .35
)

// information is what one learns about the label by seeing the feature: the divergence
// (Kullback and Leibler 1951) of the labels of its texts from those of all. One more text,
// labelled as all are, keeps rare features modest.
func (u *use) information(shares map[string]float64) float64 {
	learnt, rest, texts := 0.0, 1.0, float64(u.texts+1)
	for _, c := range u.labels {
		share := shares[c.label]
		q := (float64(c.texts) + share) / texts
		learnt += q * math.Log(q/share)
		rest -= share
	}
	return learnt - rest/texts*math.Log(texts)
}
