package tickets

import (
	"slices"
	"time"

	"otvet/tickets/policy"
)

// Case is where a request stands in its handling, beyond its [Status]: what was found,
// decided, promised and owed. Part of it is kept for every ticket, the stages only for
// those whose kind has a procedure.
type Case struct {
	Stage      Stage     `json:"stage,omitempty"`
	Nature     Nature    `json:"nature,omitempty"`
	ReceivedAt time.Time `json:"received_at,omitzero"` // when the matter first reached us; every clock starts here
	Record     Record    `json:"record,omitzero"`
	Gambling   bool      `json:"gambling,omitempty"` // a complaint about responsible gambling: a clock of its own

	AcknowledgedAt  time.Time `json:"acknowledged_at,omitzero"`
	FirstAnswerAt   time.Time `json:"first_answer_at,omitzero"`
	UnansweredSince time.Time `json:"unanswered_since,omitzero"` // the player's oldest message without an answer
	Turns           int       `json:"turns,omitempty"`           // how often the player was answered
	ToldAt          time.Time `json:"told_at,omitzero"`          // our last word to the player, machine letters included
	Tellings        int       `json:"tellings,omitempty"`        // progress letters
	OverdueSince    time.Time `json:"overdue_since,omitzero"`    // from then on the player hears from us at intervals
	SolvedAt        time.Time `json:"solved_at,omitzero"`        // of a ticket without stages
	PendingAt       time.Time `json:"pending_at,omitzero"`       // the same: since when it waits for the player
	AlarmAt         time.Time `json:"alarm_at,omitzero"`         // when the priority became safety

	Late       bool        `json:"late,omitempty"` // filed after the pack's term: a person judges it
	Lateness   *Judgement  `json:"lateness,omitempty"`
	Rejection  *Rejection  `json:"rejection,omitempty"` // told that it is no complaint
	Objections int         `json:"objections,omitempty"`
	Assessment *Assessment `json:"assessment,omitempty"`
	Level      int         `json:"level,omitempty"` // 0 the first line; grows with each escalation
	Against    AgentID     `json:"against,omitempty"`
	Pauses     []Pause     `json:"pauses,omitempty"`
	Extensions []Extension `json:"extensions,omitempty"`
	Tasks      []Task      `json:"tasks,omitempty"`
	Findings   Findings    `json:"findings,omitzero"`
	Decisions  []Decision  `json:"decisions,omitempty"` // oldest first; the last one counts
	AnsweredAt time.Time   `json:"answered_at,omitzero"`
	Clarified  int         `json:"clarified,omitempty"` // how often the player asked for clarification
	Appeals    int         `json:"appeals,omitempty"`
	Dispute    *Dispute    `json:"dispute,omitempty"`
	AcceptedAt time.Time   `json:"accepted_at,omitzero"`
	ClosedAt   time.Time   `json:"closed_at,omitzero"`
	Ending     Ending      `json:"ending,omitempty"`
	MergedInto Number      `json:"merged_into,omitempty"`
	Before     *Before     `json:"before,omitempty"` // what an undone merge brings back
	Rating     *Rating     `json:"rating,omitempty"`
	Hold       string      `json:"hold,omitempty"` // reason of the legal hold; empty: none
	ErasedAt   time.Time   `json:"erased_at,omitzero"`

	DataErasedAt time.Time `json:"data_erased_at,omitzero"` // of a request about data: when tickets were erased for it

	Passed []Passed `json:"passed,omitempty"` // clocks that have run out
	Warned []Passed `json:"warned,omitempty"` // warnings that were given
}

// Ending says how a case came to its end.
type Ending string

// The endings.
const (
	EndingAccepted  Ending = "accepted"  // the player accepted the outcome
	EndingSilence   Ending = "silence"   // the player had time to answer it, and did not
	EndingWithdrawn Ending = "withdrawn" // the player took it back
	EndingFinal     Ending = "final"     // after the final response
	EndingMerged    Ending = "merged"
)

// Rating is the player's word on how the request was handled.
type Rating struct {
	Score  int       `json:"score,omitempty"` // 1 to 5; 0: not given
	Helped *bool     `json:"helped,omitempty"`
	Text   string    `json:"text,omitempty"`
	At     time.Time `json:"at"`
}

// Passed names a clock that has run out, or of which so much has run that people were
// told.
type Passed struct {
	Rule    policy.Rule `json:"rule"`
	Round   int         `json:"round,omitempty"`
	Percent int         `json:"percent,omitempty"` // of a warning
	At      time.Time   `json:"at"`
}

// passed reports whether a clock has run out before; percent tells a warning.
func passed(list []Passed, r policy.Rule, round, percent int) bool {
	return slices.ContainsFunc(list, func(p Passed) bool {
		return p.Rule == r && p.Round == round && p.Percent == percent
	})
}

// waitsForPlayer reports whether the clock stands still until the player has answered.
func (c Case) waitsForPlayer() bool {
	return len(c.Pauses) > 0 && c.Pauses[len(c.Pauses)-1].open() && c.Pauses[len(c.Pauses)-1].Reason != pauseOutcome
}

// waitsForOthers reports whether a department or a dispute body has to act.
func (c Case) waitsForOthers() bool {
	return slices.ContainsFunc(c.Tasks, Task.open) || c.Dispute.external() && !c.Dispute.asked()
}

// decision returns the decision that counts, or nil.
func (c Case) decision() *Decision {
	if len(c.Decisions) == 0 {
		return nil
	}
	return &c.Decisions[len(c.Decisions)-1]
}

// told notes a word to the player.
func (c *Case) told(at time.Time) { c.ToldAt = at }

// answered notes a substantive answer by people.
func (c *Case) answered(at time.Time) {
	if c.FirstAnswerAt.IsZero() {
		c.FirstAnswerAt = at
	}
	if !c.UnansweredSince.IsZero() {
		c.Turns++
	}
	c.UnansweredSince = time.Time{}
	c.told(at)
}

// asked starts the player's time anew; again tells that the player was asked before.
func (c *Case) asked(at time.Time, again bool) {
	c.PendingAt = at
	if again {
		c.Turns++
	}
}

// heard notes that the player wrote.
func (c *Case) heard(at time.Time) {
	if c.UnansweredSince.IsZero() {
		c.UnansweredSince = at
	}
}
