package desk

import (
	"otvet/tickets"
)

// reply is a message to the player. In a case with stages it is interim information: it
// ends nothing and stops no clock.
func reply() act {
	return act{
		name: "reply", letter: true, files: true, part: partTalk,
		example: func(s scene) tickets.Change {
			return tickets.AgentReplied{Body: "example", Then: tickets.StatusOpen, Review: s.review()}
		},
		fields: func(s scene) []field {
			body := text("body", s.T("desk.reply.label")).told()
			body.Rows++
			if s.ticket.Kind.Procedure() {
				return []field{body.with(s.T("desk.reply.interim")), set("then", "")}
			}
			after := []tickets.Status{tickets.StatusPending, tickets.StatusSolved, tickets.StatusOpen, tickets.StatusOnHold}
			return []field{body, selection("then", s.T("desk.reply.then"), s.statuses(after, tickets.StatusPending))}
		},
		change: func(in input) (tickets.Change, error) {
			then := tickets.Status(in.text("then"))
			return tickets.AgentReplied{Body: in.text("body"), Files: in.files, Then: then, Review: in.scene.review()}, nil
		},
		about: scene.playersLanguage,
	}
}

// playersLanguage says in which language to write, when it is not the desk's.
func (s scene) playersLanguage() string {
	if s.ticket.Locale == s.locale || s.ticket.Locale == "" {
		return ""
	}
	return s.T("desk.reply.language_" + string(s.ticket.Locale))
}

// note is an internal note.
func note() act {
	return act{
		name: "note", files: true, part: partTalk,
		example: func(scene) tickets.Change { return tickets.Noted{Body: "example"} },
		fields: func(s scene) []field {
			body := text("body", s.T("desk.note.field"))
			body.Rows = shortRows + 1
			return []field{body}
		},
		change: func(in input) (tickets.Change, error) {
			return tickets.Noted{Body: in.text("body"), Files: in.files}, nil
		},
	}
}

// infoRequest asks the player for something; the clocks that the rules say so stand still.
func infoRequest() act {
	return act{
		name: "info", letter: true, part: partWork,
		example: func(s scene) tickets.Change {
			return tickets.InfoAsked{Body: "example", Reason: "example", Review: s.review()}
		},
		fields: func(s scene) []field {
			return []field{
				text("body", s.T("desk.info.body")).told(),
				short("reason", s.T("desk.info.reason")).with(s.T("desk.info.reason_hint")),
			}
		},
		change: func(in input) (tickets.Change, error) {
			return tickets.InfoAsked{Body: in.text("body"), Reason: in.text("reason"), Review: in.scene.review()}, nil
		},
		about: scene.whetherItStops,
	}
}

// whetherItStops says what asking the player does to the day of the decision. It tries it
// on the ticket, whose rules know.
func (s scene) whetherItStops() string {
	if _, ok := s.ticket.FinalDue(); !ok {
		return ""
	}
	example := tickets.InfoAsked{Body: "example", Reason: "example", Review: s.review()}
	after, err := s.ticket.Apply(s.event(example))
	due, _ := after.FinalDue()
	switch {
	case err != nil:
		return ""
	case due.IsZero():
		return s.T("desk.info.stops")
	}
	return s.T("desk.info.goes_on", s.DateTime(due))
}

// resumption goes on without the player's answer.
func resumption() act {
	return act{
		name: "resume", part: partWork,
		example: func(scene) tickets.Change { return tickets.Resumed{Reason: "example"} },
		fields:  func(s scene) []field { return []field{short("reason", s.T("desk.resume.reason"))} },
		change:  func(in input) (tickets.Change, error) { return tickets.Resumed{Reason: in.text("reason")}, nil },
	}
}

// extension moves the day of the decision, as far as the rules allow.
func extension() act {
	return act{
		name: "extend", letter: true, part: partWork,
		example: func(s scene) tickets.Change { return tickets.Extended{Reason: "example", Review: s.review()} },
		fields: func(s scene) []field {
			return []field{text("reason", s.T("desk.extend.reason")).told()}
		},
		change: func(in input) (tickets.Change, error) {
			return tickets.Extended{Reason: in.text("reason"), Review: in.scene.review()}, nil
		},
		about: scene.newDay,
	}
}

// newDay says which day the decision would move to.
func (s scene) newDay() string {
	before, _ := s.ticket.FinalDue()
	after, err := s.ticket.Apply(s.event(tickets.Extended{Reason: "example", Review: s.review()}))
	due, ok := after.FinalDue()
	if err != nil || !ok || before.IsZero() {
		return ""
	}
	return s.T("desk.extend.new", s.DateTime(before), s.DateTime(due))
}
