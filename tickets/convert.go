package tickets

import "time"

// Rejection is the word that a matter is not a complaint.
type Rejection struct {
	Kind   Kind      `json:"kind"` // what it was
	Reason string    `json:"reason"`
	By     AgentID   `json:"by"`
	At     time.Time `json:"at"`
}

// KindSet makes the ticket one of another kind. A question becomes a complaint without a
// reason; back again needs one, which the player reads with how to object.
type KindSet struct {
	To     Kind
	Reason string
	Review Review // of the reason
}

// Name implements Change.
func (KindSet) Name() string { return "kind_set" }

func (t Ticket) kindSet(c KindSet, e Event) (Ticket, error) {
	if !c.To.Valid() || c.To == t.Kind || t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	switch {
	case c.To.Procedure() && !t.Kind.Procedure():
		return t.begin(c.To), nil
	case t.Kind.Procedure() && !c.To.Procedure():
		return t.reject(c, e)
	}
	if c.To == KindSafety {
		t.alarm(e.At)
	}
	t.Kind = c.To
	t.Case.Late = t.late()
	return t, nil
}

// begin takes a conversation into the procedure. The clocks start when the matter first
// reached us, not now (requirement 17).
func (t Ticket) begin(k Kind) Ticket {
	t.Kind = k
	t.Case.Stage = StageReceived
	if !t.Case.AcknowledgedAt.IsZero() {
		t.Case.Stage = StageAcknowledged
	}
	t.Case.SolvedAt, t.Case.PendingAt = time.Time{}, time.Time{}
	t.Case.Late = t.late()
	t.Status = t.status()
	return t
}

// reject turns a complaint into a conversation, while nobody has decided about it and the
// player has not objected before.
func (t Ticket) reject(c KindSet, e Event) (Ticket, error) {
	early := t.Case.Stage.in(StageReceived, StageAcknowledged, StageAssessed)
	if !early || t.Case.Objections > 0 || e.Actor.Kind != ByAgent {
		return t, t.refuse(c)
	}
	if err := checkReview(c.Review); err != nil {
		return t, err
	}
	reason, err := required("reason", c.Reason, MaxBody)
	if err != nil {
		return t, err
	}
	t.Case.Rejection = &Rejection{t.Kind, reason, e.Actor.Agent, e.At}
	t.Case.resume(e.At)
	t.Case.told(e.At)
	t.Kind, t.Case.Stage, t.Status = c.To, StageNone, StatusOpen
	if c.To == KindSafety {
		t.alarm(e.At)
	}
	return t, nil
}

// Escalated passes a ticket to the next level or to another department. The clocks go on.
type Escalated struct {
	Department string
	Reason     string // the player reads it
	Review     Review
}

// maxLevel is the highest level: the management.
const maxLevel = 4

// Name implements Change.
func (Escalated) Name() string { return "escalated" }

func (t Ticket) escalated(c Escalated, e Event) (Ticket, error) {
	if t.Status == StatusClosed || t.Case.Stage.in(StageAnswered, StageFinal) || t.Case.Level >= maxLevel {
		return t, t.refuse(c)
	}
	if err := checkReview(c.Review); err != nil {
		return t, err
	}
	department, err := required("department", c.Department, MaxCategory)
	if err != nil {
		return t, err
	}
	if _, err := required("reason", c.Reason, MaxBody); err != nil {
		return t, err
	}
	t.Department, t.Assignee = department, 0
	t.Case.Level++
	t.Case.told(e.At)
	return t, nil
}

// DepartmentSet gives a ticket to a department without telling the player.
type DepartmentSet struct{ To string }

// Name implements Change.
func (DepartmentSet) Name() string { return "department_set" }

func (t Ticket) departmentSet(c DepartmentSet) (Ticket, error) {
	if t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	to, err := required("department", c.To, MaxCategory)
	if err != nil {
		return t, err
	}
	t.Department = to
	return t, nil
}

// Acknowledged notes that the player knows that we have the case: the letter went out, or
// there is no address and the page said so.
type Acknowledged struct{}

// Name implements Change.
func (Acknowledged) Name() string { return "acknowledged" }

func (t Ticket) acknowledged(c Acknowledged, e Event) (Ticket, error) {
	if !t.Case.AcknowledgedAt.IsZero() || t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	t.Case.AcknowledgedAt = e.At
	t.Case.told(e.At)
	if t.Case.Stage == StageReceived {
		t.Case.Stage = StageAcknowledged
	}
	return t, nil
}
