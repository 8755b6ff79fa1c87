package desk

import (
	"otvet/tickets"
)

// assessment is the first look at a case, or a new one.
func assessment() act {
	return act{
		name: "assess", part: partCase,
		example: func(scene) tickets.Change {
			return tickets.Assessed{Severity: "low", Complexity: "simple", Impact: "one", Nature: tickets.NatureConduct}
		},
		fields: func(s scene) []field {
			return []field{
				radio("severity", s.T("desk.assess.severity"), values(s.words, "desk.severity.", tickets.Severities())),
				radio("complexity", s.T("desk.assess.complexity"), values(s.words, "desk.complexity.", tickets.Complexities())),
				radio("impact", s.T("desk.assess.impact"), values(s.words, "desk.impact.", tickets.Impacts())),
				radio("nature", s.T("desk.assess.nature"), values(s.words, "desk.nature.", natures())),
				tick("gambling", s.T("desk.assess.gambling")),
				tick("safety", s.T("desk.assess.safety")),
				short("immediate", s.T("desk.assess.immediate")).optional(),
			}
		},
		change: func(in input) (tickets.Change, error) {
			return tickets.Assessed{
				Severity: tickets.Severity(in.text("severity")), Complexity: tickets.Complexity(in.text("complexity")),
				Impact: tickets.Impact(in.text("impact")), Nature: tickets.Nature(in.text("nature")),
				Gambling: in.yes("gambling"), Safety: in.yes("safety"), Immediate: in.text("immediate"),
			}, nil
		},
	}
}

func natures() []tickets.Nature {
	return []tickets.Nature{tickets.NatureTransaction, tickets.NatureConduct}
}

// values returns values of the domain as choices; their words are messages that begin
// alike.
func values[T ~string](w words, key string, all []T) []choice {
	choices := make([]choice, len(all))
	for i, v := range all {
		choices[i] = choice{string(v), w.T(key + string(v)), false}
	}
	return choices
}

// yesNo returns the choices of a question.
func yesNo(yes, no string) []choice { return []choice{{"yes", yes, false}, {"no", no, false}} }

// lateJudgement decides how a case goes on that was filed late.
func lateJudgement() act {
	return act{
		name: "late", part: partCase,
		example: func(scene) tickets.Change { return tickets.LateJudged{Pursued: true, Reason: "example"} },
		fields: func(s scene) []field {
			return []field{
				radio("pursued", s.T("desk.late.pursued"), yesNo(s.T("desk.late.yes"), s.T("desk.late.no"))),
				short("reason", s.T("desk.late.reason")),
			}
		},
		change: func(in input) (tickets.Change, error) {
			if v := in.text("pursued"); v != "yes" && v != "no" {
				return nil, missing("pursued")
			}
			return tickets.LateJudged{Pursued: in.yes("pursued"), Reason: in.text("reason")}, nil
		},
		about: func(s scene) string { return s.T("desk.late.about") },
	}
}

func missing(field string) error {
	return &tickets.InvalidError{Fields: []tickets.FieldError{{Field: field, Code: tickets.Required}}}
}

// findings record what the investigation found.
func findings() act {
	return act{
		name: "findings", part: partCase,
		example: func(scene) tickets.Change { return tickets.Found{Text: "example", Cause: "none-found"} },
		fields: func(s scene) []field {
			found := s.ticket.Case.Findings
			return []field{
				text("findings", s.T("desk.findings.text")).holding(found.Text),
				selection("cause", s.T("desk.findings.cause"), selected(values(s.words, "desk.cause.", tickets.Causes()), string(found.Cause))),
				short("corrective", s.T("desk.findings.corrective")).optional().holding(found.Corrective),
			}
		},
		change: func(in input) (tickets.Change, error) {
			return tickets.Found{Text: in.text("findings"), Cause: tickets.Cause(in.text("cause")), Corrective: in.text("corrective")}, nil
		},
		about: func(s scene) string { return s.T("desk.findings.about") },
	}
}

// closing ends a case after the final response.
func closing() act {
	return act{
		name: "close", part: partCase, letter: true,
		example: func(scene) tickets.Change { return tickets.Closed{} },
		fields:  func(scene) []field { return nil },
		change:  func(input) (tickets.Change, error) { return tickets.Closed{}, nil },
		wish:    func(s scene, _ input) string { return s.T("desk.act.close.title") },
		about:   func(s scene) string { return s.T("desk.close.about") },
	}
}
