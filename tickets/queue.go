package tickets

import (
	"time"

	"otvet/kb"
)

// Filter selects tickets of the queue. Zero values select everything but solved and
// closed tickets.
type Filter struct {
	Statuses []Status // empty: new, open, pending, on-hold
	Category string
	Locale   kb.Locale
	Assignee AgentID // 0: any
	Text     string  // words in subject, messages, contact or number; finds word forms
	Page     int     // from 1; 0 means 1

	Kind       Kind
	Stage      Stage
	Department string
	Reviewer   AgentID // whose second review a decision waits for; 0: any
	Overdue    bool    // a clock of ours has run out at Now, and is still owed

	Now time.Time // by which clocks are judged; zero lets the store take its own time
}

// QueuePage is one page of the queue: safety first, then what is at risk ([Ticket.RiskAt]),
// then the rest, each in order of arrival.
type QueuePage struct {
	Items []QueueItem
	Total int
	Page  int
	Pages int
}

// QueueItem is a line of the queue.
type QueueItem struct {
	Ticket   Ticket
	LastBy   ActorKind // author of the last public message
	LastAt   time.Time
	Assignee string // name; empty: nobody
	AtRisk   bool   // a clock has little time left, or none
}
