package tickets

import (
	"regexp"
	"time"

	"otvet/kb"
)

// AskOutcome says what came of an answer.
type AskOutcome string

// The outcomes. An ask without one has AskOutcomeNone: silence is not success.
const (
	AskOutcomeNone   AskOutcome = ""
	AskOutcomeSolved AskOutcome = "solved" // the player said so
	AskOutcomeTicket AskOutcome = "ticket" // the player wrote to us all the same
)

// Valid reports whether o is one of the outcomes.
func (o AskOutcome) Valid() bool {
	return o == AskOutcomeNone || o == AskOutcomeSolved || o == AskOutcomeTicket
}

// Ask is the record of one question: what was asked, what was decided and shown, and
// what came of it.
type Ask struct {
	Key        string // 32 hexadecimal digits, drawn by the page that asks
	Visit      string // the visitor's random session value; may be empty
	Channel    string // "search", "contact" or "api"
	Question   string // empty when the verdict is VerdictHandoff: those words are not kept
	Locale     kb.Locale
	Verdict    string // search.Verdict: "answered", "suggested" or "no_answer"; or VerdictHandoff
	Confidence float64
	Shown      []kb.Citation
	Outcome    AskOutcome
	At         time.Time
}

// VerdictHandoff is the verdict on a question that only a person may answer.
const VerdictHandoff = "handoff"

var askKeyForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

// Validate cleans the question, and drops its words when only a person may answer it. The error is an *InvalidError with the fields key,
// visit, channel, question, locale, verdict, confidence, outcome.
func (a Ask) Validate() (Ask, error) {
	var invalid InvalidError
	var code Code
	if !askKeyForm.MatchString(a.Key) {
		invalid.add("key", Unknown)
	}
	invalid.add("visit", checkKey(a.Visit, 0))
	invalid.among("channel", a.Channel, "search", "contact", "api")
	if a.Verdict == VerdictHandoff {
		a.Question = ""
	} else {
		a.Question, code = field(a.Question, MaxBody)
		invalid.add("question", code)
	}
	if !a.Locale.Valid() {
		invalid.add("locale", Unknown)
	}
	invalid.among("verdict", a.Verdict, "answered", "suggested", "no_answer", VerdictHandoff)
	if !(a.Confidence >= 0 && a.Confidence <= 1) { // refuses NaN too
		invalid.add("confidence", Unknown)
	}
	if !a.Outcome.Valid() {
		invalid.add("outcome", Unknown)
	}
	return a, invalid.orNil()
}
