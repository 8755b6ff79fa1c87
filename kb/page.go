package kb

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/yuin/goldmark"
)

// page is an article with what only the checks need to know of its file.
type page struct {
	fileName
	src     *source
	article *Article
	header  header
	lines   []int // on which the article's sections begin
	links   []link
}

// readPage reads one article.
func readPage(src *source, name fileName, markdown goldmark.Markdown) *page {
	h, body := src.readHeader(name.kind)
	m := &manuscript{src: src, kind: name.kind, markdown: markdown, text: []byte(body)}
	p := &page{fileName: name, src: src, header: h, article: &Article{
		ID: name.id(), Locale: Locale(localeOf(src.file)), Kind: name.kind,
		Category: h.category, Title: h.title, Summary: h.summary, Questions: texts(h.whole),
		Updated: h.updated, Effective: h.effective, Revision: revision(src.raw), File: src.file,
	}}
	if doc := m.parse(); doc != nil {
		p.article.Sections, p.lines = m.sections(doc)
		p.links = m.links
	}
	p.giveQuestions()
	return p
}

// giveQuestions hands the front matter's questions to the sections they are for.
func (p *page) giveQuestions() {
	for _, q := range p.header.anchored {
		i, ok := p.section(q.anchor)
		if !ok {
			p.src.problem(q.line, "questions for %q, but no heading has {#%s}: correct the anchor or remove the lines", q.anchor, q.anchor)
			continue
		}
		p.article.Sections[i].Questions = texts(q.phrasings)
	}
}

// section returns the index of the section with an anchor.
func (p *page) section(anchor string) (int, bool) {
	i := slices.IndexFunc(p.article.Sections, func(s Section) bool { return s.Anchor == anchor && anchor != "" })
	return i, i >= 0
}

// passages returns the sections that have a text.
func (p *page) passages() []Passage {
	var ps []Passage
	for _, s := range p.article.Sections {
		if s.Text != "" {
			ps = append(ps, p.article.passage(s))
		}
	}
	return ps
}

// passage places a section.
func (a *Article) passage(s Section) Passage {
	p := Passage{
		Ref:  Ref{a.Locale, a.ID, s.Anchor, a.Revision},
		Kind: a.Kind, Category: a.Category, Title: a.Title, Number: s.Number, Heading: s.Heading,
		HTML: s.HTML, Text: s.Text, Questions: s.Questions, Updated: a.Updated, Effective: a.Effective,
	}
	if s.Level == 0 {
		p.Heading, p.Questions = a.Title, a.Questions
	}
	return p
}

// revision hashes bytes to 12 hexadecimal digits.
func revision(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:6])
}
