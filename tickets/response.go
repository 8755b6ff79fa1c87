package tickets

import (
	"time"

	"otvet/tickets/policy"
)

// PlayerAccepted ends the case: the player agrees with the outcome.
type PlayerAccepted struct{}

// ClarificationAsked is the player's wish to have an outcome explained. The same case goes
// on, with people.
type ClarificationAsked struct {
	Body   string
	Safety bool
}

// Appealed is the player's disagreement with an outcome. The first one goes to people who
// had no part in it, the second to the dispute service.
type Appealed struct {
	Body   string
	Safety bool
}

// Objected is the player's word that the matter is a complaint after all. Nobody may turn
// it back into a question again.
type Objected struct {
	Body   string
	Safety bool
}

// EscalationAsked is the player's wish for the next level, after a first answer.
type EscalationAsked struct {
	Body   string
	Safety bool
}

// Rated is the player's word on the handling. It is asked once, and never in safety cases.
type Rated struct {
	Score  int   // 1 to 5; 0: not given
	Helped *bool // nil: not said
	Text   string
}

// Name implements Change.
func (PlayerAccepted) Name() string { return "player_accepted" }

// Name implements Change.
func (ClarificationAsked) Name() string { return "clarification_asked" }

// Name implements Change.
func (Appealed) Name() string { return "appealed" }

// Name implements Change.
func (Objected) Name() string { return "objected" }

// Name implements Change.
func (EscalationAsked) Name() string { return "escalation_asked" }

// Name implements Change.
func (Rated) Name() string { return "rated" }

func (t Ticket) playerAccepted(c PlayerAccepted, e Event) (Ticket, error) {
	if !t.Case.Stage.in(StageAnswered, StageFinal) {
		return t, t.refuse(c)
	}
	if owed := t.Obligations(); len(owed) > 0 {
		return t, t.owes(c, owed)
	}
	t.Case.AcceptedAt = e.At
	t.end(EndingAccepted, e.At)
	return t, nil
}

func (t Ticket) clarificationAsked(c ClarificationAsked, e Event) (Ticket, error) {
	if !t.Case.Stage.in(StageAnswered) && !t.reopens() {
		return t, t.refuse(c)
	}
	if err := t.hear(c.Body, c.Safety, e.At); err != nil {
		return t, err
	}
	t.Case.Clarified++
	t.goOn(StageInvestigated, e.At)
	return t, nil
}

func (t Ticket) appealed(c Appealed, e Event) (Ticket, error) {
	if !t.Case.Stage.in(StageAnswered) && !t.reopens() || t.Case.Appeals > 1 || !t.Kind.Procedure() {
		return t, t.refuse(c)
	}
	if err := t.hear(c.Body, c.Safety, e.At); err != nil {
		return t, err
	}
	t.Case.Appeals++
	t.Case.Level++
	next := StageAppealed
	if t.Case.Appeals > 1 {
		next = StageDisputed
	}
	if t.Kind == KindComplaint && t.Case.Nature == NatureTransaction {
		t.Kind = KindDispute // U2: not resolved at the first stage
	}
	t.goOn(next, e.At)
	if t.Case.Against == t.Assignee || t.mayDecide(t.Assignee) != nil {
		t.Assignee = 0
	}
	t.Status = t.status()
	return t, nil
}

// reopens reports whether a closed case may still go on: one that ended with an outcome
// which was not final, and is not archived.
func (t Ticket) reopens() bool {
	return t.Case.Stage == StageClosed && t.Case.MergedInto == "" && !t.Case.AnsweredAt.IsZero() && !t.decidedFinally()
}

func (t Ticket) decidedFinally() bool {
	d := t.Case.decision()
	return d != nil && d.Approved && d.Final
}

// goOn takes a case up again after its outcome was told. One whose last day was over
// before is late at once.
func (t *Ticket) goOn(s Stage, at time.Time) {
	t.Case.resume(at)
	if passed(t.Case.Passed, policy.RuleFinal, len(t.Case.Extensions), 0) {
		t.Case.OverdueSince = at
	}
	t.Case.Stage = s
	t.Case.ClosedAt, t.Case.AcceptedAt, t.Case.Ending = time.Time{}, time.Time{}, ""
	t.Status = t.status()
}

// hear takes a message of the player.
func (t *Ticket) hear(body string, safety bool, at time.Time) error {
	if _, err := CleanBody(body); err != nil {
		return err
	}
	t.Case.heard(at)
	if safety {
		t.alarm(at)
	}
	return nil
}

func (t Ticket) objected(c Objected, e Event) (Ticket, error) {
	if t.Case.Rejection == nil || t.Case.Objections > 0 || t.Kind.Procedure() || t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	if err := t.hear(c.Body, c.Safety, e.At); err != nil {
		return t, err
	}
	t.Case.Objections++
	t.Kind = t.Case.Rejection.Kind
	t.Case.Stage = StageAcknowledged
	if t.Case.AcknowledgedAt.IsZero() {
		t.Case.Stage = StageReceived
	}
	if t.Assignee == t.Case.Rejection.By {
		t.Assignee = 0
	}
	t.Status = t.status()
	return t, nil
}

func (t Ticket) escalationAsked(c EscalationAsked, e Event) (Ticket, error) {
	if t.Case.FirstAnswerAt.IsZero() || t.Status == StatusClosed || t.Case.Stage.in(StageAnswered, StageFinal) || t.Case.Level >= maxLevel {
		return t, t.refuse(c)
	}
	if err := t.hear(c.Body, c.Safety, e.At); err != nil {
		return t, err
	}
	t.Case.Level++
	t.Case.resume(e.At)
	return t.turnToUs(), nil
}

// turnToUs gives us the word on a ticket that the player has written to.
func (t Ticket) turnToUs() Ticket {
	t.Case.PendingAt, t.Case.SolvedAt = time.Time{}, time.Time{}
	switch {
	case t.Kind.Procedure():
		t.Status = t.status()
	case t.Status == StatusPending || t.Status == StatusSolved:
		t.Status = StatusOpen
	}
	return t
}

func (t Ticket) rated(c Rated, e Event) (Ticket, error) {
	if !t.MayRate() {
		return t, t.refuse(c)
	}
	text, code := optional(c.Text, maxRemedy)
	switch {
	case code != "":
		return t, &InvalidError{[]FieldError{{"text", code}}}
	case c.Score < 0 || c.Score > 5, c.Score == 0 && c.Helped == nil:
		return t, &InvalidError{[]FieldError{{"score", Required}}}
	}
	t.Case.Rating = &Rating{c.Score, c.Helped, text, e.At}
	return t, nil
}

// MayRate reports whether the player may be asked now how the handling was: at the end,
// once, and never where someone may be in distress (domain §2.4, rule 2c).
func (t Ticket) MayRate() bool {
	ended := t.Case.Stage == StageClosed || t.Case.Stage == StageNone && (t.Status == StatusSolved || t.Status == StatusClosed)
	return ended && t.Case.Rating == nil && t.Case.MergedInto == "" && t.Priority != PrioritySafety && t.Kind != KindSafety
}
