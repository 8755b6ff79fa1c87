package desk

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// alarm gives a ticket the priority before all others.
func alarm() act {
	return act{
		name: "alarm", part: partCare,
		example: func(scene) tickets.Change { return tickets.SafetyRaised{} },
		fields:  func(scene) []field { return nil },
		change:  func(input) (tickets.Change, error) { return tickets.SafetyRaised{}, nil },
		wish:    func(s scene, _ input) string { return s.T("desk.act.alarm.title") },
		about:   func(s scene) string { return s.T("desk.alarm.about") },
	}
}

// allClear takes it away.
func allClear() act {
	return act{
		name: "all-clear", part: partCare,
		example: func(scene) tickets.Change { return tickets.SafetyCleared{Reason: "example"} },
		fields:  func(s scene) []field { return []field{short("reason", s.T("desk.clear.reason"))} },
		change:  func(in input) (tickets.Change, error) { return tickets.SafetyCleared{Reason: in.text("reason")}, nil },
		about:   func(s scene) string { return s.T("desk.clear.about") },
	}
}

// accusation names the agent whom a case is about, who then has no part in it.
func accusation() act {
	return act{
		name: "accuse", part: partCare,
		example: func(s scene) tickets.Change { return tickets.Accused{} },
		fields: func(s scene) []field {
			return []field{selection("agent", s.T("desk.accuse.agent"), s.accusable())}
		},
		change: func(in input) (tickets.Change, error) {
			id, err := strconv.ParseInt(in.text("agent"), 10, 64)
			if err != nil || id != 0 && in.scene.agent(in.text("agent")) == "" {
				return nil, unknown("agent")
			}
			return tickets.Accused{Agent: tickets.AgentID(id)}, nil
		},
		wish: func(s scene, in input) string {
			if name := s.agent(in.text("agent")); name != "" {
				return s.T("desk.conflict.accuse", name)
			}
			return s.T("desk.conflict.accuse_nobody")
		},
		about: func(s scene) string { return s.T("desk.accuse.about") },
	}
}

// accusable returns whom a case can be about, and nobody.
func (s scene) accusable() []choice {
	chosen := s.ticket.Case.Against
	choices := []choice{{agentValue(0), s.T("desk.assign.nobody"), chosen == 0}}
	for _, a := range s.agents {
		if !a.Disabled || a.ID == chosen {
			choices = append(choices, choice{agentValue(a.ID), a.Name, a.ID == chosen})
		}
	}
	return choices
}

// hold keeps everything about a ticket from being erased.
func hold() act {
	return act{
		name: "hold", part: partCare,
		example: func(s scene) tickets.Change {
			return tickets.Held{Reason: s.ticket.Case.Hold + "example"} // another reason than it has
		},
		fields: func(s scene) []field {
			return []field{short("reason", s.T("desk.hold.reason")).holding(s.ticket.Case.Hold)}
		},
		change: func(in input) (tickets.Change, error) {
			return renamed(tickets.Held{Reason: in.text("reason")}, in.text("reason"), "reason")
		},
		about: func(s scene) string { return s.T("desk.hold.about") },
	}
}

// release lifts the hold.
func release() act {
	return act{
		name: "release", part: partCare,
		example: func(scene) tickets.Change { return tickets.Held{} },
		fields:  func(scene) []field { return nil },
		change:  func(input) (tickets.Change, error) { return tickets.Held{}, nil },
		wish:    func(s scene, _ input) string { return s.T("desk.act.release.title") },
	}
}

// merge ends a ticket that is about the same matter as another.
func merge() act {
	return act{
		name: "merge", part: partCare, letter: true,
		example: func(scene) tickets.Change { return tickets.Merged{Into: "example"} },
		fields: func(s scene) []field {
			into := line("into", s.T("desk.merge.into")).with(s.T("desk.merge.hint"))
			into.Max = 20
			return []field{into, tick("checked", s.T("desk.merge.checked")).with(s.T("desk.merge.checked_hint"))}
		},
		change: func(in input) (tickets.Change, error) {
			into, err := tickets.ParseNumber(in.text("into"))
			if err != nil || into == in.scene.ticket.Number {
				return nil, unknown("into")
			}
			return tickets.Merged{Into: into}, nil
		},
		about:  func(s scene) string { return s.T("desk.merge.about") },
		commit: commitMerge,
	}
}

// unmerge takes a merge back.
func unmerge() act {
	return act{
		name: "unmerge", part: partCare,
		example: func(scene) tickets.Change { return tickets.Unmerged{} },
		fields:  func(scene) []field { return nil },
		change:  func(input) (tickets.Change, error) { return tickets.Unmerged{}, nil },
		wish:    func(s scene, _ input) string { return s.T("desk.act.unmerge.title") },
		commit:  commitUnmerge,
	}
}

// commitMerge changes both tickets. What is shown next is the one that has ended.
func commitMerge(ctx context.Context, d *Desk, s step, e tickets.Event) (tickets.Ticket, error) {
	merged, ok := e.Change.(tickets.Merged)
	if !ok {
		return tickets.Ticket{}, fmt.Errorf("merge ticket %s: the change is %s", s.Number, e.Change.Name())
	}
	after, err := d.Store.MergeTickets(ctx, postgres.Merging{
		From: s.Number, Into: merged.Into, Checked: s.values.Get("checked") == "yes",
	}, s.Version, e)
	if errors.Is(err, tickets.ErrNotFound) {
		return after, unknown("into") // this ticket was found a moment ago
	}
	return after, err
}

func commitUnmerge(ctx context.Context, d *Desk, s step, e tickets.Event) (tickets.Ticket, error) {
	return d.Store.UnmergeTickets(ctx, s.Number, s.Version, e)
}
