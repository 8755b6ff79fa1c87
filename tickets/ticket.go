package tickets

import (
	"cmp"
	"time"

	"otvet/kb"
)

// CategoryUnsure is the category of a player who does not know which to take. All
// other categories are those of the content.
const CategoryUnsure = "unsure"

// Ticket is one request of one player.
type Ticket struct {
	ID        int64 // internal; never shown
	Number    Number
	Version   int // grows with each event; guards against stale forms
	Status    Status
	Priority  Priority
	Category  string
	Locale    kb.Locale // the player's language
	Subject   string
	Requester Requester
	Assignee  AgentID // 0: nobody
	CreatedAt time.Time
	UpdatedAt time.Time
}

// NewTicket is what opens a ticket.
type NewTicket struct {
	Key       string // idempotency key, 16 to 255 characters: the same key opens one ticket
	Visit     string // links what the visitor had asked before; may be empty
	Locale    kb.Locale
	Category  string
	Subject   string
	Body      string
	Requester Requester
	Priority  Priority
	At        time.Time // zero lets the store take its own time
}

// Validate cleans the texts and checks every field but the requester's shape, which
// ParseRequester did; knows tells whether a category exists. An empty Priority becomes
// PriorityNormal. The error is an *InvalidError with the fields category, subject, body,
// contact, key, visit, locale, priority.
func (n NewTicket) Validate(knows func(category string) bool) (NewTicket, error) {
	var invalid InvalidError
	var code Code
	if n.Category == "" {
		invalid.add("category", Required)
	} else if n.Category != CategoryUnsure && !knows(n.Category) {
		invalid.add("category", Unknown)
	}
	n.Subject, code = field(n.Subject, MaxSubject)
	invalid.add("subject", code)
	n.Body, code = field(n.Body, MaxBody)
	invalid.add("body", code)
	if n.Requester == (Requester{}) {
		invalid.add("contact", Required)
	}
	invalid.add("key", checkKey(n.Key, MinKey))
	invalid.add("visit", checkKey(n.Visit, 0))
	if !n.Locale.Valid() {
		invalid.add("locale", Unknown)
	}
	n.Priority = cmp.Or(n.Priority, PriorityNormal)
	if !n.Priority.Valid() {
		invalid.add("priority", Unknown)
	}
	return n, invalid.orNil()
}

// Apply returns the ticket after the event. It holds every rule; a refused event is a
// *TransitionError or an *InvalidError, and the ticket is returned unchanged.
func (t Ticket) Apply(e Event) (Ticket, error) {
	if err := e.check(); err != nil {
		return t, err
	}
	changed, err := t.change(e)
	if err != nil {
		return t, err
	}
	changed.Version++
	changed.UpdatedAt = e.At
	return changed, nil
}

// change may return a half-changed ticket with an error; Apply does not.
func (t Ticket) change(e Event) (Ticket, error) {
	switch c := e.Change.(type) {
	case Noted:
		_, err := CleanBody(c.Body)
		return t, err
	case PlayerReplied:
		return t.playerReplied(c)
	case AgentReplied:
		return t.agentReplied(c)
	case StatusSet:
		return t.become(c.To, c)
	case CategorySet:
		return t.recategorise(c)
	case Assigned:
		return t.assign(c)
	case PlayerClosed:
		if t.Status == StatusClosed {
			return t, &TransitionError{From: t.Status, Change: c.Name()}
		}
		t.Status = StatusClosed
		return t, nil
	}
	return t, &TransitionError{From: t.Status, Change: e.Change.Name()}
}
