package desk

import (
	"strconv"

	"otvet/tickets"
)

// referral notes that the player took the case to a dispute body.
func referral() act {
	return act{
		name: "refer", part: partOutside,
		example: func(scene) tickets.Change { return tickets.Referred{Body: "example"} },
		fields: func(s scene) []field {
			return []field{line("service", s.T("desk.refer.service"))}
		},
		change: func(in input) (tickets.Change, error) {
			return renamed(tickets.Referred{Body: in.text("service")}, in.text("service"), "service")
		},
		about: func(s scene) string { return s.T("desk.refer.about") },
	}
}

// renamed refuses an empty value under the name that the form has for it, where the domain
// calls it otherwise.
func renamed(c tickets.Change, value, name string) (tickets.Change, error) {
	if value == "" {
		return nil, missing(name)
	}
	return c, nil
}

// enquiry notes what the dispute body wants to know.
func enquiry() act {
	return act{
		name: "enquiry", part: partOutside,
		example: func(scene) tickets.Change { return tickets.EnquiryReceived{What: "example"} },
		fields:  func(s scene) []field { return []field{text("what", s.T("desk.enquiry.what"))} },
		change:  func(in input) (tickets.Change, error) { return tickets.EnquiryReceived{What: in.text("what")}, nil },
	}
}

// enquiryAnswer notes that it was answered.
func enquiryAnswer() act {
	return act{
		name: "enquiry-answer", part: partOutside,
		example: func(s scene) tickets.Change {
			for _, q := range s.openEnquiries() {
				return tickets.EnquiryAnswered{ID: q.ID, Answer: "example"}
			}
			return tickets.EnquiryAnswered{}
		},
		fields: func(s scene) []field {
			var open []choice
			for i, q := range s.openEnquiries() {
				open = append(open, choice{strconv.Itoa(q.ID), s.T("desk.enquiry.choice", s.Number(q.ID), q.What), i == 0})
			}
			return []field{
				selection("enquiry", s.T("desk.enquiry.which"), open),
				text("answer", s.T("desk.enquiry.answer")),
			}
		},
		change: func(in input) (tickets.Change, error) {
			id, err := strconv.Atoi(in.text("enquiry"))
			if err != nil {
				return nil, missing("enquiry")
			}
			return tickets.EnquiryAnswered{ID: id, Answer: in.text("answer")}, nil
		},
	}
}

// openEnquiries returns what the dispute body still waits for.
func (s scene) openEnquiries() (open []tickets.Enquiry) {
	if s.ticket.Case.Dispute == nil {
		return nil
	}
	for _, q := range s.ticket.Case.Dispute.Enquiries {
		if q.AnsweredAt.IsZero() {
			open = append(open, q)
		}
	}
	return open
}

// disputeEnd notes what the dispute body decided.
func disputeEnd() act {
	return act{
		name: "dispute-end", part: partOutside,
		example: func(scene) tickets.Change { return tickets.DisputeEnded{Result: "example"} },
		fields:  func(s scene) []field { return []field{text("result", s.T("desk.dispute.result"))} },
		change:  func(in input) (tickets.Change, error) { return tickets.DisputeEnded{Result: in.text("result")}, nil },
	}
}
