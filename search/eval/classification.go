package eval

import (
	"context"
	"fmt"
	"strconv"
)

// mostConfused is how many pairs of labels a report names.
const mostConfused = 15

// Classification is how well labels are found. Texts that are out of scope are left out of
// all figures: whether they are recognised is what [Abstain] measures.
type Classification struct {
	Labelling
	Metrics    []Metric     `json:"metrics"` // over the texts in scope
	Scores     []LabelScore `json:"scores"`
	Confused   []Confusion  `json:"confused"`   // the most frequent
	Confidence Tradeoff     `json:"confidence"` // over the texts in scope, so without AUROC
	Mistakes   []Mistake    `json:"mistakes"`   // in the order of the test
}

// Classify trains on one set and compares the labels that the model gives the other with its
// judges'. It returns the report, what the model made of every text, out of scope included,
// and how long it took. Errors: no label to learn, the end of ctx.
func Classify(ctx context.Context, train, test Labelled) (Classification, []Outcome, Learning, error) {
	l, err := learn(ctx, train, test)
	if err != nil {
		return Classification{}, nil, Learning{}, err
	}
	within := l.inScope()
	report := Classification{
		Labelling: l.Labelling, Metrics: labelMetrics(within), Scores: LabelScores(within),
		Confused: Confusions(within, mostConfused), Confidence: labelTradeoff(within),
	}
	for i, o := range l.outcomes {
		if o.InScope() && !o.Right() {
			report.Mistakes = append(report.Mistakes, newMistake(o, l.predictions[i]))
		}
	}
	return report, l.outcomes, l.took, nil
}

// view shows the report.
func (c *Classification) view() view {
	v := view{
		Title: "Classification", About: c.about(), Curve: c.Confidence.Curve, Mistakes: c.Mistakes,
		Tables: []table{metricTable(c.Metrics), c.Confidence.table(""), confusionTable(c.Confused), scoreTable(c.Scores)},
	}
	if c.OutOfScope > 0 {
		v.About = append(v.About, fmt.Sprintf("Out of scope, left out: %d.", c.OutOfScope))
	}
	return v
}

func confusionTable(all []Confusion) table {
	t := table{Caption: "Most confused", Head: []string{"label", "texts"}, Tail: "taken for"}
	for _, c := range all {
		t.Rows = append(t.Rows, []string{c.Label, strconv.Itoa(c.Texts), c.Predicted})
	}
	return t
}

func scoreTable(scores []LabelScore) table {
	t := table{Caption: "By label", Head: []string{"label", "precision", "recall", "F1", "texts"}}
	for _, s := range scores {
		row := []string{s.Label}
		for _, x := range []float64{s.Precision, s.Recall, s.F1} {
			row = append(row, fmt.Sprintf("%.3f", x))
		}
		t.Rows = append(t.Rows, append(row, strconv.Itoa(s.Support)))
	}
	return t
}
