package eval

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"otvet/kb"
	"otvet/search"
)

// Options say how a collection is used.
type Options struct {
	Locale  kb.Locale // of documents and queries
	Delete  []string  // documents to leave out: the abstain protocol; nil for none
	Against Run       // to compare with, or nil
	Peers   Peers     // to ask the same, or nil
}

// Retrieval is how well search finds what the judges of a collection found relevant.
//
// With documents deleted, a query is in scope while anything relevant to it is left: the
// metrics are over those. A query with nothing left must come back as NoAnswer.
type Retrieval struct {
	Locale     kb.Locale   `json:"locale"`
	Documents  int         `json:"documents"`    // searched
	Deleted    int         `json:"deleted"`      // left out of those
	Queries    int         `json:"queries"`      // in scope
	OutOfScope int         `json:"out_of_scope"` // with everything relevant deleted
	Unjudged   int         `json:"unjudged"`     // without anything relevant from the start, not asked
	Absent     int         `json:"absent"`       // judgments of documents that the corpus lacks: never found
	Refused    int         `json:"refused"`      // queries that search would not look for: missed
	Metrics    []Metric    `json:"metrics"`      // means over the queries in scope
	Ranks      []Bin       `json:"ranks"`        // of the first relevant document
	Verdicts   []Verdicts  `json:"verdicts"`     // in scope, then out of scope
	Confidence Tradeoff    `json:"confidence"`   // over all queries asked; right is a relevant document first
	Comparison *Comparison `json:"comparison,omitempty"`
	Peers      []Rival     `json:"peers,omitempty"` // on the queries in scope
	Misses     []Miss      `json:"misses"`          // queries without a relevant document first, or with an answer out of scope
}

// The kinds of query.
const (
	inScope    = "in scope"
	outOfScope = "out of scope"
)

// Retrieve asks the engine every judged query of a set and returns the report, the run and how
// long answers took. Errors: documents to delete that are not there; nothing in scope; a run to
// compare with that has none of the queries or other documents; a fault of search, or the end of ctx.
func Retrieve(ctx context.Context, set Set, o Options) (Retrieval, Run, Timing, error) {
	left, err := set.without(o.Delete)
	if err != nil {
		return Retrieval{}, nil, nil, err
	}
	rivals, err := o.Peers.of(ctx, o.Locale, documentTexts(left.Documents))
	if err != nil {
		return Retrieval{}, nil, nil, err
	}
	engine, err := search.NewEngine(kb.Assemble(o.Locale, left.Documents))
	if err != nil {
		return Retrieval{}, nil, nil, fmt.Errorf("index %d documents: %w", len(left.Documents), err)
	}
	trial := trial{set: left, engine: engine, rivals: rivals, run: Run{}, report: Retrieval{
		Locale: o.Locale, Documents: len(left.Documents), Deleted: len(o.Delete), Absent: set.absent(),
	}}
	err = trial.ask(ctx, o.Locale, set.Qrels)
	if err := errors.Join(err, engine.Close()); err != nil {
		return Retrieval{}, nil, nil, err
	}
	report, err := trial.sum(o)
	return report, trial.run, trial.took, err
}

// trial is an evaluation under way.
type trial struct {
	set       Set // what was left of it
	engine    *search.Engine
	rivals    []*rival
	report    Retrieval
	run       Run
	scope     []Query // queries in scope
	ranks     []int   // of their first relevant document
	in, out   Verdicts
	decisions []Decision
	took      Timing
}

// ask puts the queries that were judged before anything was deleted.
func (t *trial) ask(ctx context.Context, loc kb.Locale, judged Qrels) error {
	for _, q := range t.set.Queries {
		if len(judged.ideal(q.ID)) == 0 {
			t.report.Unjudged++
			continue
		}
		a, err := ask(ctx, t.engine, search.Query{Text: q.Text, Locale: loc})
		if err != nil {
			return fmt.Errorf("query %s: %w", q.ID, err)
		}
		t.took = append(t.took, a.took)
		if a.refused != nil {
			t.report.Refused++
		}
		t.judge(q, a)
		if err := t.askRivals(ctx, q); err != nil {
			return fmt.Errorf("query %s: %w", q.ID, err)
		}
	}
	return nil
}

// askRivals puts the query to the peers; those out of scope have nothing to find.
func (t *trial) askRivals(ctx context.Context, q Query) error {
	for _, r := range t.rivals {
		ids, err := r.Find(ctx, q.Text, depth)
		if err != nil {
			return fmt.Errorf("ask %s: %w", r.Name(), err)
		}
		if len(t.set.Qrels.ideal(q.ID)) == 0 {
			continue
		}
		found := make([]Scored, len(ids))
		for i, id := range ids {
			found[i].ID = id
		}
		ranking := t.set.Qrels.ranking(q.ID, found)
		var values []float64
		for _, m := range measures() {
			values = append(values, m.of(ranking))
		}
		r.note(values...)
	}
	return nil
}

// judge notes what one query got.
func (t *trial) judge(q Query, a asked) {
	t.run[q.ID] = nil // a query without results stays one of the run's
	for _, h := range a.hits {
		t.run[q.ID] = append(t.run[q.ID], Scored{h.Passage.Ref.Article, h.Score})
	}
	grades := t.set.Qrels[q.ID]
	right := func(r kb.Ref) bool { return grades[r.Article] > 0 }
	rank := a.rank(right)
	answerable := len(t.set.Qrels.ideal(q.ID)) > 0
	t.decisions = append(t.decisions, Decision{a.answer.Confidence, answerable, rank == 1})
	if !answerable {
		t.out.count(a.answer.Verdict, false)
		if a.answer.Verdict != search.NoAnswer {
			t.miss(q, newMiss(q.Text, a, "everything relevant is deleted, yet "+string(a.answer.Verdict), []string{"no answer"}, 0))
		}
		return
	}
	t.in.count(a.answer.Verdict, a.shown(right))
	t.scope, t.ranks = append(t.scope, q), append(t.ranks, rank)
	if rank != 1 {
		t.miss(q, newMiss(q.Text, a, misplaced(rank, a), relevant(grades), rank))
	}
}

func (t *trial) miss(q Query, m Miss) {
	m.ID = q.ID
	t.report.Misses = append(t.report.Misses, m)
}

// relevant returns the documents with a grade above 0.
func relevant(grades map[string]int) []string {
	ids := slices.Sorted(maps.Keys(grades))
	return slices.DeleteFunc(ids, func(id string) bool { return grades[id] <= 0 })
}

// sum computes the figures.
func (t *trial) sum(o Options) (Retrieval, error) {
	r := t.report
	if len(t.scope) == 0 {
		return Retrieval{}, errors.New("no query is in scope: the judgments are of other queries, or everything was deleted")
	}
	r.Queries, r.OutOfScope = len(t.scope), t.out.Questions
	rankings := t.set.rankings(t.run, t.scope)
	var names []string
	var ours [][]float64
	for _, m := range measures() {
		values := each(rankings, m.of)
		names, ours = append(names, m.name), append(ours, values)
		r.Metrics = append(r.Metrics, Metric{m.name, Bootstrap(values, Mean)})
	}
	r.Peers = against(t.rivals, names, ours...)
	r.Ranks = histogram(t.ranks)
	r.Verdicts = []Verdicts{t.in}
	r.Verdicts[0].Kind = inScope
	if r.Deleted > 0 {
		t.out.Kind = outOfScope
		r.Verdicts = append(r.Verdicts, t.out)
	}
	r.Confidence = newTradeoff(t.decisions)
	if o.Against != nil {
		c, err := t.set.compare(o.Against, t.run, t.scope)
		if err != nil {
			return Retrieval{}, err
		}
		r.Comparison = &c
	}
	return r, nil
}

// rankings returns what a run found for queries, as judged.
func (s Set) rankings(run Run, queries []Query) []Ranking {
	var all []Ranking
	for _, q := range queries {
		all = append(all, s.Qrels.ranking(q.ID, run[q.ID]))
	}
	return all
}

// each applies a metric to every ranking.
func each(rankings []Ranking, of func(Ranking) float64) []float64 {
	values := make([]float64, len(rankings))
	for i, r := range rankings {
		values[i] = of(r)
	}
	return values
}
