package tickets

import "time"

// Message is one message of a ticket: to or from the player, or an internal note.
type Message struct {
	ID     int64
	Author Actor
	// AuthorName is the agent's name; empty for the player and the system.
	AuthorName string
	Public     bool // false: an internal note, for agents only
	Body       string
	At         time.Time
	Review     Review       // of an agent's public message
	Files      []Attachment // in the order in which they were attached
	From       Number       // the merged ticket that it was written to; empty: the ticket itself
	ErasedAt   time.Time    // when what it said was erased; zero: it was not
}

// CleanBody prepares a message's text: see Ticket.Apply. Error: *InvalidError on "body".
func CleanBody(s string) (string, error) {
	s, code := field(s, MaxBody)
	if code != "" {
		return s, &InvalidError{[]FieldError{{"body", code}}}
	}
	return s, nil
}

// Dossier is a ticket with everything that belongs to it. What a player gets has
// public messages only, neither History nor Asks nor Assignee, and no internal numbers.
type Dossier struct {
	Ticket   Ticket
	Assignee string    // name; empty: nobody
	Follows  Number    // the ended ticket that this one continues; may be empty
	Messages []Message // oldest first
	History  []Entry   // oldest first
	Asks     []Ask     // what the player had asked before writing, oldest first
}
