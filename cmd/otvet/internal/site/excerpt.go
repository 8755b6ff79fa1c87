package site

import (
	"html/template"
	"slices"
	"time"

	"otvet/kb"
)

// excerpt is a passage as it is shown as an answer: as its author wrote it, with the
// place it was taken from.
type excerpt struct {
	Lang      string // of the passage
	Foreign   bool   // Lang is not the page's
	Path      string
	Own       string // path of the same passage in the page's language; empty when there is none
	Title     string // of the article
	Heading   string
	Clause    string    // Terms only, as Effective
	Effective time.Time // in force since
	Updated   time.Time
	HTML      template.HTML
	Guide     string // path of the whole guide, when this is a part of one
}

// newExcerpt shows a passage with the quoted sentence marked, on a page in lang. Its links
// name the ask that it answers; an empty key names none.
func (s *Site) newExcerpt(p kb.Passage, quote, lang, ask string) excerpt {
	e := excerpt{
		Lang: string(p.Ref.Locale), Foreign: string(p.Ref.Locale) != lang, Path: from(p.Ref.Path(), ask),
		Title: p.Title, Heading: p.Heading, Clause: p.Number, Effective: p.Effective, Updated: p.Updated,
		HTML: p.Marked(quote),
	}
	if own := p.Ref; e.Foreign && s.translated(p.Ref, kb.Locale(lang)) {
		own.Locale = kb.Locale(lang)
		e.Own = from(own.Path(), ask)
	}
	if p.Kind == kb.Help {
		whole := p.Ref
		whole.Anchor = ""
		e.Guide = from(whole.Path(), ask)
	}
	return e
}

// translated reports whether the content has a passage in a language too.
func (s *Site) translated(ref kb.Ref, loc kb.Locale) bool {
	a, ok := s.Engine.Library().Article(loc, ref.Article)
	return ok && slices.ContainsFunc(a.Sections, func(section kb.Section) bool { return section.Anchor == ref.Anchor })
}

// excerpts shows passages with their citations' quotes.
func (s *Site) excerpts(passages []kb.Passage, citations []kb.Citation, lang, ask string) []excerpt {
	shown := make([]excerpt, len(passages))
	for i, p := range passages {
		shown[i] = s.newExcerpt(p, citations[i].Quote, lang, ask)
	}
	return shown
}
