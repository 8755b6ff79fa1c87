package tickets

import "time"

// Closed ends a case after the final response. Nothing is closed that we still owe
// something: see [Ticket.Obligations].
type Closed struct{}

// Archived makes a closed case unchangeable.
type Archived struct{}

// Name implements Change.
func (Closed) Name() string { return "closed" }

// Name implements Change.
func (Archived) Name() string { return "archived" }

func (t Ticket) closed(c Closed, e Event) (Ticket, error) {
	if t.Case.Stage != StageFinal {
		return t, t.refuse(c)
	}
	if owed := t.Obligations(); len(owed) > 0 {
		return t, t.owes(c, owed)
	}
	t.end(EndingFinal, e.At)
	return t, nil
}

func (t Ticket) archived(c Archived, _ Event) (Ticket, error) {
	if t.Case.Stage != StageClosed {
		return t, t.refuse(c)
	}
	t.Case.Stage = StageArchived
	return t, nil
}

// playerClosed ends a ticket at the player's wish. What we owe a player who takes a
// complaint back is gone; what we owe a dispute body is not.
func (t Ticket) playerClosed(c PlayerClosed, e Event) (Ticket, error) {
	if t.Status == StatusClosed || t.Case.Dispute.external() || t.unseen() {
		return t, t.refuse(c)
	}
	t.Case.dropTasks(e.At)
	t.Case.resume(e.At)
	t.Case.UnansweredSince = time.Time{}
	t.end(EndingWithdrawn, e.At)
	return t, nil
}

// unseen reports whether somebody may be in distress and no person has looked yet: such a
// ticket does not go away unread, whoever takes it back.
func (t Ticket) unseen() bool { return t.Priority == PrioritySafety && t.Assignee == 0 }

// end is the end of a ticket, with stages or without.
func (t *Ticket) end(how Ending, at time.Time) {
	t.Case.resume(at)
	t.Case.Ending, t.Case.ClosedAt = how, at
	if t.Kind.Procedure() {
		t.Case.Stage = StageClosed
	}
	t.Status = StatusClosed
}

// Before is what a merged ticket was, so that the merge can be undone.
type Before struct {
	Status Status `json:"status"`
	Stage  Stage  `json:"stage,omitempty"`
}

// Merged ends a ticket that is about the same matter as another of the same player, where
// it goes on. Absorbed is the other's side of it.
type Merged struct{ Into Number }

// Absorbed notes that another ticket goes on in this one, with what is owed there.
type Absorbed struct {
	From            Number
	Kind            Kind      // of the other ticket
	ReceivedAt      time.Time // the same
	Against         AgentID   // whom the other ticket is about; 0: nobody
	UnansweredSince time.Time // of the other ticket
	Safety          bool
}

// Unmerged takes a merge back; Released is the other's side of it.
type Unmerged struct{}

// Released notes that a merge into this ticket was taken back.
type Released struct{ From Number }

// Name implements Change.
func (Merged) Name() string { return "merged" }

// Name implements Change.
func (Absorbed) Name() string { return "absorbed" }

// Name implements Change.
func (Unmerged) Name() string { return "unmerged" }

// Name implements Change.
func (Released) Name() string { return "released" }

func (t Ticket) merged(c Merged, e Event) (Ticket, error) {
	if t.Status == StatusClosed || c.Into == t.Number || !t.Case.Stage.beforeDecision() {
		return t, t.refuse(c)
	}
	if owed := t.tasksOwed(); len(owed) > 0 {
		return t, t.owes(c, owed) // departments work for this ticket, not for the other
	}
	t.Case.Before = &Before{t.Status, t.Case.Stage}
	t.Case.MergedInto, t.Case.ClosedAt, t.Case.Ending = c.Into, e.At, EndingMerged
	if t.Kind.Procedure() {
		t.Case.Stage = StageClosed
	}
	t.Status = StatusClosed
	return t, nil
}

// absorbed takes over the unanswered message, the alarm and whom the matter is about. A
// repetition leaves the place in the queue and the clocks, since writing again makes nothing
// faster (requirement 11); when the matter had reached us before, they start then. A
// complaint never ends in a question: it would lose its decision.
func (t Ticket) absorbed(c Absorbed, e Event) (Ticket, error) {
	if t.Status == StatusClosed || c.From == t.Number || c.Kind.Procedure() && !t.Kind.Procedure() {
		return t, t.refuse(c)
	}
	if c.Against != 0 && t.Case.Against != 0 && c.Against != t.Case.Against {
		return t, t.refuse(c) // one of the two would read what was written about them
	}
	if c.Against != 0 {
		t.Case.Against = c.Against
		if t.Assignee == c.Against {
			t.Assignee = 0
		}
	}
	if !c.ReceivedAt.IsZero() && c.ReceivedAt.Before(t.Case.ReceivedAt) {
		t.Case.ReceivedAt = c.ReceivedAt
		t.Case.Late = t.late()
	}
	if c.Safety {
		t.alarm(e.At)
	}
	if c.UnansweredSince.IsZero() || !t.Case.UnansweredSince.IsZero() {
		return t, nil
	}
	t.Case.heard(e.At)
	if t.Case.Stage == StageAnswered {
		t.goOn(StageInvestigated, e.At)
	}
	return t.turnToUs(), nil
}

func (t Ticket) unmerged(c Unmerged, _ Event) (Ticket, error) {
	if t.Case.MergedInto == "" || t.Case.Before == nil || t.Case.Stage == StageArchived {
		return t, t.refuse(c)
	}
	t.Status, t.Case.Stage = t.Case.Before.Status, t.Case.Before.Stage
	t.Case.Before, t.Case.MergedInto, t.Case.ClosedAt, t.Case.Ending = nil, "", time.Time{}, ""
	return t, nil
}

// Held keeps everything about a ticket from being erased, for a reason; an empty reason
// lifts the hold.
type Held struct{ Reason string }

// Name implements Change.
func (Held) Name() string { return "held" }

func (t Ticket) held(c Held) (Ticket, error) {
	reason, code := optional(c.Reason, maxRemedy)
	if code != "" {
		return t, &InvalidError{[]FieldError{{"reason", code}}}
	}
	if reason == t.Case.Hold {
		return t, t.refuse(c)
	}
	t.Case.Hold = reason
	return t, nil
}
