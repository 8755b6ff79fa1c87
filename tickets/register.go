package tickets

import "time"

// Registered is a line of the register of complaints: what a regulator asks for (UK
// Gambling Commission, guidance on complaints, §17). Times that are none are left out.
type Registered struct {
	Number       Number    `json:"number"`
	Kind         Kind      `json:"kind"`
	Type         string    `json:"type"` // the category
	Nature       Nature    `json:"nature,omitempty"`
	Channel      Channel   `json:"channel"`
	Account      string    `json:"account,omitempty"` // on the operator's site, else the contact given; empty when erased
	Details      string    `json:"details,omitempty"` // the subject; empty when erased
	Submitted    time.Time `json:"submitted"`
	Acknowledged time.Time `json:"acknowledged,omitzero"`
	Answered     time.Time `json:"answered,omitzero"`
	Closed       time.Time `json:"closed,omitzero"`
	Stage        Stage     `json:"stage"`
	Outcome      Outcome   `json:"outcome,omitempty"`
	Late         bool      `json:"late"`
	Appeals      int       `json:"appeals"`
	DisputeBody  string    `json:"dispute_body,omitempty"`
	Referred     time.Time `json:"referred,omitzero"`
	Rules        string    `json:"rules"`
	Erased       time.Time `json:"erased,omitzero"`
}

// Registered returns the ticket's line.
func (t Ticket) Registered() Registered {
	c := t.Case
	r := Registered{
		Number: t.Number, Kind: t.Kind, Type: t.Category, Nature: c.Nature, Channel: t.Channel,
		Account: t.Requester.Contact(), Details: t.Subject,
		Submitted: c.ReceivedAt, Acknowledged: c.AcknowledgedAt, Answered: c.AnsweredAt, Closed: c.ClosedAt,
		Stage: c.Stage, Late: c.Late, Appeals: c.Appeals, Erased: c.ErasedAt,
	}
	if t.Account != (Account{}) {
		r.Account = t.Account.Subject
	}
	if d := c.decision(); d != nil && d.Approved {
		r.Outcome = d.Outcome
	}
	if c.Dispute != nil {
		r.DisputeBody, r.Referred = c.Dispute.Body, c.Dispute.At
	}
	if t.Rules != nil {
		r.Rules = t.Rules.Ref().String()
	}
	return r
}
