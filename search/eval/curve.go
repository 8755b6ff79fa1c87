package eval

import (
	"cmp"
	"slices"
)

// Decision is how sure search was of its first passage, or a classifier of its label, and
// whether that was right. What should have had no answer at all, or no label, is never right.
type Decision struct {
	Confidence float64
	Answerable bool
	Right      bool
}

// Point is what a threshold on the confidence would give: the share of questions that
// reach it, and the share of those whose first passage is right.
type Point struct {
	Confidence float64 `json:"confidence"`
	Coverage   float64 `json:"coverage"`
	Precision  float64 `json:"precision"`
}

// AUROC is the probability that the confidence in a question that has an answer is above that
// in one that has none, a tie counting half: the area under the receiver operating
// characteristic by the statistic of Mann and Whitney (Hanley and McNeil 1982). 0.5 when
// there are none of one kind, as there is nothing to tell apart.
func AUROC(decisions []Decision) float64 {
	sorted := byConfidence(decisions)
	within, without, wins := 0.0, 0.0, 0.0
	for group := range groups(sorted) {
		in := 0.0
		for _, d := range group {
			if d.Answerable {
				in++
			}
		}
		out := float64(len(group)) - in
		wins += within*out + in*out/2 // those before are more confident
		within, without = within+in, without+out
	}
	if within == 0 || without == 0 {
		return 0.5
	}
	return wins / (within * without)
}

// Curve returns the precision–coverage curve (El-Yaniv and Wiener 2010), one point for each
// confidence there is, from the highest down: no threshold parts equals.
func Curve(decisions []Decision) []Point {
	var curve []Point
	taken, right := 0, 0
	for group := range groups(byConfidence(decisions)) {
		for _, d := range group {
			if d.Right {
				right++
			}
		}
		taken += len(group)
		curve = append(curve, Point{
			Confidence: group[0].Confidence,
			Coverage:   float64(taken) / float64(len(decisions)),
			Precision:  float64(right) / float64(taken),
		})
	}
	return curve
}

// PrecisionAt returns the precision of the most confident share of all questions. Where the
// share ends among equals, they count in proportion, as if drawn in any order. 0 for an
// empty curve.
func PrecisionAt(curve []Point, coverage float64) float64 {
	before := Point{}
	for _, p := range curve {
		if p.Coverage >= coverage {
			inside := (coverage - before.Coverage) / (p.Coverage - before.Coverage)
			right := before.right() + inside*(p.right()-before.right())
			return right / coverage
		}
		before = p
	}
	return before.Precision
}

// right is the share of all questions that are covered and right.
func (p Point) right() float64 { return p.Coverage * p.Precision }

// CoverageAt returns the highest coverage at which a threshold keeps at least this precision;
// 0 when none does.
func CoverageAt(curve []Point, precision float64) float64 {
	best := 0.0
	for _, p := range curve {
		if p.Precision >= precision {
			best = p.Coverage
		}
	}
	return best
}

// thin keeps one point for each percent of coverage, for drawing.
func thin(curve []Point) []Point {
	var kept []Point
	percent := 0
	for _, p := range curve {
		if reached := int(100 * p.Coverage); reached > percent || len(kept) == 0 {
			percent = reached
			kept = append(kept, Point{round(p.Confidence), round(p.Coverage), round(p.Precision)})
		}
	}
	return kept
}

func byConfidence(decisions []Decision) []Decision {
	sorted := slices.Clone(decisions)
	slices.SortFunc(sorted, func(a, b Decision) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return sorted
}

// groups cuts sorted decisions into those of equal confidence.
func groups(sorted []Decision) func(yield func([]Decision) bool) {
	return func(yield func([]Decision) bool) {
		for len(sorted) > 0 {
			n := 1
			for n < len(sorted) && sorted[n].Confidence == sorted[0].Confidence {
				n++
			}
			if !yield(sorted[:n]) {
				return
			}
			sorted = sorted[n:]
		}
	}
}
