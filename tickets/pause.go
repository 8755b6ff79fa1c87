package tickets

import (
	"time"

	"otvet/tickets/policy"
)

// Pause is a time during which the clock stands still, because the player has the word
// (UKGC ADR guidance §5). There is none without a letter.
type Pause struct {
	From   time.Time `json:"from"`
	To     time.Time `json:"to,omitzero"` // zero: still going on
	Reason string    `json:"reason"`      // what we asked for; or pauseOutcome
}

// pauseOutcome is the reason of a pause in which the player considers an outcome.
const pauseOutcome = "outcome"

func (p Pause) open() bool { return p.To.IsZero() }

// pause stops the clock.
func (c *Case) pause(at time.Time, reason string) {
	c.Pauses = append(c.Pauses[:len(c.Pauses):len(c.Pauses)], Pause{From: at, Reason: reason})
}

// resume ends the pause that is going on, if there is one.
func (c *Case) resume(at time.Time) bool {
	last := len(c.Pauses) - 1
	if last < 0 || !c.Pauses[last].open() {
		return false
	}
	c.Pauses = append([]Pause(nil), c.Pauses...)
	c.Pauses[last].To = at
	return true
}

// InfoAsked asks the player for information, with a letter, and stops the clock for a
// reason that the history keeps.
type InfoAsked struct {
	Body   string
	Reason string // why we cannot go on without it
	Review Review
}

// Resumed sets the clock going again without the player's answer.
type Resumed struct{ Reason string }

// Name implements Change.
func (InfoAsked) Name() string { return "info_asked" }

// Name implements Change.
func (Resumed) Name() string { return "resumed" }

func (t Ticket) infoAsked(c InfoAsked, e Event) (Ticket, error) {
	if !t.Case.Stage.in(StageAcknowledged, StageAssessed, StageInvestigated, StageAppealed, StageDisputed) || t.Case.waitsForPlayer() {
		return t, t.refuse(c)
	}
	if err := checkSpoken(c.Body, c.Review); err != nil {
		return t, err
	}
	reason, err := required("reason", c.Reason, maxRemedy)
	if err != nil {
		return t, err
	}
	t.Case.answered(e.At)
	t.Case.pause(e.At, reason)
	return t, nil
}

func (t Ticket) resumed(c Resumed, e Event) (Ticket, error) {
	if !t.Case.waitsForPlayer() {
		return t, t.refuse(c)
	}
	if _, err := required("reason", c.Reason, maxRemedy); err != nil {
		return t, err
	}
	t.Case.resume(e.At)
	return t, nil
}

// Extension moves the day of the decision, with notice and a reason.
type Extension struct {
	At     time.Time   `json:"at"`
	By     policy.Span `json:"by"`
	Reason string      `json:"reason"`
}

// Extended tells the player, with the reason and the new date, that the decision takes
// longer. The rules say by how much and how often.
type Extended struct {
	Reason string // the player reads it
	Review Review
}

// Name implements Change.
func (Extended) Name() string { return "extended" }

func (t Ticket) extended(c Extended, e Event) (Ticket, error) {
	term, ok := t.term(policy.RuleFinal)
	if !ok || !t.Case.Stage.atWork() || t.Case.waitsForPlayer() || term.Extend.IsZero() || len(t.Case.Extensions) >= term.Extensions {
		return t, t.refuse(c)
	}
	if err := checkReview(c.Review); err != nil {
		return t, err
	}
	reason, err := required("reason", c.Reason, MaxBody)
	if err != nil {
		return t, err
	}
	n := len(t.Case.Extensions)
	t.Case.Extensions = append(t.Case.Extensions[:n:n], Extension{e.At, term.Extend, reason})
	if t.Case.OverdueSince.IsZero() {
		t.Case.OverdueSince = e.At // from now on the player hears from us at intervals
	}
	t.Case.told(e.At)
	return t, nil
}
