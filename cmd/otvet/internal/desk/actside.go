package desk

import (
	"strconv"

	"otvet/kb"
	"otvet/tickets"
)

// assignment gives a ticket to an agent, or to nobody.
func assignment() act {
	return act{
		name: "assign", part: partSide,
		example: func(s scene) tickets.Change { return tickets.Assigned{To: s.me} },
		fields: func(s scene) []field {
			return []field{selection("assign", s.T("desk.assign.label"), s.assignees())}
		},
		change: func(in input) (tickets.Change, error) {
			id, err := strconv.ParseInt(in.text("assign"), 10, 64)
			if err != nil {
				return nil, unknown("assign")
			}
			return tickets.Assigned{To: tickets.AgentID(id)}, nil
		},
		wish: func(s scene, in input) string {
			if name := s.agent(in.text("assign")); name != "" {
				return s.T("desk.conflict.assign", name)
			}
			return s.T("desk.conflict.assign_nobody")
		},
	}
}

// assignees returns to whom a ticket can be given: the agent who looks first, then the
// colleagues, then nobody.
func (s scene) assignees() []choice {
	chosen := s.ticket.Assignee
	choices := []choice{{agentValue(s.me), s.T("desk.assign.me"), chosen == s.me}}
	for _, a := range s.agents {
		if a.ID != s.me && a.ID != s.ticket.Case.Against && (!a.Disabled || a.ID == chosen) {
			choices = append(choices, choice{agentValue(a.ID), a.Name, a.ID == chosen})
		}
	}
	return append(choices, choice{agentValue(0), s.T("desk.assign.nobody"), chosen == 0})
}

func agentValue(id tickets.AgentID) string { return strconv.FormatInt(int64(id), 10) }

// agent returns the name of the agent with an ID as forms have it; empty: there is none.
func (s scene) agent(value string) string {
	for _, a := range s.agents {
		if agentValue(a.ID) == value {
			return a.Name
		}
	}
	return ""
}

// statusChange sets the status of a ticket without stages.
func statusChange() act {
	return act{
		name: "status", part: partSide,
		example: func(s scene) tickets.Change {
			for _, to := range s.nextStatuses() {
				return tickets.StatusSet{To: to}
			}
			return tickets.StatusSet{}
		},
		fields: func(s scene) []field {
			return []field{selection("status", s.T("desk.ticket.status"), s.statuses(s.nextStatuses(), ""))}
		},
		change: func(in input) (tickets.Change, error) {
			return tickets.StatusSet{To: tickets.Status(in.text("status"))}, nil
		},
		wish: func(s scene, in input) string {
			return s.T("desk.conflict.status", s.status(tickets.Status(in.text("status"))))
		},
	}
}

// nextStatuses returns what the status can become by hand now: nothing ends that we still
// owe.
func (s scene) nextStatuses() (possible []tickets.Status) {
	for _, to := range s.ticket.Status.Next() {
		if _, err := s.ticket.Apply(s.event(tickets.StatusSet{To: to})); err == nil {
			possible = append(possible, to)
		}
	}
	return possible
}

// categoryChange moves a ticket to another category.
func categoryChange() act {
	return act{
		name: "category", part: partSide,
		example: func(s scene) tickets.Change { return tickets.CategorySet{To: tickets.CategoryUnsure} },
		fields: func(s scene) []field {
			return []field{selection("category", s.T("desk.ticket.category"), s.categories(s.ticket.Category))}
		},
		change: func(in input) (tickets.Change, error) {
			to := in.text("category")
			return tickets.CategorySet{To: to}, in.scene.knowsCategory(to)
		},
		wish: func(s scene, in input) string { return s.T("desk.conflict.category", s.category(in.text("category"))) },
	}
}

func (s scene) knowsCategory(id string) error {
	if id == tickets.CategoryUnsure {
		return nil
	}
	for _, l := range kb.Locales() {
		if _, ok := s.library.Category(l, id); ok {
			return nil
		}
	}
	return unknown("category")
}

func unknown(field string) error {
	return &tickets.InvalidError{Fields: []tickets.FieldError{{Field: field, Code: tickets.Unknown}}}
}

// departmentChange gives a ticket to a department; the player is not told.
func departmentChange() act {
	return act{
		name: "department", part: partSide,
		example: func(scene) tickets.Change { return tickets.DepartmentSet{To: "example"} },
		fields: func(s scene) []field {
			return []field{s.departmentField().holding(s.ticket.Department)}
		},
		change: func(in input) (tickets.Change, error) {
			return tickets.DepartmentSet{To: in.text("department")}, nil
		},
		wish: func(s scene, in input) string {
			return s.T("desk.conflict.department", s.department(in.text("department")))
		},
	}
}

// departmentField asks for a department: one of the content's, or any where it lists none.
func (s scene) departmentField() field {
	var listed []choice
	if s.library != nil {
		for _, d := range s.library.Departments(s.locale) {
			listed = append(listed, choice{d.ID, d.Title, d.ID == s.ticket.Department})
		}
	}
	if len(listed) > 0 {
		return selection("department", s.T("desk.case.department"), listed)
	}
	f := line("department", s.T("desk.case.department"))
	f.Max = tickets.MaxCategory
	return f
}
