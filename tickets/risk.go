package tickets

import (
	"time"

	"otvet/tickets/policy"
)

// atRisk is how much of a clock's time may be gone, in percent, before the ticket
// overtakes those whose clocks have time.
const atRisk = 80

// RiskAt returns from when on a clock of ours is at risk: the first of which
// four fifths of the time are gone, or that has run out and is still owed. Zero: none.
func (t Ticket) RiskAt() (at time.Time) {
	if t.Status == StatusSolved || t.Status == StatusClosed {
		return at
	}
	t.Case.Passed = nil // what has run out is at risk as long as it is owed
	for _, d := range t.Deadlines() {
		if d.Due.IsZero() || !ours(d.Rule) {
			continue
		}
		if risk := d.From.Add(d.Due.Sub(d.From) / 100 * atRisk); at.IsZero() || risk.Before(at) {
			at = risk
		}
	}
	return at
}

// ours reports whether a clock runs against us; others run against the player.
func ours(r policy.Rule) bool {
	switch r {
	case policy.RuleWait, policy.RuleRemind, policy.RuleRespond, policy.RuleSuppress:
		return false
	}
	return true
}
