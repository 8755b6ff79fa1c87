package eval_test

import (
	"math"
	"slices"
	"testing"

	"otvet/search/eval"
)

func near(a, b, within float64) bool { return math.Abs(a-b) <= within }

func TestBootstrap(t *testing.T) {
	t.Parallel()
	if got := eval.Bootstrap(nil, eval.Mean); got != (eval.Estimate{}) {
		t.Errorf("of nothing: %v", got)
	}
	if got := eval.Bootstrap([]float64{.5, .5, .5}, eval.Mean); got != (eval.Estimate{Value: .5, Low: .5, High: .5}) {
		t.Errorf("of equals: %v", got)
	}
	// A share of one half of 400: the normal approximation is 0.5 ± 1.96·sqrt(0.25/400) = ±0.049.
	sample := slices.Concat(slices.Repeat([]float64{0}, 200), slices.Repeat([]float64{1}, 200))
	got := eval.Bootstrap(sample, eval.Mean)
	if got.Value != .5 || !near(got.Low, .451, .006) || !near(got.High, .549, .006) {
		t.Errorf("of a half: %v, want 0.500 (0.451–0.549)", got)
	}
	if again := eval.Bootstrap(sample, eval.Mean); again != got {
		t.Errorf("the second time %v, the first time %v", again, got)
	}
}

// TestPermutation: the p-values of up to 12 differences are counted by hand over the patterns of signs.
func TestPermutation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		differences []float64
		want        float64
		within      float64
	}{
		{"nothing", nil, 1, 0},
		{"no difference", []float64{0, 0}, 1, 0},
		{"one", []float64{0, .5}, 1, 0},             // ±.5: both as far
		{"three alike", []float64{1, 1, 1}, .25, 0}, // +++ and ---, of 8
		{"balanced", []float64{1, -1}, 1, 0},
		{"uneven", []float64{3, 2, -1}, .5, 0}, // sums 6 4 2 0 and minus: 4 or more in 4 of 8
		{"ten alike", slices.Repeat([]float64{.1}, 10), 2. / 1024, 0},
		{"thirteen alike, drawn", slices.Repeat([]float64{1}, 13), 2. / 8192, 3e-4},
		{"a hundred alike, drawn", slices.Repeat([]float64{1}, 100), 1. / 10001, 1e-12},
		// 20 differences of 1, 13 up: 7 or fewer, or 13 or more, of 20 coins: 0.2632.
		{"coins, drawn", slices.Concat(slices.Repeat([]float64{1}, 13), slices.Repeat([]float64{-1}, 7)), .2632, .015},
	} {
		if got := eval.Permutation(c.differences); !near(got, c.want, c.within) {
			t.Errorf("%s: p = %v, want %v", c.name, got, c.want)
		}
	}
}

// decisions of six questions, the last two without an answer in the content.
func decisions() []eval.Decision {
	return []eval.Decision{
		{Confidence: .2, Answerable: true},
		{Confidence: .9, Answerable: true, Right: true},
		{Confidence: .8, Answerable: true, Right: true},
		{Confidence: .5, Answerable: true},
		{Confidence: .5},
		{Confidence: .1},
	}
}

// TestAUROC: of 4 × 2 pairs, .5 ties with .5, .2 loses to .5, and six are in order.
func TestAUROC(t *testing.T) {
	t.Parallel()
	if got := eval.AUROC(decisions()); got != 6.5/8 {
		t.Errorf("AUROC = %v, want %v", got, 6.5/8)
	}
	if got := eval.AUROC(decisions()[:4]); got != .5 {
		t.Errorf("AUROC without questions of the other kind = %v, want 0.5", got)
	}
}

func TestCurve(t *testing.T) {
	t.Parallel()
	curve := eval.Curve(decisions())
	want := []eval.Point{{.9, 1. / 6, 1}, {.8, 2. / 6, 1}, {.5, 4. / 6, .5}, {.2, 5. / 6, .4}, {.1, 1, 2. / 6}}
	if !slices.Equal(curve, want) {
		t.Errorf("curve %v, want %v", curve, want)
	}
	for _, c := range []struct{ coverage, precision float64 }{
		{.1, 1},
		{2. / 6, 1},
		{.5, 2. / 3}, // three of six: two right, and one of the two equals, both wrong
		{1, 2. / 6},
	} {
		if got := eval.PrecisionAt(curve, c.coverage); !near(got, c.precision, 1e-12) {
			t.Errorf("precision at %.2f = %v, want %v", c.coverage, got, c.precision)
		}
	}
	for _, c := range []struct{ precision, coverage float64 }{{1, 2. / 6}, {.8, 2. / 6}, {.5, 4. / 6}, {.3, 1}} {
		if got := eval.CoverageAt(curve, c.precision); got != c.coverage {
			t.Errorf("coverage at %.1f = %v, want %v", c.precision, got, c.coverage)
		}
	}
	if got := eval.CoverageAt(eval.Curve([]eval.Decision{{Confidence: 1}}), .8); got != 0 {
		t.Errorf("coverage without a right one = %v, want 0", got)
	}
}

func TestTiming(t *testing.T) {
	t.Parallel()
	took := eval.Timing{4, 1, 3, 2}
	if p50, p99 := took.Percentile(50), took.Percentile(99); p50 != 2 || p99 != 4 {
		t.Errorf("p50 %d, p99 %d, want 2 and 4", p50, p99)
	}
	if got := (eval.Timing{}).Percentile(50); got != 0 {
		t.Errorf("p50 of nothing %d", got)
	}
}
