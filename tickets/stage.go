package tickets

import "slices"

// Stage is how far a complaint, a dispute or a request about data has come. Tickets of
// other kinds have none.
type Stage string

// The stages, in order. A case goes back when the player asks for clarification
// (to investigated) or appeals (to appealed), or when the second reviewer returns a
// decision (to investigated).
const (
	StageNone         Stage = ""
	StageReceived     Stage = "received"
	StageAcknowledged Stage = "acknowledged"
	StageAssessed     Stage = "assessed"
	StageInvestigated Stage = "investigated" // being looked into, or with findings
	StageDecided      Stage = "decided"      // waits for the review of a second person
	StageAnswered     Stage = "answered"     // the outcome was told; the player's word is awaited
	StageAppealed     Stage = "appealed"     // people who had no part in the decision look again
	StageDisputed     Stage = "disputed"     // with the dispute service
	StageFinal        Stage = "final"        // the final response was told
	StageClosed       Stage = "closed"
	StageArchived     Stage = "archived" // nothing can be added any more
)

// Stages returns the stages in order.
func Stages() []Stage {
	return []Stage{
		StageReceived, StageAcknowledged, StageAssessed, StageInvestigated, StageDecided, StageAnswered,
		StageAppealed, StageDisputed, StageFinal, StageClosed, StageArchived,
	}
}

// in reports whether s is one of the stages.
func (s Stage) in(stages ...Stage) bool { return slices.Contains(stages, s) }

// Ended reports whether the case is over.
func (s Stage) Ended() bool { return s.in(StageClosed, StageArchived) }

// atWork are the stages in which we owe the player a decision.
func (s Stage) atWork() bool {
	return s.in(StageReceived, StageAcknowledged, StageAssessed, StageInvestigated, StageDecided, StageAppealed, StageDisputed)
}

// beforeDecision reports whether nobody has decided about the case, or it has no stages.
func (s Stage) beforeDecision() bool {
	return s.in(StageNone, StageReceived, StageAcknowledged, StageAssessed, StageInvestigated)
}

// status returns what a case in this stage is in the queue.
func (t Ticket) status() Status {
	switch c := t.Case; {
	case c.Stage.Ended():
		return StatusClosed
	case c.Stage.in(StageAnswered), c.Stage == StageFinal && t.Case.UnansweredSince.IsZero():
		return StatusSolved
	case c.waitsForPlayer():
		return StatusPending
	case c.waitsForOthers():
		return StatusOnHold
	case c.Stage.in(StageReceived, StageAcknowledged) && t.Assignee == 0 && c.Objections == 0:
		return StatusNew
	}
	return StatusOpen
}
