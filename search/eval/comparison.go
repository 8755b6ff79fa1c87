package eval

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// maxChanged is how many queries are listed that changed.
const maxChanged = 20

// Comparison sets a run beside an older one over the same queries.
type Comparison struct {
	Missing     int          `json:"missing"` // queries for which the old run has nothing
	Differences []Difference `json:"differences"`
	Changed     []Change     `json:"changed"` // the queries that changed most by nDCG@10, at most 20
}

// Difference is what became of one metric.
type Difference struct {
	Name  string  `json:"name"`
	Old   float64 `json:"old"`
	New   float64 `json:"new"`
	Delta float64 `json:"difference"`
	P     float64 `json:"p"` // of Permutation: how often chance alone does as much
}

// Change is what became of one query.
type Change struct {
	ID      string  `json:"id"`
	Text    string  `json:"question"`
	OldRank int     `json:"old_rank"` // of the first relevant document, 0 when it was not found
	NewRank int     `json:"new_rank"`
	Delta   float64 `json:"difference"` // of nDCG@10
}

// compare sets a run beside an old one.
func (s Set) compare(old, run Run, queries []Query) (Comparison, error) {
	var c Comparison
	for _, q := range queries {
		if _, ok := old[q.ID]; !ok {
			c.Missing++
		}
	}
	if c.Missing == len(queries) {
		return c, errors.New("the run to compare with has none of the queries")
	}
	if id := s.stranger(old, queries); id != "" {
		return c, fmt.Errorf("the run to compare with found %s, which is not searched here: compare runs over the same documents", id)
	}
	before, after := s.rankings(old, queries), s.rankings(run, queries)
	for _, m := range measures() {
		was, is := each(before, m.of), each(after, m.of)
		deltas := minus(is, was)
		c.Differences = append(c.Differences, Difference{m.name, round(Mean(was)), round(Mean(is)), round(Mean(deltas)), round(Permutation(deltas))})
		if m.name == ndcg {
			c.Changed = changes(queries, before, after, deltas)
		}
	}
	return c, nil
}

// stranger returns a document of the run that the set does not have, or nothing: such a
// run had other documents in the way, and a difference would say nothing of search.
func (s Set) stranger(run Run, queries []Query) string {
	known := map[string]bool{}
	for _, d := range s.Documents {
		known[d.ID] = true
	}
	for _, q := range queries {
		for _, found := range run[q.ID] {
			if !known[found.ID] {
				return found.ID
			}
		}
	}
	return ""
}

// minus returns a - b, one by one.
func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

// changes returns the queries that changed, the greatest change first, equals in their order.
func changes(queries []Query, before, after []Ranking, deltas []float64) []Change {
	var changed []Change
	for i, q := range queries {
		if delta := round(deltas[i]); delta != 0 {
			changed = append(changed, Change{q.ID, q.Text, FirstRelevant(before[i]), FirstRelevant(after[i]), delta})
		}
	}
	slices.SortStableFunc(changed, func(a, b Change) int { return cmp.Compare(math.Abs(b.Delta), math.Abs(a.Delta)) })
	return changed[:min(len(changed), maxChanged)]
}

// tables shows the comparison.
func (c Comparison) tables() []table {
	figures := table{Caption: "Against the old run", Head: []string{"metric", "old", "new", "difference", "p"}}
	for _, d := range c.Differences {
		figures.Rows = append(figures.Rows, []string{
			d.Name, fmt.Sprintf("%.3f", d.Old), fmt.Sprintf("%.3f", d.New), fmt.Sprintf("%+.3f", d.Delta), fmt.Sprintf("%.4f", d.P),
		})
	}
	if c.Missing > 0 {
		figures.Caption += fmt.Sprintf(" (which has nothing for %d of the queries)", c.Missing)
	}
	if len(c.Changed) == 0 {
		return []table{figures}
	}
	queries := table{Caption: "Queries that changed most", Head: []string{"query", "nDCG@10", "old rank", "new rank"}, Tail: "question"}
	for _, q := range c.Changed {
		queries.Rows = append(queries.Rows, []string{q.ID, fmt.Sprintf("%+.3f", q.Delta), place(q.OldRank), place(q.NewRank), q.Text})
	}
	return []table{figures, queries}
}

// place is a rank in a table.
func place(rank int) string {
	if rank == 0 {
		return "–"
	}
	return strconv.Itoa(rank)
}
