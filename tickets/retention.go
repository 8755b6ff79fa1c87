package tickets

import (
	"slices"
	"time"
)

// Kept says why what people wrote in a ticket may not be erased now.
type Kept string

// The reasons; empty means that it may go.
const (
	KeptOpen    Kept = "open"    // it is not over
	KeptHold    Kept = "hold"    // a person put a legal hold on it
	KeptDispute Kept = "dispute" // a dispute body has it
	KeptLaw     Kept = "law"     // its rules keep records of this kind for some time after the end
)

// Keeps returns why the ticket must be kept at a moment, and until when where that is
// known. An asked-for erasure (GDPR, Article 17) need not wait for the end of the time
// that records are kept where only we want them: that of a conversation. Records of
// complaints, of requests about data and of safety are kept for claims and regulators
// (Article 17(3)(b) and (e)).
func (t Ticket) Keeps(at time.Time, asked bool) (Kept, time.Time) {
	switch {
	case t.Case.Dispute.external():
		return KeptDispute, time.Time{}
	case t.Status != StatusClosed:
		return KeptOpen, time.Time{}
	case t.Case.Hold != "":
		return KeptHold, time.Time{}
	case asked && !t.Kind.Procedure() && t.Kind != KindSafety && t.Priority != PrioritySafety:
		return "", time.Time{}
	case t.Rules == nil:
		return KeptLaw, time.Time{} // nobody can say until when
	}
	until := t.Rules.Calendar().Add(t.endedAt(), t.Rules.Retention(string(t.Kind)))
	if at.Before(until) {
		return KeptLaw, until
	}
	return "", until
}

// endedAt is when the ticket came to its end.
func (t Ticket) endedAt() time.Time {
	if t.Case.ClosedAt.IsZero() {
		return t.UpdatedAt
	}
	return t.Case.ClosedAt
}

// Erased returns the ticket without anything that people wrote and without whose it was.
// Number, kind, category, dates and outcomes stay, for the statistics.
func (t Ticket) Erased(at time.Time) Ticket {
	t.Subject, t.Requester, t.Account, t.Assurance = "", Requester{}, Account{}, AssuranceNone
	c := t.Case
	c.ErasedAt = at
	c.Record = Record{OccurredAt: c.Record.OccurredAt, DecisionAt: c.Record.DecisionAt, Platform: c.Record.Platform}
	c.Findings = Findings{Cause: c.Findings.Cause, By: c.Findings.By, At: c.Findings.At}
	c.Pauses, c.Extensions = slices.Clone(c.Pauses), slices.Clone(c.Extensions)
	c.Tasks, c.Decisions = slices.Clone(c.Tasks), slices.Clone(c.Decisions)
	for i, p := range c.Pauses {
		if p.Reason != pauseOutcome {
			c.Pauses[i].Reason = ""
		}
	}
	for i := range c.Extensions {
		c.Extensions[i].Reason = ""
	}
	for i := range c.Tasks {
		c.Tasks[i].What, c.Tasks[i].Result = "", ""
	}
	for i := range c.Decisions {
		d := &c.Decisions[i]
		d.Reasons, d.Remedy, d.Measures = "", "", ""
	}
	t.Case = c
	t.Case.forget()
	return t
}

// forget takes the words out of what is there once or not at all.
func (c *Case) forget() {
	if c.Lateness != nil {
		c.Lateness = &Judgement{Pursued: c.Lateness.Pursued, By: c.Lateness.By, At: c.Lateness.At}
	}
	if c.Rejection != nil {
		c.Rejection = &Rejection{Kind: c.Rejection.Kind, By: c.Rejection.By, At: c.Rejection.At}
	}
	if c.Assessment != nil {
		a := *c.Assessment
		a.Immediate = ""
		c.Assessment = &a
	}
	if c.Dispute != nil {
		d := c.Dispute.changed()
		d.Result = ""
		for i := range d.Enquiries {
			d.Enquiries[i].What, d.Enquiries[i].Answer = "", ""
		}
		c.Dispute = d
	}
	if c.Rating != nil {
		c.Rating = &Rating{Score: c.Rating.Score, Helped: c.Rating.Helped, At: c.Rating.At}
	}
}
