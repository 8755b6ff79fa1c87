package eval

import (
	"context"
	"errors"
	"fmt"
	"time"

	"otvet/kb"
	"otvet/search"
)

// hits is how many passages are asked for.
const hits = 50

// asked is what search made of one question.
type asked struct {
	hits    []search.Hit
	answer  search.Answer
	refused error // why search would not look, or nil
	took    time.Duration
}

// ask puts a question to the engine. What the engine refuses is no error: it has no hits and
// the verdict NoAnswer.
func ask(ctx context.Context, engine *search.Engine, q search.Query) (asked, error) {
	q.Limit = hits
	begin := time.Now()
	answer, err := engine.Answer(ctx, q)
	a := asked{answer: answer, took: time.Since(begin)}
	for _, refusal := range []error{search.ErrEmpty, search.ErrTooLong, search.ErrText} {
		if errors.Is(err, refusal) {
			a.refused, a.answer = refusal, search.Answer{Query: q, Verdict: search.NoAnswer, Explanation: []string{"refused: " + refusal.Error()}}
			return a, nil
		}
	}
	if err != nil {
		return asked{}, fmt.Errorf("answer %q: %w", q.Text, err)
	}
	results, err := engine.Search(ctx, q)
	if err != nil {
		return asked{}, fmt.Errorf("search %q: %w", q.Text, err)
	}
	a.hits = results.Hits
	return a, nil
}

// rank returns the rank, from 1, of the first hit that is right, or 0.
func (a asked) rank(right func(kb.Ref) bool) int {
	for i, h := range a.hits {
		if right(h.Passage.Ref) {
			return i + 1
		}
	}
	return 0
}

// shown reports whether the first passage that was shown is right.
func (a asked) shown(right func(kb.Ref) bool) bool {
	return len(a.answer.Passages) > 0 && right(a.answer.Passages[0].Ref)
}
