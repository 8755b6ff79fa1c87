package eval

import (
	"fmt"
	"slices"
)

// Tradeoff is what the confidence is good for: how far it tells questions apart that have an
// answer from those that have none, and what answering only the surest would give.
type Tradeoff struct {
	AUROC     *Estimate `json:"auroc,omitempty"` // nil when every question has an answer, or none
	Precision []At      `json:"precision"`       // at these coverages
	Coverage  []At      `json:"coverage"`        // at these precisions
	Curve     []Point   `json:"curve"`           // at most one point a percent of coverage
}

// At is a figure at a fixed value of another.
type At struct {
	At    float64 `json:"at"`
	Value float64 `json:"value"`
}

func newTradeoff(decisions []Decision) Tradeoff {
	curve := Curve(decisions)
	t := Tradeoff{Curve: thin(curve)}
	for _, coverage := range []float64{.1, .2, .3} {
		t.Precision = append(t.Precision, At{coverage, round(PrecisionAt(curve, coverage))})
	}
	for _, precision := range []float64{.8, .9} {
		t.Coverage = append(t.Coverage, At{precision, round(CoverageAt(curve, precision))})
	}
	within, without := func(d Decision) bool { return d.Answerable }, func(d Decision) bool { return !d.Answerable }
	if slices.ContainsFunc(decisions, within) && slices.ContainsFunc(decisions, without) {
		auroc := Bootstrap(decisions, AUROC)
		t.AUROC = &auroc
	}
	return t
}

// withAnswer is what the AUROC is of where questions have an answer or none.
const withAnswer = "with an answer against without"

// table shows it; kinds says what the AUROC tells apart.
func (t Tradeoff) table(kinds string) table {
	out := table{Caption: "Confidence", Head: []string{"figure", "value"}}
	if t.AUROC != nil {
		out.Rows = append(out.Rows, []string{"AUROC, " + kinds, t.AUROC.String()})
	}
	for _, p := range t.Precision {
		out.Rows = append(out.Rows, []string{fmt.Sprintf("precision of the surest %.0f %%", 100*p.At), fmt.Sprintf("%.3f", p.Value)})
	}
	for _, c := range t.Coverage {
		out.Rows = append(out.Rows, []string{fmt.Sprintf("coverage at precision %.1f", c.At), fmt.Sprintf("%.3f", c.Value)})
	}
	return out
}
