package classify

import (
	"context"
	"math/rand/v2"
	"slices"
)

// trial is a text that a learner judged without having seen it.
type trial struct {
	evidence Evidence
	scores   []float64
	gold     int // its label among the learner's, -1 when none fits
}

// right reports whether the best label is the text's.
func (t trial) right() bool { return t.gold == highest(t.scores) }

// How the rehearsal is cut.
const (
	folds     = 5
	repeats   = 3    // with other folds, for the few examples that most have
	enough    = 4000 // trials, after which no further fold is tried
	minLabels = 3    // with fewer, none is hidden
)

// rehearse finds out how the scores of right and wrong predictions look, and those of texts that no
// label fits, by leave-label-out cross-validation: with each fold of the examples, a
// fold of the labels is hidden too, and texts of these are then out of scope.
func rehearse(ctx context.Context, examples []Example, rare int) []trial {
	var trials []trial
	for round := range repeats {
		random := rand.New(rand.NewPCG(seed, uint64(round)))
		fold, hidden := foldExamples(examples, random), foldLabels(examples, random)
		for f := 0; f < folds && len(trials) < enough; f++ {
			trials = append(trials, try(ctx, examples, rare, func(i int) (held, hide bool) {
				return fold[i] == f, hidden[examples[i].Label] == f
			})...)
		}
	}
	return trials
}

// try learns from the examples that are neither held out nor hidden, and judges the others.
func try(ctx context.Context, examples []Example, rare int, part func(int) (held, hide bool)) []trial {
	var known, asked []Example
	for i, e := range examples {
		if held, hide := part(i); held || hide {
			asked = append(asked, e)
		} else {
			known = append(known, e)
		}
	}
	if len(labelsOf(known)) == 0 || ctx.Err() != nil {
		return nil
	}
	l := learn(ctx, known, rare)
	trials := make([]trial, len(asked))
	for i, e := range asked {
		scores, evidence := l.judge(e.Text)
		trials[i] = trial{evidence, scores, slices.Index(l.labels, e.Label)}
	}
	return trials
}

// foldExamples deals the examples of each label, which stand together, to the folds.
func foldExamples(examples []Example, random *rand.Rand) []int {
	fold, next := make([]int, len(examples)), 0
	for start := 0; start < len(examples); {
		end := start + 1
		for end < len(examples) && examples[end].Label == examples[start].Label {
			end++
		}
		for _, i := range random.Perm(end - start) {
			fold[start+i] = next % folds
			next++
		}
		start = end
	}
	return fold
}

// foldLabels deals the labels to the folds in which they are hidden.
func foldLabels(examples []Example, random *rand.Rand) map[string]int {
	labels := labelsOf(examples)
	hidden := map[string]int{OutOfScope: -1}
	for n, i := range random.Perm(len(labels)) {
		hidden[labels[i]] = n % folds
		if len(labels) < minLabels {
			hidden[labels[i]] = -1
		}
	}
	return hidden
}
