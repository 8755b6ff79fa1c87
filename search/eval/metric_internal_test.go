package eval

import (
	"math"
	"strings"
	"testing"
)

// TestMetricsByHand: each figure was computed on paper from the definitions.
func TestMetricsByHand(t *testing.T) {
	t.Parallel()
	ten := []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	for name, c := range map[string]struct {
		ranking                        Ranking
		mrr, hit, recall5, recall10, n float64
	}{
		"first":      {Ranking{[]int{1, 0}, []int{1}}, 1, 1, 1, 1, 1},
		"second":     {Ranking{[]int{0, 1}, []int{1}}, .5, 0, 1, 1, .630930},                    // 1/log2(3)
		"graded":     {Ranking{[]int{0, 2, 1}, []int{2, 1, 1}}, .5, 0, 2. / 3, 2. / 3, .562727}, // (2/log2(3)+1/2) / (2+1/log2(3)+1/2)
		"sixth":      {Ranking{append(ten[:5:5], 1), []int{1}}, 1. / 6, 0, 0, 1, .356207},       // 1/log2(7)
		"tenth":      {Ranking{append(ten[:9:9], 1), []int{1}}, .1, 0, 0, 1, .289065},           // 1/log2(11)
		"eleventh":   {Ranking{append(ten[:10:10], 1), []int{1}}, 0, 0, 0, 0, 0},
		"none found": {Ranking{ten[:3], []int{1, 1}}, 0, 0, 0, 0, 0},
		"no results": {Ranking{nil, []int{1}}, 0, 0, 0, 0, 0},
		"no gold":    {Ranking{ten, nil}, 0, 0, 0, 0, 0},
		"negative":   {Ranking{[]int{-1, 1}, []int{1}}, .5, 0, 1, 1, .630930}, // a grade below 0 is not relevant
	} {
		for i, want := range []float64{c.mrr, c.hit, c.recall5, c.recall10, c.n} {
			m := measures()[i]
			if got := m.of(c.ranking); math.Abs(got-want) > 1e-6 {
				t.Errorf("%s: %s = %.6f, want %.6f", name, m.name, got, want)
			}
		}
	}
}

// TestCollectionByHand scores a run file of three queries against judgments: means on paper,
// the same as trec_eval's recip_rank, recall_5 and ndcg_cut_10 for these files.
func TestCollectionByHand(t *testing.T) {
	t.Parallel()
	qrels, err := ReadQrels(strings.NewReader(header+"\n"+
		"q1\ta\t2\nq1\tb\t1\nq1\tc\t1\nq1\td\t0\n"+
		"q2\tb\t1\n"+
		"q3\tc\t1\n"), "qrels")
	if err != nil {
		t.Fatal(err)
	}
	run, err := ReadRun(strings.NewReader(
		"q1 Q0 d 1 0.9 x\nq1 Q0 a 2 0.8 x\nq1 Q0 b 3 0.7 x\n"+
			"q2 Q0 a 2 1.0 x\nq2 Q0 b 1 1.5 x\n"+ // the score decides, not the order of lines
			"q3 Q0 a 1 0.1 x\n"), "run")
	if err != nil {
		t.Fatal(err)
	}
	set := Set{Qrels: qrels}
	rankings := set.rankings(run, []Query{{ID: "q1"}, {ID: "q2"}, {ID: "q3"}})
	for i, want := range []float64{
		(1./2 + 1 + 0) / 3,
		1. / 3,
		(2./3 + 1 + 0) / 3,
		(2./3 + 1 + 0) / 3,
		(.562727 + 1 + 0) / 3,
	} {
		m := measures()[i]
		if got := Mean(each(rankings, m.of)); math.Abs(got-want) > 1e-6 {
			t.Errorf("%s = %.6f, want %.6f", m.name, got, want)
		}
	}
}

func TestHistogram(t *testing.T) {
	t.Parallel()
	want := []int{2, 1, 1, 2, 2, 2, 1}
	for i, bin := range histogram([]int{1, 1, 2, 3, 4, 5, 6, 10, 11, 50, 0}) {
		if bin.Count != want[i] {
			t.Errorf("%d at %s, want %d", bin.Count, bin.Ranks, want[i])
		}
	}
}
