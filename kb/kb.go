// Package kb is the knowledge base: Markdown articles loaded, checked,
// rendered and cut into the passages that can be cited.
//
// # From a folder to a Library
//
// [Load] walks an fs.FS (the embedded content or an operator's checkout),
// parses front matter and Markdown, and returns an immutable [Library] together
// with every [Problem] that it met. A Library with problems is good enough to
// look at, but must not replace one that serves: the caller decides.
//
// [Check] proofreads as well: typed numbers, promises, sentences, dates (files proof*.go). Its
// problems are about what articles say and keep nothing from serving.
//
// # Layout of the content
//
//	facts.yaml                      the operator's numbers, each once; may be missing
//	style.yaml                      the operator's domains and words to avoid; may be missing
//	<locale>/categories.yaml        the categories, in the order players see them
//	<locale>/synonyms.yaml          sets of words that mean the same, for search; may be missing
//	<locale>/decision.yaml          how sure search must be to answer; may be missing
//	<locale>/terms/<slug>.md        a Terms document in its newest version
//	<locale>/terms/<slug>@<date>.md the version effective from that date
//	<locale>/faq/<slug>.md          each "##" is one question
//	<locale>/help/<slug>.md         a guide
//	<locale>/letters/<name>.md      letters and fixed messages
//
// An article's ID is "<kind>/<slug>", the same in every locale, and so are the
// anchors of its sections: a reader who changes the language stays at the place. Names
// that begin with "." or "_" are passed over, so "_draft.md" is a draft.
//
// [Reference] describes all of it for editors, and [Skeleton] begins articles.
//
// # Numbers
//
// An article refers to a fact, "{{withdrawal-review}}", and Load writes it in the article's language
// ("24 hours", "24 часа") before anything else reads the text; places of problems are those of the file
// as it was written all the same. The article's revision follows the facts that it uses. An older
// version of Terms holds plain numbers: what was in force must not change.
//
// # Letters
//
// [LetterSpecs] names every letter with the placeholders that it may and must hold. A letter is
// Markdown that is parsed before its placeholders are filled ([Letter.Render]). Content without
// the four [RequiredLetters] does not serve. Any other letter may be missing in all languages:
// the program then sends the text of the shipped content, which holds dates of the case and no
// numbers of its operator, and "otvet check" warns of it. One that is missing in one language
// only is an error, since then two people would be told different things.
//
// # Front matter and links
//
// An article begins with title, category, summary, updated (a day) and, in Terms,
// effective (a day); questions are other ways in which players ask, either a list for
// the whole article or a mapping from anchor to list. Articles link to each other by
// file, "../terms/payments.md#c3-2", or by ID, "terms/payments#c3-2", and to the contact
// form as "/contact". On the site an article is at "/<locale>/<kind>/<slug>", where
// Terms show the version in force, and a version by itself at
// "/<locale>/terms/<slug>@<date>".
//
// # Trust
//
// Editors are trusted with what articles say, not with what a browser or this process
// does with it. No raw HTML, image or address that could run a script gets into the
// HTML, whatever the Markdown holds and whether or not it is reported; files that would
// take the Markdown parser more than seconds are refused before they reach it.
//
// # What can be cited
//
// A [Passage] is one section: an FAQ question with its answer, a Terms clause, a
// section of a guide. Its [Ref] names article, anchor and revision; a revision is
// a hash of the article's text with its numbers, so that a citation shown today can be
// told apart from tomorrow's text.
//
// The package does no I/O beyond fs.FS and knows nothing of search, tickets or HTTP.
package kb

import (
	"html/template"
	"slices"
	"time"
)

// Locale is a language of the content, "ru" or "en".
type Locale string

// The locales that otvet speaks.
const (
	RU Locale = "ru"
	EN Locale = "en"
)

// Locales returns every locale, in a fixed order.
func Locales() []Locale { return []Locale{RU, EN} }

// Valid reports whether l is one of [Locales].
func (l Locale) Valid() bool { return slices.Contains(Locales(), l) }

// Kind says what sort of document an article is.
type Kind string

// The kinds of article; each is a folder of the content.
const (
	Terms Kind = "terms"
	FAQ   Kind = "faq"
	Help  Kind = "help"
)

// Kinds returns every kind, in the order that lists show them.
func Kinds() []Kind { return []Kind{FAQ, Help, Terms} }

// Category is a subject that players know, such as withdrawals.
type Category struct {
	ID      string `yaml:"id"`      // the same in every locale: "withdrawals"
	Title   string `yaml:"title"`   // "Withdrawals"
	Summary string `yaml:"summary"` // one sentence

	Department string   // ID of who works on it; empty: the first line
	Request    string   // what a request in it most often is, of RequestKinds; empty: a question
	Asks       []string // which facts its form asks for, of Asks, in this order
	Needs      []string // those of Asks that the player gives, or says that they do not know
}

// Article is one document of the knowledge base in one locale and, for Terms, one version.
type Article struct {
	ID        string // "faq/withdrawals": kind and slug, the same in every locale
	Locale    Locale
	Kind      Kind
	Category  string // ID of a Category
	Title     string
	Summary   string
	Questions []string // other ways in which players ask for the whole article
	Sections  []Section
	Updated   time.Time // day of the last editorial change, midnight UTC
	Review    time.Time // day by which an editor should have looked at it again, midnight UTC
	Effective time.Time // Terms: the day this version takes effect, midnight UTC; else zero
	Revision  string    // hash of the text with its numbers, 12 hexadecimal digits
	File      string    // path in the content, for problems and edit links
}

// Section is a part of an article under one heading.
type Section struct {
	Anchor    string        // stable fragment; empty for the introduction before the first heading
	Level     int           // 2 or 3; 0 for the introduction
	Number    string        // Terms: "4" or "4.2"; else empty
	Heading   string        // without its number
	HTML      template.HTML // what stands below the heading, without it
	Text      string        // the same as plain text, one block a line, table cells divided by tabs
	Questions []string      // other ways in which players ask this, mostly in an FAQ
	Line      int           // of the heading in the article's file, from 1
}

// Passage is the smallest text that can be cited: one section with what a reader
// needs to place it.
type Passage struct {
	Ref       Ref
	Kind      Kind
	Category  string
	Title     string // of the article
	Number    string // Terms: the clause, "4.2"; else empty
	Heading   string // of the section, in a guide behind its title; the article's title for the introduction
	HTML      template.HTML
	Text      string
	Questions []string // the section's; for the introduction the article's
	Updated   time.Time
	Effective time.Time
}

// Citation is what stands beside an answer, and what is kept of it: the place
// and the words that were shown.
type Citation struct {
	Ref       Ref       `json:"ref"`
	Kind      Kind      `json:"kind"`
	Title     string    `json:"title"`
	Clause    string    `json:"clause,omitempty"` // Terms: "4.2"
	Heading   string    `json:"heading"`
	Effective time.Time `json:"effective,omitzero"` // Terms: in force since
	Quote     string    `json:"quote"`              // the sentence that matched, verbatim
	Text      string    `json:"text"`               // the whole passage as it was shown
}

// Citation returns the passage's citation with the given sentence of its text as
// the quote.
func (p Passage) Citation(quote string) Citation {
	return Citation{
		Ref: p.Ref, Kind: p.Kind, Title: p.Title, Clause: p.Number, Heading: p.Heading,
		Effective: p.Effective, Quote: quote, Text: p.Text,
	}
}
