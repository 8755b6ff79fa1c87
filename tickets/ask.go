package tickets

import (
	"time"

	"otvet/kb"
)

// Outcome says what came of an answer.
type Outcome string

// The outcomes. An ask without one has OutcomeNone: silence is not success.
const (
	OutcomeNone   Outcome = ""
	OutcomeSolved Outcome = "solved" // the player said so
	OutcomeTicket Outcome = "ticket" // the player wrote to us all the same
)

// Ask is the record of one question: what was asked, what was decided and shown, and
// what came of it.
type Ask struct {
	Key        string // 32 hexadecimal digits, drawn by the page that asks
	Visit      string // the visitor's random session value; may be empty
	Channel    string // "search", "contact", "api"
	Question   string
	Locale     kb.Locale
	Verdict    string // search.Verdict
	Confidence float64
	Shown      []kb.Citation
	Outcome    Outcome
	At         time.Time
}

// Feedback is a reader's word on an article.
type Feedback struct {
	Ref     kb.Ref
	Helped  bool
	Reason  string // free text; may be empty
	At      time.Time
	Visitor string // hash that tells one visitor's second click from another visitor; may be empty
}
