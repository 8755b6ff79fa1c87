package eval

import (
	"context"
	"fmt"
	"time"

	"otvet/search/classify"
)

// Learning is how long a classifier took: to train, and for each text to predict.
type Learning struct {
	Training time.Duration
	Predict  Timing
}

// String says it in a line.
func (l Learning) String() string {
	return fmt.Sprintf("Training: %.1f s; %s", l.Training.Seconds(), l.Predict.line("Model.Predict", "texts"))
}

// Labelling is what both evaluations of labels tell of their files.
type Labelling struct {
	Examples   int `json:"examples"`     // trained on
	Labels     int `json:"labels"`       // of those, without out of scope
	Texts      int `json:"texts"`        // of the test that are in scope
	OutOfScope int `json:"out_of_scope"` // of the test that are not
	Unknown    int `json:"unknown"`      // in scope, of labels without an example: never right
}

// about says it in sentences.
func (l Labelling) about() []string {
	about := []string{fmt.Sprintf("Trained on %d texts with %d labels. Tested on %d in scope.", l.Examples, l.Labels, l.Texts)}
	if l.Unknown > 0 {
		about = append(about, fmt.Sprintf("Of labels without an example, counted as wrong: %d.", l.Unknown))
	}
	return about
}

// lesson is a classifier's test.
type lesson struct {
	Labelling
	outcomes    []Outcome
	predictions []classify.Prediction
	took        Learning
}

// learn trains on one set and predicts the labels of the other.
func learn(ctx context.Context, train, test Labelled) (lesson, error) {
	begin := time.Now()
	model, err := classify.Train(ctx, train)
	if err != nil {
		return lesson{}, fmt.Errorf("train on %d texts: %w", len(train), err)
	}
	l := lesson{
		Labelling: Labelling{Examples: len(train), Labels: len(model.Labels())},
		took:      Learning{Training: time.Since(begin)},
	}
	known := map[string]bool{classify.OutOfScope: true}
	for _, label := range model.Labels() {
		known[label] = true
	}
	for _, e := range test {
		begin := time.Now()
		p := model.Predict(e.Text)
		l.took.Predict = append(l.took.Predict, time.Since(begin))
		l.predictions = append(l.predictions, p)
		l.outcomes = append(l.outcomes, Outcome{Text: e.Text, Label: e.Label, Predicted: p.Label, Confidence: round(p.Confidence)})
		l.count(e, known[e.Label])
	}
	return l, nil
}

// count notes where a text of the test belongs.
func (l *Labelling) count(e classify.Example, known bool) {
	if e.Label == classify.OutOfScope {
		l.OutOfScope++
	} else {
		l.Texts++
	}
	if !known {
		l.Unknown++
	}
}

// inScope returns the outcomes of texts that some label fits.
func (l lesson) inScope() []Outcome {
	var within []Outcome
	for _, o := range l.outcomes {
		if o.InScope() {
			within = append(within, o)
		}
	}
	return within
}

// labelMetrics are the figures of labels, over texts in scope.
func labelMetrics(within []Outcome) []Metric {
	return []Metric{{"accuracy", Bootstrap(within, Accuracy)}, {"macro-F1", Bootstrap(within, MacroF1)}}
}

// labelTradeoff takes outcomes for decisions: answerable is in scope, right is in scope with the
// label of the judges.
func labelTradeoff(outcomes []Outcome) Tradeoff {
	decisions := make([]Decision, len(outcomes))
	for i, o := range outcomes {
		decisions[i] = Decision{o.Confidence, o.InScope(), o.Right()}
	}
	return newTradeoff(decisions)
}
