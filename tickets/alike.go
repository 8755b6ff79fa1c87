package tickets

import "time"

// Matter is what somebody is about to write, to be compared with the open tickets of the
// same player.
type Matter struct {
	Requester Requester // as it was typed; may be zero
	By        Identity  // who is signed in; may be zero
	Category  string
	Text      string
	Except    Number    // a ticket that is not meant; may be empty
	At        time.Time // zero lets the store take its own time
}

// Alike is an open ticket that may be about the same matter.
type Alike struct {
	Ticket       Ticket
	SameText     bool    // the player has sent this very text within a day
	SameCategory bool    // and the category is one, not CategoryUnsure
	Share        float64 // of the text's words that are in the ticket too
}
