package site

import "otvet/kb"

// link leads to a place of the site.
type link struct {
	Path  string
	Title string
	Note  string // a line below the title; may be empty
	Lang  string // of the title, when it is not the page's; else empty
}

// articleLink leads to an article.
func articleLink(a *kb.Article) link {
	return link{Path: address(string(a.Locale), a.ID), Title: a.Title, Note: a.Summary}
}

// sectionLink leads to a section of an article.
func sectionLink(a *kb.Article, s kb.Section) link {
	ref := kb.Ref{Locale: a.Locale, Article: a.ID, Anchor: s.Anchor}
	return link{Path: ref.Path(), Title: s.Heading}
}

// passageLink leads to a passage found; lang is the page's.
func passageLink(p kb.Passage, lang string) link {
	l := link{Path: p.Ref.Path(), Title: p.Heading}
	if p.Kind != kb.Help { // whose title is in its heading
		l.Note = p.Title
	}
	if string(p.Ref.Locale) != lang {
		l.Lang = string(p.Ref.Locale)
	}
	return l
}

func articleLinks(articles []*kb.Article) []link {
	links := make([]link, len(articles))
	for i, a := range articles {
		links[i] = articleLink(a)
	}
	return links
}
