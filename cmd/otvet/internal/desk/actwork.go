package desk

import (
	"strconv"

	"otvet/tickets"
)

// escalation passes a ticket to the next level, with a letter.
func escalation() act {
	return act{
		name: "escalate", letter: true, part: partWork,
		example: func(s scene) tickets.Change {
			return tickets.Escalated{Department: "example", Reason: "example", Review: s.review()}
		},
		fields: func(s scene) []field {
			return []field{s.departmentField(), text("reason", s.T("desk.escalate.reason")).told()}
		},
		change: func(in input) (tickets.Change, error) {
			return tickets.Escalated{Department: in.text("department"), Reason: in.text("reason"), Review: in.scene.review()}, nil
		},
		about: func(s scene) string { return s.T("desk.escalate.about", s.Number(s.ticket.Case.Level+1)) },
	}
}

// taskOpening asks a department for something.
func taskOpening() act {
	return act{
		name: "task", part: partWork,
		example: func(scene) tickets.Change { return tickets.TaskOpened{Department: "example", What: "example"} },
		fields: func(s scene) []field {
			return []field{
				s.departmentField(),
				short("what", s.T("desk.task.what")),
				day("due", s.T("desk.task.due")).with(s.T("desk.task.due_hint")),
			}
		},
		change: func(in input) (tickets.Change, error) {
			due, err := in.day("due")
			if err != nil {
				return nil, err
			}
			if !due.IsZero() {
				due = due.AddDate(0, 0, 1) // the whole day counts
			}
			return tickets.TaskOpened{Department: in.text("department"), What: in.text("what"), Due: due}, nil
		},
		about: func(s scene) string { return s.T("desk.task.about") },
	}
}

// taskEnd notes what came of a task.
func taskEnd() act {
	return act{
		name: "task-done", part: partWork,
		example: func(s scene) tickets.Change {
			for _, k := range s.openTasks() {
				return tickets.TaskDone{ID: k.ID, Result: "example"}
			}
			return tickets.TaskDone{}
		},
		fields: func(s scene) []field {
			var open []choice
			for i, k := range s.openTasks() {
				open = append(open, choice{strconv.Itoa(k.ID), s.T("desk.task.choice", s.Number(k.ID), s.department(k.Department), k.What), i == 0})
			}
			return []field{
				selection("task", s.T("desk.task.which"), open),
				short("result", s.T("desk.task.result")),
				tick("dropped", s.T("desk.task.dropped")),
			}
		},
		change: func(in input) (tickets.Change, error) {
			id, err := strconv.Atoi(in.text("task"))
			if err != nil {
				return nil, missing("task")
			}
			return tickets.TaskDone{ID: id, Result: in.text("result"), Dropped: in.yes("dropped")}, nil
		},
	}
}

// openTasks returns the tasks that departments still have.
func (s scene) openTasks() (open []tickets.Task) {
	for _, k := range s.ticket.Case.Tasks {
		if k.DoneAt.IsZero() {
			open = append(open, k)
		}
	}
	return open
}
