package tickets

import (
	"slices"
	"strings"
	"time"
)

// Outcome is what a case comes to. That a reply gives interim information is no outcome:
// see AgentReplied.
type Outcome string

// The outcomes. Those of a complaint are said from the player's side: a complaint that is
// upheld reverses our decision, one that is not upheld confirms it.
const (
	OutcomeUpheld    Outcome = "upheld"
	OutcomePartly    Outcome = "partly"
	OutcomeNotUpheld Outcome = "not-upheld"
	OutcomeExplained Outcome = "explained"
	OutcomeTechnical Outcome = "technical"
	OutcomeFulfilled Outcome = "fulfilled" // of a request about data
	OutcomeRefused   Outcome = "refused"   // the same, in whole or in part, with its ground
)

// Outcomes returns the outcomes that a case of this kind may have.
func (k Kind) Outcomes() []Outcome {
	switch {
	case k == KindData:
		return []Outcome{OutcomeFulfilled, OutcomeRefused}
	case k.complains():
		return []Outcome{OutcomeUpheld, OutcomePartly, OutcomeNotUpheld, OutcomeExplained, OutcomeTechnical}
	}
	return nil
}

// complains reports whether the player objects to something.
func (k Kind) complains() bool { return k == KindComplaint || k == KindDispute || k == KindPrivacy }

// Cause is the root of a matter, for prevention.
type Cause string

// Causes returns every cause.
func Causes() []Cause {
	return []Cause{"our-error", "software", "provider", "rules-unclear", "communication", "delay", "conduct", "player", "fraud", "none-found"}
}

// Findings are what an investigation found; they stay inside.
type Findings struct {
	Text       string    `json:"text,omitempty"`
	Cause      Cause     `json:"cause,omitempty"`
	Corrective string    `json:"corrective,omitempty"` // what is done so that it does not happen again
	By         AgentID   `json:"by,omitempty"`
	At         time.Time `json:"at,omitzero"`
}

// Found records the findings and opens the way to a decision.
type Found struct {
	Text       string
	Cause      Cause
	Corrective string
}

// Name implements Change.
func (Found) Name() string { return "found" }

func (t Ticket) found(c Found, e Event) (Ticket, error) {
	if !t.Case.Stage.in(StageAssessed, StageInvestigated, StageAppealed, StageDisputed) {
		return t, t.refuse(c)
	}
	var invalid InvalidError
	text, code := field(c.Text, MaxBody)
	invalid.add("findings", code)
	if !slices.Contains(Causes(), c.Cause) && (c.Cause != "" || t.Kind.complains()) {
		invalid.add("cause", Required)
	}
	corrective, code := optional(c.Corrective, maxRemedy)
	invalid.add("corrective", code)
	if err := invalid.orNil(); err != nil {
		return t, err
	}
	t.Case.Findings = Findings{text, c.Cause, corrective, e.Actor.Agent, e.At}
	if t.Case.Stage.in(StageAssessed, StageAppealed) {
		t.Case.Stage = StageInvestigated
	}
	return t, nil
}

// Decision is what a person decided about a case, and who reviewed it.
type Decision struct {
	Outcome    Outcome   `json:"outcome"`
	Reasons    string    `json:"reasons"`
	Remedy     string    `json:"remedy,omitempty"`   // what the player gets
	Measures   string    `json:"measures"`           // what we did about it (requirement 158)
	Final      bool      `json:"final,omitempty"`    // our last word: the dispute service comes next
	Deadlock   bool      `json:"deadlock,omitempty"` // final before its time, since nothing more can be found
	Round      int       `json:"round,omitempty"`    // 0; 1 decides an appeal, 2 a dispute
	By         AgentID   `json:"by"`
	At         time.Time `json:"at"`
	ReviewedBy AgentID   `json:"reviewed_by,omitempty"`
	ReviewedAt time.Time `json:"reviewed_at,omitzero"`
	Approved   bool      `json:"approved,omitempty"`
}

// Text returns what the player reads: reasons, remedy and measures, each as it was
// written.
func (d Decision) Text() string {
	var parts []string
	for _, p := range []string{d.Reasons, d.Remedy, d.Measures} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "\n\n")
}

// Decided is a decision. It goes to the player when another person has reviewed it.
type Decided struct {
	Outcome  Outcome
	Reasons  string
	Remedy   string
	Measures string
	Final    bool
	Deadlock bool
}

// DecisionReviewed approves a decision, which is told to the player with it, or returns it
// with a reason.
type DecisionReviewed struct {
	Approve bool
	Note    string // stays inside; required when the decision is returned
}

// Name implements Change.
func (Decided) Name() string { return "decided" }

// Name implements Change.
func (DecisionReviewed) Name() string { return "decision_reviewed" }

func (t Ticket) decided(c Decided, e Event) (Ticket, error) {
	ready := t.Case.Stage.in(StageInvestigated, StageDisputed) && t.Case.Findings.Text != ""
	if !ready || t.Case.waitsForPlayer() || e.Actor.Kind != ByAgent {
		return t, t.refuse(c)
	}
	if owed := t.owedBefore(); len(owed) > 0 {
		return t, t.owes(c, owed)
	}
	if err := t.mayDecide(e.Actor.Agent); err != nil {
		return t, err
	}
	d, err := t.newDecision(c, e)
	if err != nil {
		return t, err
	}
	n := len(t.Case.Decisions)
	t.Case.Decisions = append(t.Case.Decisions[:n:n], d)
	t.Case.Stage = StageDecided
	return t, nil
}

func (t Ticket) newDecision(c Decided, e Event) (Decision, error) {
	var invalid InvalidError
	if !slices.Contains(t.Kind.Outcomes(), c.Outcome) {
		invalid.add("outcome", Required)
	}
	d := Decision{Outcome: c.Outcome, Deadlock: c.Deadlock, Round: t.Case.Appeals, By: e.Actor.Agent, At: e.At}
	d.Final = c.Final || c.Deadlock || t.Case.Stage == StageDisputed
	var code Code
	d.Reasons, code = field(c.Reasons, maxReasons)
	invalid.add("reasons", code)
	d.Remedy, code = optional(c.Remedy, maxRemedy)
	if remedied := c.Outcome == OutcomeUpheld || c.Outcome == OutcomePartly; code == "" && remedied && d.Remedy == "" {
		code = Required
	}
	invalid.add("remedy", code)
	d.Measures, code = field(c.Measures, maxRemedy)
	invalid.add("measures", code)
	return d, invalid.orNil()
}

// maxReasons leaves room for remedy and measures in one message.
const maxReasons = MaxBody - 2*maxRemedy - 10

// MayDecide reports whether somebody may decide the case in the round where it is: see
// [Decided].
func (t Ticket) MayDecide(who AgentID) bool { return t.mayDecide(who) == nil }

// mayDecide refuses the person complained about. An appeal is decided by people who had
// no part in what is appealed: not who decided before, nor who reviewed it last.
func (t Ticket) mayDecide(who AgentID) error {
	last := t.Case.before(t.Case.Appeals)
	if who == t.Case.Against || t.Case.decidedBefore(who) || last != nil && last.ReviewedBy == who {
		return &InvalidError{[]FieldError{{"actor", NotYours}}}
	}
	return nil
}

// before returns the last decision that was told before a round of appeal; nil: none.
func (c Case) before(round int) *Decision {
	for i := range slices.Backward(c.Decisions) {
		if d := &c.Decisions[i]; d.Approved && d.Round < round {
			return d
		}
	}
	return nil
}

// decidedBefore reports whether somebody decided in an earlier round.
func (c Case) decidedBefore(who AgentID) bool {
	return slices.ContainsFunc(c.Decisions, func(d Decision) bool { return d.Round < c.Appeals && d.By == who })
}

func (t Ticket) decisionReviewed(c DecisionReviewed, e Event) (Ticket, error) {
	if t.Case.Stage != StageDecided || e.Actor.Kind != ByAgent {
		return t, t.refuse(c)
	}
	if err := t.mayReview(e.Actor.Agent); err != nil {
		return t, err
	}
	note, code := optional(c.Note, maxRemedy)
	if code == "" && note == "" && !c.Approve {
		code = Required
	}
	if code != "" {
		return t, &InvalidError{[]FieldError{{"note", code}}}
	}
	t.Case.Decisions = slices.Clone(t.Case.Decisions)
	d := t.Case.decision()
	d.ReviewedBy, d.ReviewedAt, d.Approved = e.Actor.Agent, e.At, c.Approve
	if !c.Approve {
		t.Case.Stage = StageInvestigated
		if d.Round > 1 {
			t.Case.Stage = StageDisputed
		}
		return t, nil
	}
	return t.tell(*d, e.At), nil
}

// mayReview wants somebody else than the decider, where the rules ask for two people.
func (t Ticket) mayReview(who AgentID) error {
	second := t.Rules == nil || t.Rules.SecondReview(string(t.Kind))
	if who == t.Case.Against || second && who == t.Case.decision().By || t.Case.decidedBefore(who) {
		return &InvalidError{[]FieldError{{"actor", NotYours}}}
	}
	return nil
}

// tell brings the outcome to the player, who has the word now.
func (t Ticket) tell(d Decision, at time.Time) Ticket {
	t.Case.answered(at)
	if t.Case.AcknowledgedAt.IsZero() {
		t.Case.AcknowledgedAt = at
	}
	t.Case.AnsweredAt, t.Case.OverdueSince = at, time.Time{}
	t.Case.Stage = StageAnswered
	if d.Final {
		t.Case.Stage = StageFinal
		return t
	}
	t.Case.pause(at, pauseOutcome)
	return t
}
