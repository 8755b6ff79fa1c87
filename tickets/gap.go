package tickets

import (
	"time"

	"otvet/kb"
)

// Gap is a question that the content leaves open: all asks that differ in case, space,
// punctuation and long numbers only.
type Gap struct {
	Question string // as it was typed the last time, unmasked
	Locale   kb.Locale
	Asks     int
	Last     time.Time
}

// Gaps are the questions of one sort, those asked most often first.
type Gaps struct {
	List      []Gap
	Questions int // how many there are, also beyond the list
	Asks      int // how often they were asked
}

// GapFilter selects gaps. What was typed into the contact form is none of them: it is
// part of a ticket.
type GapFilter struct {
	Period Period
	Locale kb.Locale // empty: every language
}
