package classify

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
)

// seed of everything that is drawn.
const seed = 20261122

// manyExamples is how many make rare features a burden: for each as many examples,
// a feature must be in one more of them to be kept.
const manyExamples = 5000

// ErrNoLabels is the error of examples with no label but [OutOfScope].
var ErrNoLabels = errors.New("no example has a label")

// Model is what has been learned. It does not change, and is safe for concurrent use.
type Model struct {
	learner     *learner
	temperature float64
	confidence  confidence
}

// Train learns from examples. The same examples in another order give the same model. It
// returns [ErrNoLabels] when there is nothing to learn, and the error of ctx when that ends.
func Train(ctx context.Context, examples []Example) (*Model, error) {
	sorted := sortExamples(examples)
	if len(labelsOf(sorted)) == 0 {
		return nil, ErrNoLabels
	}
	rare := 1 + len(sorted)/manyExamples
	trials := rehearse(ctx, sorted, rare)
	m := &Model{
		learner:     learn(ctx, sorted, rare),
		temperature: newTemperature(trials),
		confidence:  newConfidence(trials),
	}
	return m, ctx.Err()
}

// Labels returns the labels there are, sorted.
func (m *Model) Labels() []string { return slices.Clone(m.learner.labels) }

// Predict names the label that fits a text best. For a text with nothing familiar in it,
// that is some label with a low confidence.
func (m *Model) Predict(text string) Prediction {
	scores, evidence := m.learner.judge(text)
	best := highest(scores)
	return Prediction{
		Label:         m.learner.labels[best],
		Probabilities: softmax(scores, m.temperature),
		Confidence:    m.confidence.of(evidence),
		Evidence:      evidence,
	}
}

// highest returns the index of the highest score, the first of equals.
func highest(scores []float64) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

// softmax returns probabilities in proportion to exp(score/temperature).
func softmax(scores []float64, temperature float64) []float64 {
	top, sum := slices.Max(scores), 0.0
	p := make([]float64, len(scores))
	for i, s := range scores {
		p[i] = math.Exp((s - top) / temperature)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// sortExamples returns the examples by label and text.
func sortExamples(examples []Example) []Example {
	sorted := slices.Clone(examples)
	slices.SortFunc(sorted, func(a, b Example) int {
		return cmp.Or(cmp.Compare(a.Label, b.Label), cmp.Compare(a.Text, b.Text))
	})
	return sorted
}
