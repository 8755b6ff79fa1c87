package tickets

import (
	"slices"
	"time"
)

// Dispute is what happens outside: the body that the player took the case to, and what it
// wants of us.
type Dispute struct {
	Body      string    `json:"body"`
	At        time.Time `json:"at"`
	Enquiries []Enquiry `json:"enquiries,omitempty"`
	Result    string    `json:"result,omitempty"`
	EndedAt   time.Time `json:"ended_at,omitzero"`
}

// Enquiry is a question of the dispute body, which has a deadline (UKGC: ten working
// days).
type Enquiry struct {
	ID         int       `json:"id"` // from 1, within the case
	What       string    `json:"what"`
	At         time.Time `json:"at"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	Answer     string    `json:"answer,omitempty"`
}

func (q Enquiry) open() bool { return q.AnsweredAt.IsZero() }

// external reports whether a dispute body has the case.
func (d *Dispute) external() bool { return d != nil && d.EndedAt.IsZero() }

// since is when the body got the case; zero: none has it.
func (d *Dispute) since() time.Time {
	if !d.external() {
		return time.Time{}
	}
	return d.At
}

// asked reports whether the body waits for our answer.
func (d *Dispute) asked() bool { return d != nil && slices.ContainsFunc(d.Enquiries, Enquiry.open) }

// changed returns a copy that may be changed.
func (d *Dispute) changed() *Dispute {
	copied := *d
	copied.Enquiries = slices.Clone(d.Enquiries)
	return &copied
}

// Referred notes that the player took the case to a dispute body. It is possible after an
// outcome was told, even when the case is closed.
type Referred struct{ Body string }

// EnquiryReceived notes what the dispute body wants to know.
type EnquiryReceived struct{ What string }

// EnquiryAnswered notes that it was answered.
type EnquiryAnswered struct {
	ID     int
	Answer string
}

// DisputeEnded notes what the dispute body decided.
type DisputeEnded struct{ Result string }

// Name implements Change.
func (Referred) Name() string { return "referred" }

// Name implements Change.
func (EnquiryReceived) Name() string { return "enquiry_received" }

// Name implements Change.
func (EnquiryAnswered) Name() string { return "enquiry_answered" }

// Name implements Change.
func (DisputeEnded) Name() string { return "dispute_ended" }

func (t Ticket) referred(c Referred, e Event) (Ticket, error) {
	told := t.Case.Stage.in(StageAnswered, StageAppealed, StageDisputed, StageFinal, StageClosed)
	if !told || !t.Kind.complains() || t.Case.Dispute.external() || t.Case.MergedInto != "" {
		return t, t.refuse(c)
	}
	body, err := required("body", c.Body, maxFact)
	if err != nil {
		return t, err
	}
	t.Case.Dispute = &Dispute{Body: body, At: e.At}
	t.Case.Turns++ // the player's time to respond begins anew after it
	if t.Kind == KindComplaint {
		t.Kind = KindDispute
	}
	t.goOn(StageDisputed, e.At)
	return t, nil
}

func (t Ticket) enquiryReceived(c EnquiryReceived, e Event) (Ticket, error) {
	if !t.Case.Dispute.external() || len(t.Case.Dispute.Enquiries) >= maxTasks {
		return t, t.refuse(c)
	}
	what, err := required("what", c.What, MaxBody)
	if err != nil {
		return t, err
	}
	d := t.Case.Dispute.changed()
	d.Enquiries = append(d.Enquiries, Enquiry{ID: len(d.Enquiries) + 1, What: what, At: e.At})
	t.Case.Dispute = d
	return t, nil
}

func (t Ticket) enquiryAnswered(c EnquiryAnswered, e Event) (Ticket, error) {
	if !t.Case.Dispute.external() {
		return t, t.refuse(c)
	}
	d := t.Case.Dispute.changed()
	at := slices.IndexFunc(d.Enquiries, func(q Enquiry) bool { return q.ID == c.ID && q.open() })
	if at < 0 {
		return t, t.refuse(c)
	}
	answer, err := required("answer", c.Answer, MaxBody)
	if err != nil {
		return t, err
	}
	d.Enquiries[at].Answer, d.Enquiries[at].AnsweredAt = answer, e.At
	t.Case.Dispute = d
	return t, nil
}

// disputeEnded leaves a case whose final response was told with it, and one that still
// lacks it with us.
func (t Ticket) disputeEnded(c DisputeEnded, e Event) (Ticket, error) {
	if !t.Case.Dispute.external() || t.Case.Dispute.asked() {
		return t, t.refuse(c)
	}
	result, err := required("result", c.Result, MaxBody)
	if err != nil {
		return t, err
	}
	d := t.Case.Dispute.changed()
	d.Result, d.EndedAt = result, e.At
	t.Case.Dispute = d
	if t.Case.Stage == StageDisputed && t.decidedFinally() {
		t.Case.Stage, t.Case.AnsweredAt = StageFinal, e.At
	}
	return t, nil
}
