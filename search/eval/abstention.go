package eval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Abstention is how well a classifier knows when no label fits. Precision at a coverage is of
// the surest share of all texts of the test: the share of these that are in scope and have the
// label of their judges.
type Abstention struct {
	Labelling
	Metrics    []Metric  `json:"metrics"`    // of labels, over the texts in scope
	Confidence Tradeoff  `json:"confidence"` // over all texts; AUROC of in scope against out of scope
	Mistakes   []Mistake `json:"mistakes"`   // the wrong ones among the surest 30 % of all, the surest first
}

// surest is the share of texts whose mistakes a report shows: a confidence cannot keep
// everything, so those further down say little.
const surest = .3

// Abstain trains on one set and predicts the labels of the other, of which some texts are
// out of scope. It returns the report, what the model made of every text,
// and how long it took. Errors: no label to learn, the end of ctx.
func Abstain(ctx context.Context, train, test Labelled) (Abstention, []Outcome, Learning, error) {
	l, err := learn(ctx, train, test)
	if err != nil {
		return Abstention{}, nil, Learning{}, err
	}
	report := Abstention{
		Labelling: l.Labelling, Metrics: labelMetrics(l.inScope()),
		Confidence: labelTradeoff(l.outcomes), Mistakes: l.surestMistakes(),
	}
	return report, l.outcomes, l.took, nil
}

// surestMistakes returns what abstaining should have prevented.
func (l lesson) surestMistakes() []Mistake {
	order := make([]int, len(l.outcomes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(l.outcomes[b].Confidence, l.outcomes[a].Confidence)
	})
	var mistakes []Mistake
	for _, i := range order[:int(surest*float64(len(order)))] {
		if o := l.outcomes[i]; !o.Right() {
			mistakes = append(mistakes, newMistake(o, l.predictions[i]))
		}
	}
	return mistakes
}

// view shows the report.
func (a *Abstention) view() view {
	return view{
		Title: "Abstention", About: append(a.about(), fmt.Sprintf("Out of scope: %d.", a.OutOfScope)),
		Curve: a.Confidence.Curve, Mistakes: a.Mistakes, Chosen: "among the surest 30 %",
		Tables: []table{a.Confidence.table("in scope against out of scope"), metricTable(a.Metrics)},
	}
}
