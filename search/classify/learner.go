package classify

import (
	"context"
	"slices"
)

// learner gives each label a score. It does not know yet how far to trust them.
type learner struct {
	labels     []string // sorted
	dictionary *dictionary
	machine    *machine
	neighbours *neighbours
}

// learn trains on examples, sorted by label, and on the names of their labels. Features of
// fewer than rare texts are left out. It is unfinished when ctx has ended.
func learn(ctx context.Context, examples []Example, rare int) *learner {
	l := &learner{labels: labelsOf(examples)}
	examples = withNames(examples)
	l.dictionary = newDictionary(examples, rare)
	vectors, gold := make([]vector, len(examples)), make([]int, len(examples))
	for i, e := range examples {
		vectors[i], _ = l.dictionary.vector(e.Text)
		gold[i] = slices.Index(l.labels, e.Label)
	}
	features := len(l.dictionary.weights)
	l.machine = newMachine(ctx, vectors, gold, len(l.labels), features)
	l.neighbours = newNeighbours(examples, vectors, features)
	return l
}

// labelsOf returns the labels of sorted examples, each once, without OutOfScope.
func labelsOf(examples []Example) []string {
	var labels []string
	for _, e := range examples {
		if e.Label != OutOfScope && (len(labels) == 0 || labels[len(labels)-1] != e.Label) {
			labels = append(labels, e.Label)
		}
	}
	return labels
}

// withNames puts the name of each label before its examples.
func withNames(examples []Example) []Example {
	var named []Example
	for i, e := range examples {
		if e.Label != OutOfScope && (i == 0 || examples[i-1].Label != e.Label) {
			named = append(named, Example{Text: e.Label, Label: e.Label})
		}
		named = append(named, e)
	}
	return named
}

// judge returns a score for each label and the evidence for the best.
func (l *learner) judge(text string) ([]float64, Evidence) {
	v, familiar := l.dictionary.vector(text)
	scores := l.machine.margins(v)
	alike, nearest := l.neighbours.nearest(v)
	return scores, Evidence{Margin: scores[highest(scores)], Nearest: nearest, Familiar: familiar, Alike: alike}
}
