package site

import (
	"html/template"
	"time"

	"otvet/kb"
)

// excerpt is a passage as it is shown as an answer: as its author wrote it, with the
// place it was taken from.
type excerpt struct {
	Lang      string // of the passage
	Foreign   bool   // Lang is not the page's
	Path      string
	Own       string // path of the same passage in the page's language
	Title     string // of the article
	Heading   string
	Clause    string    // Terms only, as Effective
	Effective time.Time // in force since
	Updated   time.Time
	HTML      template.HTML
	Guide     string // path of the whole guide, when this is a part of one
}

// newExcerpt shows a passage with the quoted sentence marked, on a page in lang.
func newExcerpt(p kb.Passage, quote, lang string) excerpt {
	own := p.Ref
	own.Locale = kb.Locale(lang)
	e := excerpt{
		Lang: string(p.Ref.Locale), Foreign: string(p.Ref.Locale) != lang, Path: p.Ref.Path(), Own: own.Path(),
		Title: p.Title, Heading: p.Heading, Clause: p.Number, Effective: p.Effective, Updated: p.Updated,
		HTML: p.Marked(quote),
	}
	if p.Kind == kb.Help {
		whole := p.Ref
		whole.Anchor = ""
		e.Guide = whole.Path()
	}
	return e
}

// excerpts shows passages with their citations' quotes.
func excerpts(passages []kb.Passage, citations []kb.Citation, lang string) []excerpt {
	shown := make([]excerpt, len(passages))
	for i, p := range passages {
		shown[i] = newExcerpt(p, citations[i].Quote, lang)
	}
	return shown
}
