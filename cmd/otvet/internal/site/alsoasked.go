package site

import (
	"slices"

	"otvet/kb"
)

// maxAlsoAsked is how many further questions stand below an answer.
const maxAlsoAsked = 4

// alsoAsked returns the questions of the FAQ that stand near those that were answered: the
// next ones of the same article, then those of the same category. Nothing that the page
// shows already is among them.
func (s *Site) alsoAsked(lang, ask string, answered []kb.Passage, found []finding) []link {
	shown := map[string]bool{}
	for _, p := range answered {
		shown[p.Heading] = true
	}
	for _, f := range found {
		text := ""
		for _, piece := range f.Heading {
			text += piece.Text
		}
		shown[text] = true
	}
	var links []link
	for _, p := range s.neighbours(answered) {
		if len(links) < maxAlsoAsked && !shown[p.Heading] {
			shown[p.Heading] = true
			l := passageLink(p, lang)
			l.Path, l.Note = from(l.Path, ask), ""
			links = append(links, l)
		}
	}
	return links
}

// neighbours returns the FAQ questions of the articles, then of the categories, each list
// beginning behind the passage that it belongs to.
func (s *Site) neighbours(answered []kb.Passage) []kb.Passage {
	var near, around []kb.Passage
	for _, a := range answered {
		var after, before, others []kb.Passage
		passed := false
		for _, p := range s.Engine.Library().Passages(a.Ref.Locale) {
			switch {
			case p.Ref == a.Ref:
				passed = true
			case p.Kind != kb.FAQ || p.Ref.Anchor == "" || p.Category != a.Category:
			case p.Ref.Article != a.Ref.Article:
				others = append(others, p)
			case passed:
				after = append(after, p)
			default:
				before = append(before, p)
			}
		}
		near, around = slices.Concat(near, after, before), append(around, others...)
	}
	return append(near, around...)
}
