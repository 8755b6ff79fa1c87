package ingest

import (
	"errors"
	"path"
	"slices"
	"strings"

	"otvet/kb"
)

// shape gives the sections the form that kb wants of the kind: a title outside the text,
// two levels of headings, no empty sections, questions in an FAQ, numbers in Terms.
func (a *article) shape(kind kb.Kind) error {
	a.settleTitle()
	a.settleLevels(kind)
	a.foldEmpty()
	if strings.TrimSpace(a.sections[0].text()) == "" && a.sections[0].level == 0 {
		a.sections = a.sections[1:]
	}
	if len(a.sections) == 0 {
		return errors.New("no text")
	}
	switch kind {
	case kb.FAQ:
		a.headIntroduction()
	case kb.Terms:
		a.number()
		a.settleEffective()
	}
	return nil
}

// settleTitle finds the title where the source does not name one, and takes the heading
// that repeats it out of the text.
func (a *article) settleTitle() {
	at := slices.IndexFunc(a.sections, func(s *section) bool { return s.level > 0 })
	if a.title == "" && at >= 0 && (a.sections[at].level == 1 || at == 1 && a.sections[0].text() == "") {
		a.title = a.sections[at].heading
	}
	if a.title == "" {
		a.title = titleOf(path.Base(a.key))
		a.item.note("no title: taken from the name %q", path.Base(a.key))
	}
	if at == 1 && a.sections[1].heading == a.title {
		intro, repeated := a.sections[0], a.sections[1]
		intro.blocks = append(intro.blocks, repeated.blocks...)
		intro.ids = append(intro.ids, repeated.ids...)
		a.sections = slices.Delete(a.sections, 1, 2)
	}
	if short := shorten(a.title, maxTitle); short != a.title {
		a.item.note("title shortened to %d characters", maxTitle)
		a.title = short
	}
}

// settleLevels makes the highest level of headings "##" and all below it "###"; an FAQ
// has one level only.
func (a *article) settleLevels(kind kb.Kind) {
	top := 6
	for _, s := range a.sections {
		if s.level > 0 {
			top = min(top, s.level)
		}
	}
	first := true
	for _, s := range a.sections {
		switch {
		case s.level == 0:
			continue
		case s.level == top || first || kind == kb.FAQ:
			s.level = 2
		default:
			s.level = 3
		}
		first = false
	}
}

// foldEmpty makes a heading without text a bold line at the end of the section before
// it. A "##" right before a "###" needs no text.
func (a *article) foldEmpty() {
	for i := len(a.sections) - 1; i > 0; i-- {
		s := a.sections[i]
		hasInner := s.level == 2 && i+1 < len(a.sections) && a.sections[i+1].level == 3
		if hasInner || strings.TrimSpace(s.text()) != "" {
			continue
		}
		before := a.sections[i-1]
		before.blocks = append(before.blocks, boldParagraph(s.heading))
		before.ids = append(before.ids, s.ids...)
		a.sections = slices.Delete(a.sections, i, i+1)
		a.item.note("heading %q without text below it became a bold line", shorten(s.heading, 80))
	}
}

// headIntroduction puts the title over the text before the first heading: in an FAQ each
// text answers the question in its heading.
func (a *article) headIntroduction() {
	if intro := a.sections[0]; intro.level == 0 {
		intro.level, intro.heading = 2, a.title
	}
}
