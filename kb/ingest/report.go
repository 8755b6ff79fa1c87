package ingest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Status says what became of an item.
type Status string

// The statuses.
const (
	Imported Status = "imported"
	Repaired Status = "repaired" // imported, with something changed that a person should look at
	Skipped  Status = "skipped"
)

// maxNotes bounds what is said of one item: a hostile article must not flood the report.
const maxNotes = 20

// maxNote is the length of the longest note and of the longest name, in characters.
const maxNote = 300

// Item is one article, question, category or file of a source and what became of it.
type Item struct {
	Status Status   `json:"status"`
	Source string   `json:"source"`          // where it comes from
	File   string   `json:"file,omitempty"`  // path in the content; empty when nothing is written
	Notes  []string `json:"notes,omitempty"` // what was repaired, or why it was skipped
	more   int      // notes that are not kept
}

// String returns the item's line, without control characters.
func (i Item) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-8s  %s", i.Status, i.Source)
	if i.File != "" {
		b.WriteString(" -> " + i.File)
	}
	if len(i.Notes) > 0 {
		b.WriteString(": " + strings.Join(i.Notes, "; "))
	}
	return strings.Map(printable, b.String())
}

// Report says what became of each item of a source, in the source's order.
type Report struct {
	Items    []Item `json:"items"`
	Imported int    `json:"imported"`
	Repaired int    `json:"repaired"`
	Skipped  int    `json:"skipped"`
}

// note adds what was repaired, each thing once.
func (i *Item) note(format string, args ...any) {
	text := shorten(fmt.Sprintf(format, args...), maxNote)
	switch {
	case i.Status == Skipped || slices.Contains(i.Notes, text):
	case len(i.Notes) == maxNotes:
		i.more++
	default:
		i.Notes = append(i.Notes, text)
	}
}

// skip gives the item up; the first reason stands.
func (i *Item) skip(why string) {
	if i.Status != Skipped {
		i.Status, i.Notes, i.File, i.more = Skipped, []string{shorten(why, maxNote)}, "", 0
	}
}

// settled returns the item with its final status, and its source's name at a length that
// can be read: an ID of an export may be a number of a million digits.
func (i *Item) settled() Item {
	out := *i
	out.Source = shorten(out.Source, maxNote)
	if out.Status != Skipped {
		out.Status = Imported
		if len(out.Notes) > 0 {
			out.Status = Repaired
		}
	}
	if out.more > 0 {
		out.Notes = append(slices.Clone(out.Notes), fmt.Sprintf("and %d more", out.more))
	}
	return out
}

// report sums up. A CSV's file says nothing that its questions do not.
func (r *run) report() Report {
	var out Report
	for _, i := range r.items {
		item := i.settled()
		switch item.Status {
		case Imported:
			out.Imported++
		case Repaired:
			out.Repaired++
		case Skipped:
			out.Skipped++
		}
		out.Items = append(out.Items, item)
	}
	return out
}

// shorten cuts a text to at most n characters, at a word where there is one.
func shorten(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	cut := string(runes[:n-1])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:-–—") + "…"
}

// printable replaces what a terminal would obey.
func printable(r rune) rune {
	if unicode.IsControl(r) || isInvisible(r) {
		return '�'
	}
	return r
}
