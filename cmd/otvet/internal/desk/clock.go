package desk

import (
	"slices"
	"time"

	"otvet/tickets"
	"otvet/tickets/policy"
)

// clockLine is a clock of a ticket in words. Its state is said and not only coloured.
type clockLine struct {
	What   string
	Target string // what we aim at; empty: nothing of its own
	Due    string // empty: the clock stands still
	Left   string // "in 3 days", "2 hours overdue", "stands still since …"
	State  string // "", "near", "over" or "still"
}

// missedLine is a clock that has run out.
type missedLine struct {
	What string
	When string
}

func (s scene) clocks() []clockLine {
	var lines []clockLine
	for _, d := range s.ticket.Deadlines() {
		lines = append(lines, s.clock(d))
	}
	return lines
}

func (s scene) clock(d tickets.Deadline) clockLine {
	l := clockLine{What: s.rule(d.Rule, d.Round)}
	if !d.Target.IsZero() {
		l.Target = s.DateTime(d.Target)
	}
	if d.Due.IsZero() {
		l.State, l.Left = "still", s.T("desk.clock.still", s.DateTime(s.stillSince()))
		return l
	}
	l.Due, l.Left, l.State = s.DateTime(d.Due), s.left(d.Due), s.urgency(d)
	return l
}

// urgency is how close a clock is to running out: "", "near" from its first warning on, or
// "over".
func (w words) urgency(d tickets.Deadline) string {
	near := slices.ContainsFunc(d.Warn, func(x tickets.Warning) bool { return !x.At.After(w.now) })
	switch {
	case !d.Due.After(w.now):
		return "over"
	case near:
		return "near"
	}
	return ""
}

// stillSince is when the clocks were stopped.
func (s scene) stillSince() time.Time {
	for _, p := range slices.Backward(s.ticket.Case.Pauses) {
		return p.From
	}
	return s.now
}

// rule names a clock; of those that come again in numbers, with the number.
func (w words) rule(r policy.Rule, round int) string {
	if r == policy.RuleTask || r == policy.RuleEnquiry {
		return w.T("desk.rule."+string(r), w.Number(round))
	}
	return w.T("desk.rule." + string(r))
}

// missed lists the promises about time that were not kept. What the clock does by itself
// was not promised to anybody.
func (s scene) missed() []missedLine {
	var lines []missedLine
	for _, p := range s.ticket.Case.Passed {
		switch p.Rule {
		case policy.RuleUpdate, policy.RuleWait, policy.RuleRemind, policy.RuleRespond:
			continue
		}
		lines = append(lines, missedLine{s.rule(p.Rule, p.Round), s.DateTime(p.At)})
	}
	return lines
}

// left says how long it is until a moment, or since.
func (w words) left(due time.Time) string {
	if due.After(w.now) {
		return w.T("desk.clock.in", w.length(due.Sub(w.now)))
	}
	return w.T("desk.clock.over", w.length(w.now.Sub(due)))
}
