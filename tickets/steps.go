package tickets

import (
	"slices"
	"time"
)

// playerReplied opens a ticket that waited for the player or was solved; on a new or
// held one the status stays, since nobody's turn has changed. A case goes on where it
// waited, and takes up an outcome again that the player has not accepted. A priority
// never falls.
func (t Ticket) playerReplied(c PlayerReplied, e Event) (Ticket, error) {
	reopens := t.Case.Stage == StageAnswered || t.reopens()
	if t.Status == StatusClosed && !reopens {
		return t, t.refuse(c)
	}
	if err := t.hear(c.Body, c.Safety, e.At); err != nil {
		return t, err
	}
	if reopens {
		t.goOn(StageInvestigated, e.At)
		return t, nil
	}
	if t.Case.waitsForPlayer() {
		t.Case.resume(e.At)
	}
	return t.turnToUs(), nil
}

// agentReplied of a case with stages is interim information: it ends nothing and stops no
// clock.
func (t Ticket) agentReplied(c AgentReplied, e Event) (Ticket, error) {
	if t.Status == StatusClosed || t.Case.Stage == StageAnswered {
		return t, t.refuse(c)
	}
	if err := checkSpoken(c.Body, c.Review); err != nil {
		return t, err
	}
	after := []Status{StatusOpen, StatusPending, StatusOnHold, StatusSolved}
	if t.Kind.Procedure() {
		after = []Status{"", StatusOpen}
	}
	if !slices.Contains(after, c.Then) {
		return t, &TransitionError{From: t.Status, Stage: t.Case.Stage, Change: c.Name(), To: c.Then}
	}
	t.Case.answered(e.At)
	if c.Then == StatusPending {
		t.Case.asked(e.At, t.Status == StatusPending)
	}
	if !t.Kind.Procedure() {
		t.Status = c.Then
	}
	return t, nil
}

// become changes the status by hand. That of a case follows from its stage. A ticket that
// is solved without a word needs none: what the player wrote asked for nothing.
func (t Ticket) become(to Status, c Change) (Ticket, error) {
	if t.Kind.Procedure() {
		return t, t.refuse(c)
	}
	if !slices.Contains(next[t.Status], to) {
		return t, &TransitionError{From: t.Status, Change: c.Name(), To: to}
	}
	if to == StatusSolved {
		t.Case.UnansweredSince = time.Time{}
	}
	if owed := t.Obligations(); to == StatusClosed && len(owed) > 0 {
		return t, t.owes(c, owed)
	}
	t.Status = to
	return t, nil
}

func (t Ticket) recategorise(c CategorySet) (Ticket, error) {
	to, code := field(c.To, MaxCategory)
	if code != "" {
		return t, &InvalidError{[]FieldError{{"category", code}}}
	}
	t.Category = to
	return t, nil
}

// assign takes a new ticket up when someone gets it.
func (t Ticket) assign(c Assigned) (Ticket, error) {
	if t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	if c.To != 0 && c.To == t.Case.Against {
		return t, &InvalidError{[]FieldError{{"assign", NotYours}}}
	}
	t.Assignee = c.To
	if c.To != 0 && t.Status == StatusNew {
		t.Status = StatusOpen
	}
	return t, nil
}
