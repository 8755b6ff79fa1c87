package classify

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func near(a, b, within float64) bool { return math.Abs(a-b) <= within }

// TestFeatures: what a text is taken for.
func TestFeatures(t *testing.T) {
	t.Parallel()
	of := func(text string) map[feature]int {
		counts := map[feature]int{}
		features(text, func(_ block, f feature) { counts[f]++ })
		return counts
	}
	got := of("Don't PANIC")
	for _, want := range []feature{
		hash(begin, "dont"), hash(begin, "pani"), hash(begin, "panic"),
		hash(pair, "<", "dont"), hash(pair, "dont", "panic"), hash(pair, "panic", ">"),
		hash(gram, " d"), hash(gram, " dont"), hash(gram, "anic "), hash(gram, "c "),
	} {
		if got[want] == 0 {
			t.Errorf("%x is missing", want)
		}
	}
	if got[hash(gram, "dont ")] != 1 || got[hash(gram, " dont ")] != 0 {
		t.Error("n-grams are not of 2 to 5 letters, with the word's ends")
	}
	for _, nothing := range []string{"", " ?! ", "\xff", "🙂"} {
		if n := len(of(nothing)); n != 0 {
			t.Errorf("%q has %d features", nothing, n)
		}
	}
	if hash(gram, "ab") == hash(pair, "ab") || hash(pair, "a", "bc") == hash(pair, "ab", "c") {
		t.Error("different features have the same name")
	}
}

// TestInformation: what says nothing about the label counts least, and seeing the same twice
// counts more than once.
func TestInformation(t *testing.T) {
	t.Parallel()
	shares := map[string]float64{"a": .5, "b": .5}
	even := &use{texts: 4, labels: []labelCount{{"a", 2}, {"b", 2}}}
	one := &use{texts: 1, labels: []labelCount{{"a", 1}}}
	four := &use{texts: 4, labels: []labelCount{{"a", 4}}}
	if got := even.information(shares); !near(got, 0, 1e-12) {
		t.Errorf("information of an even feature %v, want 0", got)
	}
	// (1 + .5) / 2 = .75 of a and .25 of b.
	if want := .75*math.Log(1.5) + .25*math.Log(.5); !near(one.information(shares), want, 1e-12) {
		t.Errorf("information of one text %v, want %v", one.information(shares), want)
	}
	if four.information(shares) <= one.information(shares) {
		t.Error("four texts of a label tell no more than one")
	}
}

// TestVectorsHaveLengthOne: whatever the text, or 0 when nothing in it is known.
func TestVectorsHaveLengthOne(t *testing.T) {
	t.Parallel()
	d := newDictionary([]Example{{"forgot my password", "a"}, {"ставка не рассчитана", "b"}}, 1)
	rapid.Check(t, func(t *rapid.T) {
		v, familiar := d.vector(rapid.StringMatching(`[a-z абв]{0,30}`).Draw(t, "text"))
		sum := 0.0
		for _, x := range v.values {
			sum += square(float64(x))
		}
		if known := len(v.ids) > 0; known && !near(sum, 1, 1e-5) || known != (familiar > 0) && familiar > 0 || !slices.IsSorted(v.ids) {
			t.Fatalf("length² %v, familiar %v, ids %v", sum, familiar, v.ids)
		}
	})
}

// TestMachineFindsTheOptimum: no small step from the solution lowers the primal objective
// ½|w|² + cost·Σ max(0, 1 − y·w·x)², which is convex.
func TestMachineFindsTheOptimum(t *testing.T) {
	t.Parallel()
	vectors := []vector{{[]int32{0}, []float32{1}}, {[]int32{0, 1}, []float32{.6, .8}}, {[]int32{1}, []float32{1}}, {[]int32{0, 1}, []float32{.8, .6}}}
	gold := []int{0, 0, 1, 1}
	m := newMachine(context.Background(), vectors, gold, 2, 2)
	w := []float64{float64(m.weights[0]), float64(m.weights[2]), float64(m.bias[0])} // of label 0
	objective := func(w []float64) float64 {
		sum := (square(w[0]) + square(w[1]) + square(w[2])) / 2
		for i, v := range vectors {
			margin := w[2]
			for k, id := range v.ids {
				margin += w[id] * float64(v.values[k])
			}
			if gold[i] != 0 {
				margin = -margin
			}
			sum += cost * square(max(0, 1-margin))
		}
		return sum
	}
	least := objective(w)
	for i := range w {
		for _, step := range []float64{-.1, .1} {
			moved := slices.Clone(w)
			moved[i] += step
			if got := objective(moved); got < least {
				t.Errorf("objective %v at %v, %v at %v", got, moved, least, w)
			}
		}
	}
}

// TestMachineEndsEarly: nobody waits for what nobody wants any more.
func TestMachineEndsEarly(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	m := newMachine(ended, []vector{{[]int32{0}, []float32{1}}, {[]int32{1}, []float32{1}}}, []int{0, 1}, 2, 2)
	if slices.ContainsFunc(m.weights, func(w float32) bool { return w != 0 }) {
		t.Errorf("weights %v after the end", m.weights)
	}
}

// TestFolds: each fold has its share of each label, and each label is hidden once.
func TestFolds(t *testing.T) {
	t.Parallel()
	var examples []Example
	for _, label := range []string{"a", "b", "c", "d", "e", "f"} {
		examples = append(examples, slices.Repeat([]Example{{"x", label}}, 10)...)
	}
	random := rand.New(rand.NewPCG(1, 1))
	counts := map[string][]int{}
	for i, f := range foldExamples(examples, random) {
		label := examples[i].Label
		if counts[label] == nil {
			counts[label] = make([]int, folds)
		}
		counts[label][f]++
	}
	for label, of := range counts {
		if slices.Min(of) != 2 || slices.Max(of) != 2 {
			t.Errorf("%s is in the folds %v times, want twice in each", label, of)
		}
	}
	hidden := make([]int, folds)
	for label, f := range foldLabels(examples, random) {
		if label != OutOfScope {
			hidden[f]++
		}
	}
	slices.Sort(hidden)
	if want := []int{1, 1, 1, 1, 2}; !slices.Equal(hidden, want) {
		t.Errorf("labels hidden %v, want %v", hidden, want)
	}
}

// TestRehearsalHides: of a hidden label's examples none is learnt from, so its texts are
// trials out of scope.
func TestRehearsalHides(t *testing.T) {
	t.Parallel()
	examples := sortExamples([]Example{{"one two", "a"}, {"two three", "a"}, {"four five", "b"}, {"five six", "b"}, {"seven", "c"}})
	trials := try(context.Background(), examples, 1, func(i int) (bool, bool) { return i == 0, examples[i].Label == "c" })
	if len(trials) != 2 || trials[0].gold != 0 || trials[1].gold != -1 || len(trials[1].scores) != 2 {
		t.Errorf("trials %+v, want a text of a in scope and one of c out of scope, of 2 labels", trials)
	}
}

// TestRehearsalEnds: small sets are rehearsed with all folds, of large ones some are enough.
func TestRehearsalEnds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ texts, least, most int }{{60, 15 * 20, 15 * 24}, {6000, enough, enough + 2400}} {
		var examples []Example
		for _, label := range []string{"a", "b", "c", "d", "e", "f"} {
			examples = append(examples, slices.Repeat([]Example{{label, label}}, c.texts/6)...)
		}
		if n := len(rehearse(context.Background(), examples, 1)); n < c.least || n > c.most {
			t.Errorf("%d texts give %d trials, want %d to %d", c.texts, n, c.least, c.most)
		}
	}
}

// TestConfidenceIsFitted: evidence that goes with being right counts, other evidence does not.
func TestConfidenceIsFitted(t *testing.T) {
	t.Parallel()
	var trials []trial
	rng := rand.New(rand.NewPCG(3, 3))
	for i := range 400 {
		gold := i%2 - 1 // -1, wrong, and 0, right
		trials = append(trials, trial{
			evidence: Evidence{Margin: float64(gold) + rng.NormFloat64(), Nearest: rng.Float64(), Familiar: -float64(gold) * rng.Float64()},
			scores:   []float64{1}, gold: gold,
		})
	}
	c := newConfidence(trials)
	if c.weights[0] < .5 || c.weights[1] > .3 || c.weights[2] != 0 {
		t.Errorf("weights %v, want one for the margin, little for chance, none for what speaks against", c.weights)
	}
	if sure, unsure := c.of(Evidence{Margin: 2}), c.of(Evidence{Margin: -3}); sure < .6 || unsure > .4 {
		t.Errorf("confidence %.2f where it is right, %.2f where it is wrong", sure, unsure)
	}
}

// TestTemperature: scores that are always right may be trusted, misleading ones may not.
func TestTemperature(t *testing.T) {
	t.Parallel()
	right := []trial{{scores: []float64{.5, 0}, gold: 0}, {scores: []float64{0, .5}, gold: 1}}
	half := []trial{{scores: []float64{.5, 0}, gold: 0}, {scores: []float64{.5, 0}, gold: 1}}
	if low, high := newTemperature(right), newTemperature(half); low >= .1 || high <= 1 {
		t.Errorf("temperature %.2f of scores that are right, %.2f of worthless ones", low, high)
	}
	if got := newTemperature(nil); got != .25 {
		t.Errorf("temperature %v without trials, want 0.25", got)
	}
}
