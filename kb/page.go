package kb

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
)

// page is an article with what only the checks need to know of its file.
type page struct {
	fileName
	src      *source
	article  *Article
	header   header
	places   []place        // at which the article's sections begin
	sections map[string]int // by anchor: index of the first such section
	links    []link
}

// readPage reads one article, or returns false if it is beyond understanding.
func readPage(src *source, name fileName, markdown goldmark.Markdown) (*page, bool) {
	h, body, ok := src.readHeader(name.kind)
	if !ok || !src.fits(body) {
		return nil, false
	}
	m := &manuscript{src: src, kind: name.kind, markdown: markdown, text: []byte(body)}
	sections, places := m.sections(m.parse())
	p := &page{fileName: name, src: src, header: h, places: places, links: m.links, article: &Article{
		ID: name.id(), Locale: Locale(localeOf(src.file)), Kind: name.kind,
		Category: h.category, Title: h.title, Summary: h.summary, Questions: texts(h.whole),
		Sections: sections, Updated: h.updated, Effective: h.effective,
		Review: reviewDay(h), Revision: revision([]byte(src.text)), File: src.file,
	}}
	p.indexSections()
	p.giveQuestions()
	return p, true
}

// indexSections finds each anchor's section, and anchors given twice.
func (p *page) indexSections() {
	p.sections = map[string]int{}
	for i, s := range p.article.Sections {
		first, twice := p.sections[s.Anchor]
		switch {
		case s.Anchor == "":
		case twice:
			p.src.problem(p.places[i], "anchor %q is already on line %d: give each heading its own", s.Anchor, p.places[first].line)
		default:
			p.sections[s.Anchor] = i
		}
	}
}

// giveQuestions hands the front matter's questions to the sections they are for.
func (p *page) giveQuestions() {
	for _, q := range p.header.anchored {
		if i, ok := p.sections[q.anchor]; ok {
			p.article.Sections[i].Questions = texts(q.phrasings)
		} else {
			p.src.problem(q.at, "questions for %q, but no heading has {#%s}: correct the anchor or remove the lines", q.anchor, q.anchor)
		}
	}
}

// passages returns the sections that have a text.
func (a *Article) passages() []Passage {
	var ps []Passage
	for _, s := range a.Sections {
		if s.Text != "" {
			ps = append(ps, a.passage(s))
		}
	}
	return ps
}

// newestFirst orders versions by the day on which they take effect.
func newestFirst(a, b *Article) int { return b.Effective.Compare(a.Effective) }

// passage places a section.
func (a *Article) passage(s Section) Passage {
	p := Passage{
		Ref:  Ref{a.Locale, a.ID, s.Anchor, a.Revision},
		Kind: a.Kind, Category: a.Category, Title: a.Title, Number: s.Number, Heading: s.Heading,
		HTML: s.HTML, Text: s.Text, Questions: s.Questions, Updated: a.Updated, Effective: a.Effective,
	}
	switch {
	case s.Level == 0:
		p.Heading, p.Questions = a.Title, a.Questions
	case a.Kind == Help:
		p.Heading = a.Title + titleEnd + lowerInitial(s.Heading)
	}
	return p
}

// titleEnd stands between a guide's title and the heading of its section: "Steps" alone says
// nothing where only the passage is seen.
const titleEnd = ": "

// lowerInitial lets a heading follow a colon; an abbreviation keeps its capitals.
func lowerInitial(heading string) string {
	initial, size := utf8.DecodeRuneInString(heading)
	if next, _ := utf8.DecodeRuneInString(heading[size:]); unicode.IsUpper(next) {
		return heading
	}
	return string(unicode.ToLower(initial)) + heading[size:]
}

// Name is the section's own heading, without the title of its guide.
func (p *Passage) Name() string {
	if p.Kind != Help {
		return p.Heading
	}
	return strings.TrimPrefix(p.Heading, p.Title+titleEnd)
}

// revision hashes bytes to 12 hexadecimal digits.
func revision(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:6])
}
