package tickets

import (
	"slices"
	"time"
)

// Severity is how much is at stake for the player.
type Severity string

// Severities returns every severity, the mildest first.
func Severities() []Severity { return []Severity{"low", "medium", "high", "critical"} }

// Complexity is how much work a matter asks for; it decides how long solving may take.
type Complexity string

// Complexities returns every complexity, the least first.
func Complexities() []Complexity { return []Complexity{"simple", "normal", "complex"} }

// Impact is how many players are concerned.
type Impact string

// Impacts returns every impact, the smallest first.
func Impacts() []Impact { return []Impact{"one", "several", "many"} }

// Assessment is the first look of a person at a case (ISO 10002:2018, 8.5): severity,
// complexity, impact, safety, and whether something must be done at once.
type Assessment struct {
	Severity   Severity   `json:"severity"`
	Complexity Complexity `json:"complexity"`
	Impact     Impact     `json:"impact"`
	Immediate  string     `json:"immediate,omitempty"` // what must be done at once; may be empty
	By         AgentID    `json:"by"`
	At         time.Time  `json:"at"`
}

// Assessed is the first look at a case, or a new one. Safety gives the ticket the priority
// before all others.
type Assessed struct {
	Severity   Severity
	Complexity Complexity
	Impact     Impact
	Nature     Nature
	Gambling   bool // it is about responsible gambling
	Safety     bool
	Immediate  string
}

// Name implements Change.
func (Assessed) Name() string { return "assessed" }

func (t Ticket) assessed(c Assessed, e Event) (Ticket, error) {
	if !t.Case.Stage.in(StageReceived, StageAcknowledged, StageAssessed, StageInvestigated) {
		return t, t.refuse(c)
	}
	var invalid InvalidError
	if !slices.Contains(Severities(), c.Severity) {
		invalid.add("severity", Required)
	}
	if !slices.Contains(Complexities(), c.Complexity) {
		invalid.add("complexity", Required)
	}
	if !slices.Contains(Impacts(), c.Impact) {
		invalid.add("impact", Required)
	}
	if t.Kind.complains() && !c.Nature.Valid() {
		invalid.add("nature", Required)
	}
	immediate, code := optional(c.Immediate, maxRemedy)
	invalid.add("immediate", code)
	if err := invalid.orNil(); err != nil {
		return t, err
	}
	t.Case.Assessment = &Assessment{c.Severity, c.Complexity, c.Impact, immediate, e.Actor.Agent, e.At}
	t.Case.Nature, t.Case.Gambling = c.Nature, c.Gambling
	if t.Case.Stage != StageInvestigated {
		t.Case.Stage = StageAssessed
	}
	if c.Safety {
		t.alarm(e.At)
	}
	return t, nil
}

// alarm gives the ticket the priority before all others. It never falls by itself.
func (t *Ticket) alarm(at time.Time) {
	if t.Priority != PrioritySafety {
		t.Priority, t.Case.AlarmAt = PrioritySafety, at
	}
}

// SafetyRaised gives a ticket the priority before all others by hand.
type SafetyRaised struct{}

// SafetyCleared takes it away: only a person may, and says why (domain §2.4, rule 4).
type SafetyCleared struct{ Reason string }

// Name implements Change.
func (SafetyRaised) Name() string { return "safety_raised" }

// Name implements Change.
func (SafetyCleared) Name() string { return "safety_cleared" }

func (t Ticket) safetyRaised(c SafetyRaised, e Event) (Ticket, error) {
	if t.Priority == PrioritySafety || t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	t.alarm(e.At)
	return t, nil
}

func (t Ticket) safetyCleared(c SafetyCleared, e Event) (Ticket, error) {
	if t.Priority != PrioritySafety {
		return t, t.refuse(c)
	}
	if e.Actor.Kind != ByAgent {
		return t, &InvalidError{[]FieldError{{"actor", Unknown}}}
	}
	if _, err := required("reason", c.Reason, maxRemedy); err != nil {
		return t, err
	}
	t.Priority, t.Case.AlarmAt = PriorityNormal, time.Time{}
	return t, nil
}

// Accused names the agent whom a complaint is about. That agent sees nothing of the case
// and has no part in it.
type Accused struct{ Agent AgentID }

// Name implements Change.
func (Accused) Name() string { return "accused" }

func (t Ticket) accused(c Accused) (Ticket, error) {
	if t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	t.Case.Against = c.Agent
	if c.Agent != 0 && t.Assignee == c.Agent {
		t.Assignee = 0
	}
	return t, nil
}

// Judgement is a person's word on a case that was filed late.
type Judgement struct {
	Pursued bool      `json:"pursued"`
	Reason  string    `json:"reason"`
	By      AgentID   `json:"by"`
	At      time.Time `json:"at"`
}

// LateJudged decides how a late case goes on. It is never refused unread: one that is not
// pursued still ends with a decision and its reasons.
type LateJudged struct {
	Pursued bool
	Reason  string
}

// Name implements Change.
func (LateJudged) Name() string { return "late_judged" }

func (t Ticket) lateJudged(c LateJudged, e Event) (Ticket, error) {
	if !t.Case.Late || t.Case.Lateness != nil || !t.Case.Stage.atWork() {
		return t, t.refuse(c)
	}
	if e.Actor.Kind != ByAgent {
		return t, &InvalidError{[]FieldError{{"actor", Unknown}}}
	}
	reason, err := required("reason", c.Reason, maxRemedy)
	if err != nil {
		return t, err
	}
	t.Case.Lateness = &Judgement{c.Pursued, reason, e.Actor.Agent, e.At}
	return t, nil
}

// Recorded adds facts to the record. Those of a player fill what is empty, and never take
// back that the complaint is late: agents correct.
type Recorded struct{ Facts Record }

// Name implements Change.
func (Recorded) Name() string { return "recorded" }

func (t Ticket) recorded(c Recorded, e Event) (Ticket, error) {
	if t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	facts, err := c.Facts.Validate(e.At)
	if err != nil {
		return t, err
	}
	if e.Actor.Kind == ByPlayer {
		t.Case.Record = facts.merge(t.Case.Record)
		t.Case.Late = t.Case.Late || t.late()
		return t, nil
	}
	t.Case.Record = t.Case.Record.merge(facts)
	t.Case.Late = t.late()
	return t, nil
}

// late reports whether the matter was filed after the term of its rules. Only cases with
// a procedure can be.
func (t Ticket) late() bool {
	r := t.Case.Record
	if !t.Kind.complains() || t.Rules == nil {
		return false
	}
	day := t.Rules.Calendar().Day
	return t.Rules.Late(t.Case.ReceivedAt, day(r.OccurredAt), day(r.DecisionAt))
}
