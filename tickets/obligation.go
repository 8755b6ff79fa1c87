package tickets

import (
	"fmt"
	"slices"
)

// Obligation is something that we owe, such as "decision" or "task 3". Nothing is closed
// while one is open.
type Obligation string

// The obligations. Tasks and enquiries have their number behind the name.
const (
	OweAck      Obligation = "acknowledgement"
	OweAnswer   Obligation = "answer"   // to the player's last message
	OweJudging  Obligation = "lateness" // a person's word on a late complaint
	OweDecision Obligation = "decision"
	OweReview   Obligation = "review" // of a decision
	OweBody     Obligation = "dispute body"

	oweTask    = "task %d"
	oweEnquiry = "enquiry %d"
)

// Obligations returns what is owed now, the most basic first. A ticket that is over owes
// nothing.
func (t Ticket) Obligations() (owed []Obligation) {
	c := t.Case
	if t.Status == StatusClosed {
		return nil
	}
	if c.Stage != StageNone && c.AcknowledgedAt.IsZero() {
		owed = append(owed, OweAck)
	}
	if !c.UnansweredSince.IsZero() {
		owed = append(owed, OweAnswer)
	}
	if c.Late && c.Lateness == nil && c.Stage.atWork() {
		owed = append(owed, OweJudging)
	}
	switch {
	case c.Stage == StageDecided:
		owed = append(owed, OweReview)
	case c.Stage.atWork() && !(c.Stage == StageDisputed && t.decidedFinally()):
		owed = append(owed, OweDecision)
	}
	return slices.Concat(owed, t.tasksOwed(), c.Dispute.owed())
}

// tasksOwed is what departments still have to do.
func (t Ticket) tasksOwed() (owed []Obligation) {
	for _, k := range t.Case.Tasks {
		if k.open() {
			owed = append(owed, Obligation(fmt.Sprintf(oweTask, k.ID)))
		}
	}
	return owed
}

// owed is what the dispute body waits for.
func (d *Dispute) owed() (owed []Obligation) {
	if !d.external() {
		return nil
	}
	for _, q := range d.Enquiries {
		if q.open() {
			owed = append(owed, Obligation(fmt.Sprintf(oweEnquiry, q.ID)))
		}
	}
	return append(owed, OweBody)
}

// owedBefore returns what must be done before a decision: other people's work and the
// judgement on lateness. Acknowledging and answering are done with it.
func (t Ticket) owedBefore() []Obligation {
	return slices.DeleteFunc(t.Obligations(), func(o Obligation) bool {
		return o == OweAck || o == OweAnswer || o == OweDecision || o == OweReview || o == OweBody
	})
}

// refuse says that a change cannot happen to the ticket as it is.
func (t Ticket) refuse(c Change) error {
	return &TransitionError{From: t.Status, Stage: t.Case.Stage, Change: c.Name()}
}

// owes says what must be done first.
func (t Ticket) owes(c Change, owed []Obligation) error {
	return &TransitionError{From: t.Status, Stage: t.Case.Stage, Change: c.Name(), Owed: owed}
}
