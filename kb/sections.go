package kb

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// chapter is one heading of the tree with the blocks below it.
type chapter struct {
	heading *ast.Heading // nil for the introduction
	blocks  []ast.Node
}

// cut divides a tree at its headings.
func cut(doc ast.Node) []chapter {
	chapters := []chapter{{}}
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			chapters = append(chapters, chapter{heading: h})
			continue
		}
		last := &chapters[len(chapters)-1]
		last.blocks = append(last.blocks, n)
	}
	return chapters
}

// sections renders a tree and returns its parts with the places at which they begin.
func (m *manuscript) sections(doc ast.Node) (sections []Section, places []place) {
	for _, c := range cut(doc) {
		if c.heading == nil && len(c.blocks) == 0 {
			continue
		}
		at := m.begin(c)
		section := m.section(c)
		section.Line = at.line
		if c.heading == nil && section.Text == "" {
			continue
		}
		sections = append(sections, section)
		places = append(places, at)
	}
	return sections, places
}

// begin returns the place at which a chapter begins.
func (m *manuscript) begin(c chapter) place {
	if c.heading != nil {
		return m.at(c.heading)
	}
	return m.at(c.blocks[0])
}

// section renders one chapter.
func (m *manuscript) section(c chapter) Section {
	var s Section
	if c.heading != nil {
		s = m.heading(c.heading)
	}
	s.HTML = m.render(c.blocks...)
	s.Text = plainText(string(s.HTML))
	return s
}

// heading reads what a heading says: level, anchor and, in Terms, number.
func (m *manuscript) heading(h *ast.Heading) Section {
	at := m.at(h)
	s := Section{Level: m.level(h, at), Anchor: m.anchor(h, at)}
	words := ast.NewParagraph()
	moveChildren(words, h)
	s.Heading = plainText(string(m.render(words)))
	if m.kind == Terms {
		s.Number, s.Heading = splitNumber(s.Heading)
	}
	if s.Heading == "" {
		m.src.problem(at, "heading without words: write what the section is about")
	}
	return s
}

// level returns 2 or 3, whatever the heading's marks are.
func (m *manuscript) level(h *ast.Heading, at place) int {
	switch {
	case h.Level == 1:
		m.src.problem(at, "level-1 heading: the title stands in the front matter; begin the line with ##")
	case h.Level > 3:
		m.src.problem(at, "level-%d heading: only ## and ### exist", h.Level)
	case h.Level == 3 && m.kind == FAQ:
		m.src.problem(at, "### in an FAQ: each question is a ## of its own")
	}
	return min(max(h.Level, 2), 3)
}

// anchor returns the heading's {#anchor}.
func (m *manuscript) anchor(h *ast.Heading, at place) string {
	id, _ := h.AttributeString("id")
	raw, _ := id.([]byte)
	anchor := string(raw)
	switch {
	case anchor == "":
		m.src.problem(at, "heading without an anchor: end the line with {#anchor}, the same in every language")
	case !isSlug(anchor):
		m.src.problem(at, "bad anchor %q: use a-z, 0-9 and inner hyphens", anchor)
	case len(h.Attributes()) > 1:
		m.src.problem(at, "heading with more in braces than {#%s}: remove the rest", anchor)
	}
	return anchor
}

// splitNumber takes "4." or "4.2" off the front of a Terms heading.
func splitNumber(heading string) (number, rest string) {
	first, _, _ := strings.Cut(strings.ReplaceAll(heading, "\u00a0", " "), " ")
	number = strings.TrimSuffix(first, ".")
	if _, ok := parseNumber(number); !ok {
		return "", heading
	}
	return number, strings.TrimSpace(heading[len(first):])
}
