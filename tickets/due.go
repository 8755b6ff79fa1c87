package tickets

import "time"

// NextAt returns when something of a clock of the ticket is due next: a warning that was
// not given yet, or its end. Zero while it stands still.
func (t Ticket) NextAt(d Deadline) time.Time {
	for _, w := range d.Warn {
		if !passed(t.Case.Warned, d.Rule, d.Round, w.Percent) {
			return w.At
		}
	}
	return d.Due
}

// Due returns the first thing that the clocks do to the ticket by now; false when nothing
// is due. Applied by the system, and asked again until there is no more, it gives each
// warning and each end once and in order, however late now is.
func (t Ticket) Due(now time.Time) (Change, bool) {
	var first Deadline
	var at time.Time
	for _, d := range t.Deadlines() {
		if next := t.NextAt(d); !next.IsZero() && (at.IsZero() || next.Before(at)) {
			first, at = d, next
		}
	}
	if at.IsZero() || at.After(now) {
		return nil, false
	}
	for _, w := range first.Warn {
		if !passed(t.Case.Warned, first.Rule, first.Round, w.Percent) {
			return DeadlineNear{first.Rule, first.Round, w.Percent}, true
		}
	}
	return DeadlinePassed{first.Rule, first.Round}, true
}
