package tickets

import (
	"strings"
	"time"

	"otvet/kb"
)

// LetterState says what became of a letter.
type LetterState string

// The states of a letter.
const (
	LetterQueued     LetterState = "queued"
	LetterSent       LetterState = "sent"
	LetterFailed     LetterState = "failed"     // the mail server refused it for good
	LetterSuppressed LetterState = "suppressed" // not sent: too many to this address, or at all
)

// The names under which a ticket's history notes what became of a letter. They change
// nothing in the ticket, and leave its version as it was.
const (
	EntryLetterFailed     = "letter_failed"
	EntryLetterSuppressed = "letter_suppressed"
)

// Unfilled is the reason in a ticket's history why a letter was given up whose text has
// placeholders without a value: a letter with gaps does more harm than a late one.
const Unfilled = "unfilled"

// Letter is one mail that the desk has decided to send. Its row was written in the
// transaction of what it tells about.
type Letter struct {
	ID        int64
	Kind      LetterKind
	State     LetterState
	Number    Number
	Category  string
	Locale    kb.Locale
	To        string
	Mark      string               // left part of the Message-ID, the same in each attempt
	Thread    string               // Mark of the first letter about the ticket; empty when this is it
	Reply     string               // the agent's text, of LetterReply
	Values    map[string]string    // of the text's placeholders, decided with the letter; see kb.LetterFields
	Dates     map[string]time.Time // the same for dates; they are written out when the letter goes
	Token     Token                // opens the ticket's page; minted for this attempt
	MustWait  bool                 // an earlier letter about the same ticket has not gone out yet
	Attempted int                  // attempts to send it, this one included
}

// Mailbox returns the mailbox behind an address, by which letters are counted: lower
// case, without a "+tag".
func Mailbox(address string) string {
	local, domain, _ := strings.Cut(strings.ToLower(address), "@")
	local, _, _ = strings.Cut(local, "+")
	return local + "@" + domain
}
