package ingest

import (
	"slices"
	"time"

	"golang.org/x/net/html"

	"otvet/kb"
)

// article is one text on its way from a source to a file.
type article struct {
	// What the source says.
	source      string    // what the report calls it
	key         string    // what links of other articles call it: a path without extension, or an ID
	pair        string    // the same for all translations of one text
	locale      kb.Locale // empty until settled when the source does not say
	language    string    // the source's own word for the locale
	section     string    // the name of the section or folder that it stands in
	sectionPair string    // the same for all translations of the section
	about       string    // the section's description
	title       string
	summary     string
	updated     time.Time
	effective   time.Time // Terms
	host        string    // of the help centre, whose links are internal
	html        string
	rows        []row // a CSV: in place of html

	// What becomes of it.
	category string
	slug     string
	sections []*section
	anchors  map[string]string // from fragments of the source to ours
	item     *Item
}

// row is a question of a CSV with its answer.
type row struct {
	item     *Item
	question string
	html     string
}

// section is a part of an article under one heading.
type section struct {
	level   int // of the source, 1-6; later 2 or 3; 0 for the introduction
	number  string
	heading string
	anchor  string
	ids     []string // fragments of the source that lead here
	blocks  []*html.Node
	item    *Item // of a CSV's row; else nil
	plain   bool  // without bold, italics and code, which Markdown cannot always hold
	line    int   // in the file, once rendered
}

// skip gives the article up, and all questions of a CSV.
func (a *article) skip(why string) {
	a.item.skip(why)
	for _, row := range a.rows {
		row.item.skip(why)
	}
}

// skipped says whether the article has been given up.
func (a *article) skipped() bool { return a.item.Status == Skipped }

// file returns the article's place in the content.
func (a *article) file(kind kb.Kind) string {
	return string(a.locale) + "/" + string(kind) + "/" + a.slug + ".md"
}

// live returns the articles that have not been given up.
func (r *run) live() []*article {
	return slices.DeleteFunc(slices.Clone(r.articles), (*article).skipped)
}
