package tickets

import (
	"slices"
	"time"

	"otvet/tickets/policy"
)

// maxTasks bounds how many tasks a ticket may have.
const maxTasks = 50

// Task is work that a department does for a ticket. What is said in it stays inside.
type Task struct {
	ID         int       `json:"id"` // from 1, within the ticket
	Department string    `json:"department"`
	What       string    `json:"what"`
	OpenedAt   time.Time `json:"opened_at"`
	Due        time.Time `json:"due"`
	DoneAt     time.Time `json:"done_at,omitzero"`
	DoneBy     AgentID   `json:"done_by,omitempty"`
	Result     string    `json:"result,omitempty"`
	Dropped    bool      `json:"dropped,omitempty"` // not needed any more
}

func (t Task) open() bool { return t.DoneAt.IsZero() }

// TaskOpened asks a department for something. A zero Due takes the term of the rules.
type TaskOpened struct {
	Department string
	What       string
	Due        time.Time
}

// TaskDone ends a task with what came of it; Dropped says that it is not needed any more.
type TaskDone struct {
	ID      int
	Result  string
	Dropped bool
}

// Name implements Change.
func (TaskOpened) Name() string { return "task_opened" }

// Name implements Change.
func (TaskDone) Name() string { return "task_done" }

func (t Ticket) taskOpened(c TaskOpened, e Event) (Ticket, error) {
	busy := t.Case.Stage.in(StageAcknowledged, StageAssessed, StageInvestigated, StageAppealed, StageDisputed)
	if t.Status == StatusClosed || t.Kind.Procedure() && !busy || len(t.Case.Tasks) >= maxTasks {
		return t, t.refuse(c)
	}
	var invalid InvalidError
	department, code := field(c.Department, MaxCategory)
	invalid.add("department", code)
	what, code := field(c.What, maxRemedy)
	invalid.add("what", code)
	if !c.Due.IsZero() && !c.Due.After(e.At) {
		invalid.add("due", Unknown)
	}
	if err := invalid.orNil(); err != nil {
		return t, err
	}
	due := c.Due
	if term, ok := t.term(policy.RuleTask); ok && due.IsZero() {
		due = t.Rules.Calendar().Add(e.At, term.Limit)
	}
	n := len(t.Case.Tasks)
	t.Case.Tasks = append(t.Case.Tasks[:n:n], Task{ID: n + 1, Department: department, What: what, OpenedAt: e.At, Due: due})
	return t, nil
}

func (t Ticket) taskDone(c TaskDone, e Event) (Ticket, error) {
	at := slices.IndexFunc(t.Case.Tasks, func(k Task) bool { return k.ID == c.ID && k.open() })
	if at < 0 || t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	result, err := required("result", c.Result, maxRemedy)
	if err != nil {
		return t, err
	}
	t.Case.Tasks = slices.Clone(t.Case.Tasks)
	k := &t.Case.Tasks[at]
	k.DoneAt, k.DoneBy, k.Result, k.Dropped = e.At, e.Actor.Agent, result, c.Dropped
	return t, nil
}

// dropTasks ends every open task of a case that is over.
func (c *Case) dropTasks(at time.Time) {
	c.Tasks = slices.Clone(c.Tasks)
	for i := range c.Tasks {
		if c.Tasks[i].open() {
			c.Tasks[i].DoneAt, c.Tasks[i].Dropped = at, true
		}
	}
}
