package tickets

import (
	"time"

	"otvet/tickets/policy"
)

// Step is one of the steps that a player sees of a case: what it is, when it was done, or
// by when it will be.
type Step struct {
	Name StepName
	At   time.Time // when it was done; zero: not yet
	Due  time.Time // by when it will be; zero: not known, or the clock stands still
	Here bool      // the case is at this step now
}

// StepName names a step in public. Every stage has one.
type StepName string

// The steps, in order.
const (
	StepReceived     StepName = "received"
	StepAcknowledged StepName = "acknowledged"
	StepExamined     StepName = "examined" // assessed and investigated
	StepReviewed     StepName = "reviewed" // decided, and looked over by a second person
	StepAnswered     StepName = "answered"
	StepAppealed     StepName = "appealed"
	StepDisputed     StepName = "disputed"
	StepFinal        StepName = "final"
	StepClosed       StepName = "closed"
)

// Public returns the step that the player sees of a stage.
func (s Stage) Public() StepName {
	switch s {
	case StageAssessed, StageInvestigated:
		return StepExamined
	case StageDecided:
		return StepReviewed
	case StageArchived:
		return StepClosed
	}
	return StepName(s)
}

// Steps returns the way of a case for the player to see, done and to come; nil for a
// ticket without stages. Only a case that got there shows appeal and dispute.
func (t Ticket) Steps() []Step {
	c := t.Case
	if c.Stage == StageNone {
		return nil
	}
	final, _ := t.FinalDue()
	if !c.Stage.atWork() {
		final = time.Time{}
	}
	steps := []Step{{Name: StepReceived, At: c.ReceivedAt}, {Name: StepAcknowledged, At: c.AcknowledgedAt}}
	if c.Appeals == 0 {
		steps = append(steps, Step{Name: StepExamined, At: c.Findings.At}, Step{Name: StepReviewed, At: c.approvedAt()})
	}
	if told := c.decision(); c.Appeals > 0 || told == nil || !told.Final {
		steps = append(steps, Step{Name: StepAnswered, At: c.AnsweredAt, Due: final})
	}
	if c.Appeals > 0 || c.Stage == StageAppealed {
		steps = append(steps, Step{Name: StepAppealed, At: c.roundAt(1), Due: final})
	}
	if c.Appeals > 1 || c.Dispute != nil {
		steps = append(steps, Step{Name: StepDisputed, At: c.roundAt(2)})
	}
	if t.decidedFinally() || c.Stage == StageDisputed {
		steps = append(steps, Step{Name: StepFinal, At: c.finalAt(), Due: final})
	}
	steps = append(steps, Step{Name: StepClosed, At: c.ClosedAt})
	return t.markHere(steps)
}

// markHere marks where the case stands. A step that is being done is not done yet.
func (t Ticket) markHere(steps []Step) []Step {
	here := t.Case.Stage.Public()
	if t.Case.Appeals > 0 && (here == StepExamined || here == StepReviewed) {
		here = StepAppealed
		if t.Case.Appeals > 1 {
			here = StepDisputed
		}
	}
	for i := range steps {
		if steps[i].Name == here {
			steps[i].Here = true
		}
	}
	return steps
}

// approvedAt is when the last decision passed its review; zero while none did.
func (c Case) approvedAt() time.Time {
	if d := c.decision(); d != nil && d.Approved {
		return d.ReviewedAt
	}
	return time.Time{}
}

// roundAt is when the decision of a round was told.
func (c Case) roundAt(round int) time.Time {
	for _, d := range c.Decisions {
		if d.Approved && d.Round == round {
			return d.ReviewedAt
		}
	}
	return time.Time{}
}

func (c Case) finalAt() time.Time {
	if d := c.decision(); d != nil && d.Approved && d.Final {
		return d.ReviewedAt
	}
	return time.Time{}
}

// Move says whose turn it is, for the player to see.
type Move string

// The moves.
const (
	MoveOurs    Move = "ours"    // we answer, or decide, by Next.By
	MoveInfo    Move = "info"    // the player was asked for something
	MoveOutcome Move = "outcome" // the player may accept, ask or appeal
	MoveOutside Move = "outside" // a dispute body has it
	MoveSolved  Move = "solved"  // solved, unless the player writes again
	MoveNone    Move = "none"    // over
)

// Next is what happens next, and by when.
type Next struct {
	Move Move
	By   time.Time // zero: no day is set
}

// Next returns what happens next to the ticket, and by when.
func (t Ticket) Next() Next {
	c := t.Case
	switch {
	case t.Status == StatusClosed:
		return Next{Move: MoveNone}
	case c.waitsForPlayer() || c.Stage == StageNone && t.Status == StatusPending:
		return Next{MoveInfo, t.due(policy.RuleWait)}
	case c.Stage == StageAnswered:
		return Next{MoveOutcome, t.due(policy.RuleRespond)}
	case t.Status == StatusSolved:
		return Next{MoveSolved, t.due(policy.RuleRespond)}
	case c.Dispute.external():
		return Next{Move: MoveOutside}
	}
	return Next{MoveOurs, t.due(policy.RuleFirst, policy.RuleUpdate, policy.RuleFinal, policy.RuleResolve)}
}

// due returns when the first of these clocks runs out that runs; zero when none does.
func (t Ticket) due(rules ...policy.Rule) time.Time {
	running := t.Deadlines()
	for _, r := range rules {
		for _, d := range running {
			if d.Rule == r && !d.Due.IsZero() {
				return d.Due
			}
		}
	}
	return time.Time{}
}

// May reports what the player may do now, for the forms of the page.
func (t Ticket) May() (m Allowed) {
	c := t.Case
	open := c.Stage == StageAnswered || t.reopens()
	m.Accept = c.Stage.in(StageAnswered, StageFinal) && len(t.Obligations()) == 0
	m.Clarify = open
	m.Appeal = open && c.Appeals < 2
	m.Object = c.Rejection != nil && c.Objections == 0 && !t.Kind.Procedure() && t.Status != StatusClosed
	m.Reply = t.Status != StatusClosed || t.reopens()
	m.Escalate = !c.FirstAnswerAt.IsZero() && t.Status != StatusClosed && !c.Stage.in(StageAnswered, StageFinal) && c.Level < maxLevel
	m.Withdraw = t.Status != StatusClosed && !c.Dispute.external() && !t.unseen()
	m.Rate = t.MayRate()
	return m
}

// Allowed is what the player may do with a ticket.
type Allowed struct{ Accept, Clarify, Appeal, Object, Reply, Escalate, Withdraw, Rate bool }
