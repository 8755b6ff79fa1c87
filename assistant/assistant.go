// Package assistant is what talks to players: it judges a question before anything
// answers it, and speaks only from the knowledge base.
//
// # Safety first
//
// [Assess] is deterministic, in-process and runs before search. A person in distress,
// a minor, someone who wants to stop gambling is never answered by a machine: the
// reply is a [Reply] with Handoff set and no answer, and the page shows the fixed
// message of the content's "safety" letter and the way to a person. When in doubt it
// hands over.
//
// # The lexicon
//
// What Assess looks for stands in lexicon/<language>.txt, in a notation that reviewers
// can read: mostly two or three concepts that stand near each other (money that went, what
// one lives on), and what excuses them (a payslip to upload). Texts and lexicon are
// brought to the same spelling first, so that one entry stands for its look-alike letters,
// doubled letters, split words, transliteration and the wrong keyboard layout. A word
// that no entry knows may be one with a slip of the hand or, in Russian, written by ear.
//
// No model is wired yet; nothing here needs one.
package assistant

import (
	"context"
	"fmt"

	"otvet/search"
)

// Retriever is the part of search.Engine that the assistant asks; an interface so
// that tests can stand in a failing one.
type Retriever interface {
	Answer(context.Context, search.Query) (search.Answer, error)
}

// Reply is what the assistant says to one question.
type Reply struct {
	Triage  Triage
	Answer  search.Answer // the query and the verdict NoAnswer only when Handoff
	Handoff bool          // a person must answer
}

// Assistant answers questions.
type Assistant struct{ retriever Retriever }

// New returns an assistant that answers from r.
func New(r Retriever) *Assistant {
	matchers() // read the lexicon now, not in front of the first reader
	return &Assistant{r}
}

// Ask triages first and searches only what may be answered. Errors: those of
// search.Engine.Answer, and never for a message of class Safety.
func (a *Assistant) Ask(ctx context.Context, q search.Query) (Reply, error) {
	triage := Assess(q.Text)
	if triage.Class == Safety {
		return Reply{Triage: triage, Answer: search.Answer{Query: q, Verdict: search.NoAnswer}, Handoff: true}, nil
	}
	answer, err := a.retriever.Answer(ctx, q)
	if err != nil {
		return Reply{Triage: triage}, fmt.Errorf("ask: %w", err)
	}
	return Reply{Triage: triage, Answer: answer}, nil
}
