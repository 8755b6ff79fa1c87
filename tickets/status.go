package tickets

import "slices"

// Status is where a ticket stands.
type Status string

// The statuses.
const (
	StatusNew     Status = "new"     // nobody has taken it up
	StatusOpen    Status = "open"    // waits for us
	StatusPending Status = "pending" // waits for the player
	StatusOnHold  Status = "on-hold" // waits for someone else
	StatusSolved  Status = "solved"  // answered; a reply opens it again
	StatusClosed  Status = "closed"  // ended
)

// Statuses returns every status in the order of a ticket's life.
func Statuses() []Status {
	return []Status{StatusNew, StatusOpen, StatusPending, StatusOnHold, StatusSolved, StatusClosed}
}

// Valid reports whether s is one of [Statuses].
func (s Status) Valid() bool { return slices.Contains(Statuses(), s) }

// next is the status table: what an agent may set by hand. "new" is never set,
// "closed" follows only "solved" and has no way back.
var next = map[Status][]Status{
	StatusNew:     {StatusOpen, StatusPending, StatusOnHold, StatusSolved},
	StatusOpen:    {StatusPending, StatusOnHold, StatusSolved},
	StatusPending: {StatusOpen, StatusOnHold, StatusSolved},
	StatusOnHold:  {StatusOpen, StatusPending, StatusSolved},
	StatusSolved:  {StatusOpen, StatusClosed},
	StatusClosed:  {},
}

// Next returns the statuses that an agent may set from s.
func (s Status) Next() []Status { return slices.Clone(next[s]) }

// Priority decides what overtakes the chronological order.
type Priority string

// The priorities.
const (
	PriorityNormal Priority = "normal"
	PrioritySafety Priority = "safety" // someone may be in distress: always first
)

// Valid reports whether p is a priority.
func (p Priority) Valid() bool { return p == PriorityNormal || p == PrioritySafety }
