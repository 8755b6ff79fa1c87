package eval

import "math"

// depth is how far down a ranking the metrics look, but for R@5 and hit@1.
const depth = 10

// Ranking is what was found for one query, as its judges see it.
type Ranking struct {
	Grades []int // of what was found, best first; 0 for what is not relevant or not judged
	Ideal  []int // the grades of everything relevant, highest first
}

// measure is a metric of one ranking, 0..1; a run's figure is the mean over its queries.
type measure struct {
	name string
	of   func(Ranking) float64
}

func measures() []measure {
	return []measure{
		{"MRR@10", func(r Ranking) float64 { return ReciprocalRank(r, depth) }},
		{"hit@1", func(r Ranking) float64 { return ReciprocalRank(r, 1) }},
		{"R@5", func(r Ranking) float64 { return Recall(r, 5) }},
		{"R@10", func(r Ranking) float64 { return Recall(r, depth) }},
		{ndcg, func(r Ranking) float64 { return NDCG(r, depth) }},
	}
}

// ndcg is the metric by which queries that changed are listed.
const ndcg = "nDCG@10"

// FirstRelevant returns the rank, from 1, of the first relevant result, or 0.
func FirstRelevant(r Ranking) int {
	for i, grade := range r.Grades {
		if grade > 0 {
			return i + 1
		}
	}
	return 0
}

// ReciprocalRank is one over the rank of the first relevant result, 0 when it is not among the
// first k (Voorhees, TREC-8 question answering, 1999). With k = 1 it is hit@1.
func ReciprocalRank(r Ranking, k int) float64 {
	rank := FirstRelevant(r)
	if rank == 0 || rank > k {
		return 0
	}
	return 1 / float64(rank)
}

// Recall is the share of what is relevant that is among the first k (trec_eval's recall_k);
// 0 when nothing is relevant.
func Recall(r Ranking, k int) float64 {
	if len(r.Ideal) == 0 {
		return 0
	}
	found := 0
	for _, grade := range r.Grades[:min(k, len(r.Grades))] {
		if grade > 0 {
			found++
		}
	}
	return float64(found) / float64(len(r.Ideal))
}

// NDCG is the normalised discounted cumulative gain of the first k (Järvelin and Kekäläinen
// 2002) as trec_eval's ndcg_cut, and so BEIR, computes it: the gain is the grade itself, not
// 2^grade-1, the discount log2(rank+1), and the ideal is over everything relevant.
func NDCG(r Ranking, k int) float64 {
	best := gain(r.Ideal, k)
	if best == 0 {
		return 0
	}
	return gain(r.Grades, k) / best
}

// gain is the discounted cumulative gain of the first k grades; a grade below 0 gains nothing.
func gain(grades []int, k int) float64 {
	sum := 0.0
	for i, grade := range grades[:min(k, len(grades))] {
		sum += float64(max(grade, 0)) / math.Log2(float64(i+2))
	}
	return sum
}
