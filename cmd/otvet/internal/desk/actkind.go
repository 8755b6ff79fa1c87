package desk

import (
	"slices"

	"otvet/tickets"
)

// acknowledgement notes that the player knows of the case without a letter: by phone, or
// on the page.
func acknowledgement() act {
	return act{
		name: "acknowledge", part: partCase,
		example: func(scene) tickets.Change { return tickets.Acknowledged{} },
		fields:  func(scene) []field { return nil },
		change:  func(input) (tickets.Change, error) { return tickets.Acknowledged{}, nil },
		wish:    func(s scene, _ input) string { return s.T("desk.act.acknowledge.title") },
		about:   func(s scene) string { return s.T("desk.acknowledge.about") },
	}
}

// complaint makes a complaint of anything else with one click. The clocks start when the
// matter reached us.
func complaint() act {
	return act{
		name: "complaint", part: partSide, letter: true,
		example: scene.toComplaint,
		fields:  func(scene) []field { return nil },
		change:  func(in input) (tickets.Change, error) { return in.scene.toComplaint(), nil },
		wish:    func(s scene, _ input) string { return s.T("desk.act.complaint.title") },
	}
}

// toComplaint makes a complaint of what is no case yet; a case changes its kind otherwise.
func (s scene) toComplaint() tickets.Change {
	if s.ticket.Kind.Procedure() {
		return tickets.KindSet{}
	}
	return tickets.KindSet{To: tickets.KindComplaint}
}

// kindChange corrects the kind where the player need not be told why.
func kindChange() act {
	return act{
		name: "kind", part: partCare,
		example: func(s scene) tickets.Change {
			for _, k := range s.otherKinds() {
				return tickets.KindSet{To: k}
			}
			return tickets.KindSet{}
		},
		fields: func(s scene) []field {
			return []field{selection("kind", s.T("desk.case.kind"), s.kinds(s.otherKinds()))}
		},
		change: func(in input) (tickets.Change, error) {
			to := tickets.Kind(in.text("kind"))
			if !slices.Contains(in.scene.otherKinds(), to) {
				return nil, unknown("kind")
			}
			return tickets.KindSet{To: to}, nil
		},
		wish: func(s scene, in input) string {
			return s.T("desk.conflict.kind", s.kindOf(tickets.Kind(in.text("kind"))))
		},
	}
}

// otherKinds returns what a ticket can become without a word to the player. A case stays
// one: see notComplaint.
func (s scene) otherKinds() (kinds []tickets.Kind) {
	for _, k := range tickets.Kinds() {
		if k != s.ticket.Kind && (k.Procedure() || !s.ticket.Kind.Procedure()) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

func (w words) kindOf(k tickets.Kind) string { return w.T("desk.kinds." + string(k)) }

// kinds returns kinds as choices.
func (w words) kinds(all []tickets.Kind) []choice {
	var choices []choice
	for _, k := range all {
		choices = append(choices, choice{string(k), w.kindOf(k), false})
	}
	return choices
}

// notComplaint turns a case back into a question, with a letter that says why and how to
// object.
func notComplaint() act {
	return act{
		name: "question", part: partCare, letter: true,
		example: func(s scene) tickets.Change { return s.toQuestion("example") },
		fields:  func(s scene) []field { return []field{text("reason", s.T("desk.question.reason")).told()} },
		change:  func(in input) (tickets.Change, error) { return in.scene.toQuestion(in.text("reason")), nil },
		about:   func(s scene) string { return s.T("desk.question.about") },
	}
}

// toQuestion makes a question of a case; what is none changes its kind otherwise.
func (s scene) toQuestion(reason string) tickets.Change {
	if !s.ticket.Kind.Procedure() {
		return tickets.KindSet{}
	}
	return tickets.KindSet{To: tickets.KindQuestion, Reason: reason, Review: s.review()}
}
