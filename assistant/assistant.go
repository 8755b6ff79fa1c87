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
// No model is wired yet; nothing here needs one.
package assistant

import (
	"context"

	"otvet/search"
)

// Class is what a message is about, as far as it decides who may answer.
type Class string

// The classes.
const (
	Ordinary Class = "ordinary"
	Safety   Class = "safety" // a person answers, nothing else
)

// Triage is the judgement of one message.
type Triage struct {
	Class    Class
	Reason   string // of Safety: self-harm, distress, loss-of-control, self-exclusion, concern, minor, threat, bereavement
	Evidence string // the words that decided, for the agent; never logged
}

// Assess judges a message in Russian or English, through typos, translit, look-alike
// letters, invisible characters and upper case.
func Assess(text string) Triage { panic("unbuilt") }

// Retriever is the part of search.Engine that the assistant asks; an interface so
// that tests can stand in a failing one.
type Retriever interface {
	Answer(context.Context, search.Query) (search.Answer, error)
}

// Reply is what the assistant says to one question.
type Reply struct {
	Triage  Triage
	Answer  search.Answer // Verdict NoAnswer and nothing else when Handoff
	Handoff bool          // a person must answer
}

// Assistant answers questions.
type Assistant struct{ retriever Retriever }

// New returns an assistant that answers from r.
func New(r Retriever) *Assistant { return &Assistant{r} }

// Ask triages first and searches only what may be answered. Errors: those of
// search.Engine.Answer, and never for a message of class Safety.
func (a *Assistant) Ask(ctx context.Context, q search.Query) (Reply, error) { panic("unbuilt") }
