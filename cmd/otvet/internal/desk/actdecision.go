package desk

import (
	"otvet/tickets"
)

// decision decides a case. It goes to the player when another person has reviewed it. After
// a review that returned it, the form holds what was decided before.
func decision() act {
	return act{
		name: "decide", part: partCase, letter: true,
		example: func(s scene) tickets.Change {
			c := tickets.Decided{Reasons: "example", Remedy: "example", Measures: "example"}
			for _, o := range s.ticket.Kind.Outcomes() {
				c.Outcome = o
			}
			return c
		},
		fields: func(s scene) []field {
			d := s.returned()
			outcomes := selected(values(s.words, "desk.outcomes.", s.ticket.Kind.Outcomes()), string(d.Outcome))
			remedy := short("remedy", s.T("desk.decide.remedy")).optional().told().holding(d.Remedy).with(s.T("desk.decide.remedy_hint"))
			remedy.Promises = true
			fields := []field{
				radio("outcome", s.T("desk.decide.outcome"), outcomes),
				text("reasons", s.T("desk.decide.reasons")).told().holding(d.Reasons).with(s.T("desk.decide.reasons_hint")),
				remedy,
				short("measures", s.T("desk.decide.measures")).told().holding(d.Measures).with(s.T("desk.decide.measures_hint")),
			}
			if s.ticket.Case.Stage == tickets.StageDisputed {
				return fields // final in any case
			}
			return append(fields, radio("ending", s.T("desk.decide.ending"), s.endings()))
		},
		change: func(in input) (tickets.Change, error) {
			return tickets.Decided{
				Outcome: tickets.Outcome(in.text("outcome")), Reasons: in.text("reasons"), Remedy: in.text("remedy"),
				Measures: in.text("measures"), Final: in.text("ending") == "final", Deadlock: in.text("ending") == "deadlock",
			}, nil
		},
		about: scene.whoMayNotDecide,
	}
}

// endings are what a decision leaves open.
func (s scene) endings() []choice {
	return []choice{
		{"open", s.T("desk.decide.open"), true},
		{"final", s.T("desk.decide.final"), false},
		{"deadlock", s.T("desk.decide.deadlock"), false},
	}
}

// returned is the decision that a reviewer sent back last; empty when none was.
func (s scene) returned() tickets.Decision {
	all := s.ticket.Case.Decisions
	if len(all) == 0 || all[len(all)-1].Approved || all[len(all)-1].ReviewedBy == 0 {
		return tickets.Decision{}
	}
	return all[len(all)-1]
}

// whoMayNotDecide names those who had a part in what is appealed.
func (s scene) whoMayNotDecide() string {
	var names []string
	for _, a := range s.agents {
		if !a.Disabled && !s.ticket.MayDecide(a.ID) {
			names = append(names, a.Name)
		}
	}
	if len(names) == 0 || s.ticket.Case.Appeals == 0 {
		return ""
	}
	return s.T("desk.decide.not_by", s.list(names))
}

// review approves a decision, which is told to the player with it, or returns it.
func review() act {
	return act{
		name: "review", part: partCase, letter: true,
		example: func(scene) tickets.Change { return tickets.DecisionReviewed{Approve: true} },
		fields: func(s scene) []field {
			return []field{
				radio("verdict", s.T("desk.review.verdict"), []choice{
					{"approve", s.T("desk.review.approve"), false}, {"return", s.T("desk.review.return"), false},
				}),
				short("note", s.T("desk.review.note")).optional().with(s.T("desk.review.note_hint")),
			}
		},
		change: func(in input) (tickets.Change, error) {
			switch in.text("verdict") {
			case "approve":
				return tickets.DecisionReviewed{Approve: true, Note: in.text("note")}, nil
			case "return":
				return tickets.DecisionReviewed{Note: in.text("note")}, nil
			}
			return nil, missing("verdict")
		},
		about: func(s scene) string { return s.T("desk.review.about") },
		read:  scene.underReview,
	}
}

// underReview is what a reviewer looks at: what was found, and what was decided last.
func (s scene) underReview() []chapter {
	decisions := s.decisionChapters()
	return append(s.findingsChapter(), decisions[max(0, len(decisions)-1):]...)
}

// notYours says for whom a step is, when it is not for the agent who looks.
func (s scene) notYours(act string) string {
	c := s.ticket.Case
	if n := len(c.Decisions); act == "review" && n > 0 && c.Decisions[n-1].By == s.me {
		return s.T("desk.trouble.own_decision")
	}
	if act == "review" || act == "decide" {
		return s.T("desk.trouble.had_part")
	}
	return s.T("desk.trouble.not_yours")
}
