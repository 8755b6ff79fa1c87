// Package search understands a question, finds the passages that may answer it
// and decides whether one of them does.
//
// # The three verdicts
//
// [Engine.Answer] returns [Answered] (one passage, shown as its author wrote it,
// with the matching sentence as the citation's quote), [Suggested] (up to three
// passages to choose from) or [NoAnswer]. Each decision carries an explanation
// in words. Nothing here rewrites a text.
//
// A text that asks several things has an answer for each in [Answer.Parts], but only when
// every part is surely answered by itself (parts.go). What one language cannot answer is
// asked of the other, where names and abbreviations may be explained.
//
// # From a question to passages
//
// A text is folded ([Fold]), cut into words and read as concepts: words with their
// synonyms, and for words that the content does not know a typo's or a relative's
// reading. The language is that of its letters; when the words make no sense in it,
// the other keyboard layout and transliteration are tried. What came of it is a
// [Reading], and a verbatim query is not rewritten. One scorch index a
// language finds candidates; their order comes from evidence that is computed here
// over the same stems, and so does the decision (decision.go). Weights and thresholds
// were set on questions that people really asked, and testdata shows what a change does
// to judged ones: "go test ./search -update" and read the diff.
//
// # What is kept on disk
//
// To analyse ten thousand passages takes seconds, so that is done once for a content: [Open] looks into a
// [Store] for what an earlier start, or another process, has left there, and serves from it at once.
// The key is the content's digest (every name and byte of the folder, not its times), the last day
// on which Terms changed by themselves, and the program itself: another revision or other modules
// make another index, and so does each build that no revision describes. The two versions in
// generation.go, which a golden test holds to the analysis of a small content, stand
// beside that. What is stored is the parsed library, the passages as stems with all that
// ranking reads of them, the vocabulary, and bleve's segment: one, because segments cost a question more than
// passages do. One list of fields for each type (the transfer methods) writes and reads it; an
// index in memory goes the same way, so that a stored one gives the same answers to the last bit.
//
// Whatever is wrong with the store costs time, never an answer: what is damaged is logged and
// built anew, and where nothing can be written, or read just now, everything works in memory. Package disk says how
// processes share it and how a crash leaves it. A changed content is loaded and built beside
// the one that serves, stored, opened and only then swapped in. Stored files must not be
// changed in place while a process uses them, which nobody but a person would do; deleting
// them is harmless.
//
// # While a question is typed
//
// The last word may be unfinished: it stands for the words that it may become, in either
// keyboard layout, and headings that begin as the text does come first (typing.go). Among
// what fits alike the popular comes first. What is popular is told by [Engine.Prefer], so
// that nothing here needs a database; without it the editors' order decides.
//
// # Live content
//
// An [Engine] holds one pointer to a snapshot of library and index; [Engine.Swap]
// replaces both together, so a citation always resolves in the library that found
// it. The old snapshot closes after its last reader. [Engine.Watch] keeps the engine
// on the newest good content of a folder; bad content never replaces good content.
//
// # Safety of the query
//
// A player's text never reaches a query-language parser: queries are match queries
// built here over at most 64 tokens.
package search

import (
	"errors"

	"otvet/kb"
)

// Limits of a query.
const (
	MaxBytes  = 2000 // longer text is refused with ErrTooLong
	MaxTokens = 64   // words beyond are ignored, and the explanation says so
)

// What is wrong with a query.
var (
	ErrEmpty   = errors.New("query has no words")
	ErrTooLong = errors.New("query is longer than 2000 bytes")
	ErrText    = errors.New("query is not valid UTF-8 text or holds a NUL")
)

// Query is a question as a person typed it. Queries can be compared.
type Query struct {
	Text     string
	Locale   kb.Locale // of the page: which language to answer in; English when it is none of ours
	Limit    int       // how many hits at most; 0 means 10
	Verbatim bool      // take the text as it stands: no other layout, no transliteration, no typos
	Kind     kb.Kind   // Search: only passages of this kind; empty: of all
	Category string    // Search: only passages of this category; empty: of all
}

// Hit is one passage found.
type Hit struct {
	Passage     kb.Passage
	Score       float64
	Quote       string   // the sentence of Passage.Text that matches best
	Heading     []Span   // of Passage.Heading: the words that match
	Quoted      []Span   // of Quote: the same
	Explanation []string // why it scored so, in words
}

// Results are the hits for a query, best first, in a stable order.
type Results struct {
	Query    Query
	Reading  Reading
	Hits     []Hit
	Counts   Counts
	Revision string // of the library searched
}

// Verdict is the decision on a question.
type Verdict string

// The verdicts.
const (
	Answered  Verdict = "answered"
	Suggested Verdict = "suggested"
	NoAnswer  Verdict = "no_answer"
)

// Answer is the decision with what to show for it.
type Answer struct {
	Query       Query
	Reading     Reading
	Verdict     Verdict
	Passages    []kb.Passage  // one when answered, or one of each part; up to three when suggested
	Citations   []kb.Citation // parallel to Passages
	Confidence  float64       // 0..1, of the first passage
	Whole       bool          // enough of the question was understood to answer it, were the confidence high enough
	Parts       []Answer      // two or three when the text asks several things, each answered by itself; else none
	Related     []kb.Passage  // more to read, when answered
	Explanation []string      // the decision in words, in English
	Revision    string        // of the library that answered
}
