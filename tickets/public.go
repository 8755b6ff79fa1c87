package tickets

import "slices"

// ForPlayer returns the ticket as its player may have it: without internal numbers, without
// the account behind it and the names of who did what, and without a word that was written for our own people. What
// is left gives the same Steps, Next, May and Deadlines.
func (t Ticket) ForPlayer() Ticket {
	t.ID, t.Assignee, t.Account = 0, 0, Account{}
	c := &t.Case
	c.Against, c.Hold, c.Before = 0, "", nil
	c.Record.Incident = ""
	c.Findings = Findings{At: c.Findings.At}
	if c.Lateness != nil {
		c.Lateness = &Judgement{Pursued: c.Lateness.Pursued, At: c.Lateness.At}
	}
	if c.Rejection != nil {
		c.Rejection = &Rejection{Kind: c.Rejection.Kind, Reason: c.Rejection.Reason, At: c.Rejection.At}
	}
	if a := c.Assessment; a != nil {
		c.Assessment = &Assessment{Complexity: a.Complexity, At: a.At} // by which a clock is chosen
	}
	c.Decisions = slices.Clone(c.Decisions)
	for i, d := range c.Decisions {
		c.Decisions[i] = d.forPlayer()
	}
	c.hideWork()
	return t
}

// forPlayer leaves of a decision that was not told that there is one.
func (d Decision) forPlayer() Decision {
	d.By, d.ReviewedBy = 0, 0
	if !d.Approved {
		return Decision{Round: d.Round, At: d.At}
	}
	return d
}

// hideWork leaves of pauses, tasks and enquiries when they were.
func (c *Case) hideWork() {
	c.Pauses = slices.Clone(c.Pauses)
	for i := range c.Pauses {
		if c.Pauses[i].Reason != pauseOutcome {
			c.Pauses[i].Reason = ""
		}
	}
	c.Tasks = slices.Clone(c.Tasks)
	for i, k := range c.Tasks {
		c.Tasks[i] = Task{ID: k.ID, OpenedAt: k.OpenedAt, Due: k.Due, DoneAt: k.DoneAt}
	}
	if c.Dispute == nil {
		return
	}
	d := c.Dispute.changed()
	for i, q := range d.Enquiries {
		d.Enquiries[i] = Enquiry{ID: q.ID, At: q.At, AnsweredAt: q.AnsweredAt}
	}
	c.Dispute = d
}
