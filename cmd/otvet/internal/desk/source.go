package desk

import (
	"fmt"

	"otvet/kb"
)

// source is a place in the operator's repository.
type source struct {
	Text string // "en/faq/withdrawals.md:12"
	URL  string // where it is changed; empty when nobody has said where
}

// source returns the place in a file; line and column 0 stand for all of it.
func (w words) source(file string, line, column int) source {
	s := source{file, w.edit.For(file, line)}
	if line > 0 {
		s.Text += fmt.Sprintf(":%d", line)
	}
	if column > 0 {
		s.Text += fmt.Sprintf(":%d", column)
	}
	return s
}

// section returns the section of an article with an anchor, or false.
func section(a *kb.Article, anchor string) (kb.Section, bool) {
	for _, s := range a.Sections {
		if s.Anchor == anchor {
			return s, true
		}
	}
	return kb.Section{}, false
}
