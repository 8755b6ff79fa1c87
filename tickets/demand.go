package tickets

import "otvet/kb"

// Demand is how often players came to a place of the content over a period. It is counts
// and nothing else, as Views are.
type Demand struct {
	Locale  kb.Locale
	Article string // its ID
	Anchor  string // empty: the article as a whole
	Views   int    // of the article's page; only articles as a whole have any
	Answers int    // how often the passage was the answer to a question
}
