package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"otvet/kb"
)

// maxSections is the number of sections that an article may have.
const maxSections = 500

// maxTitle is the length of the longest title, in characters.
const maxTitle = 200

// build turns the articles' HTML into sections.
func (r *run) build(ctx context.Context) error {
	for i, a := range r.articles {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped: %w", err)
		}
		r.tick(i + 1)
		if a.skipped() {
			continue
		}
		if err := a.build(r.Kind); err != nil {
			a.skip(err.Error())
		}
	}
	return nil
}

// build reads and shapes one article.
func (a *article) build(kind kb.Kind) error {
	if len(a.rows) > 0 {
		return a.readRows()
	}
	tree, err := parseHTML(a.html)
	if err != nil {
		return err
	}
	s := &sanitizer{item: a.item}
	a.sections = cut(s.blocks(tree, place{}))
	a.html = ""
	if len(a.sections) > maxSections {
		return fmt.Errorf("more than %d headings: split it into several articles", maxSections)
	}
	return a.shape(kind)
}

// readRows makes a section of each question of a CSV.
func (a *article) readRows() error {
	for _, row := range a.rows {
		s := &sanitizer{item: row.item, flat: true}
		tree, err := parseHTML(row.html)
		if err != nil {
			row.item.skip(err.Error())
			continue
		}
		parts := cut(s.blocks(tree, place{}))
		if strings.TrimSpace(parts[0].text()) == "" {
			row.item.skip("the answer holds no text")
			continue
		}
		a.sections = append(a.sections, &section{
			level: 2, heading: row.question, ids: parts[0].ids, blocks: parts[0].blocks, item: row.item,
		})
	}
	if len(a.sections) == 0 {
		return errors.New("no answer holds text")
	}
	return nil
}

// cut divides blocks at their headings. The first section is what stands before them.
func cut(blocks []*html.Node) []*section {
	sections := []*section{{}}
	var ids []string
	for _, b := range blocks {
		last := sections[len(sections)-1]
		switch {
		case b.Type == html.CommentNode:
			ids = append(ids, b.Data)
		case isElement(b, "h1", "h2", "h3", "h4", "h5", "h6"):
			sections = append(sections, &section{level: int(b.Data[1] - '0'), heading: line(plainText(b)), ids: ids})
			ids = nil
		default:
			last.ids = append(append(last.ids, ids...), takeIDs(b)...)
			last.blocks = append(last.blocks, b)
			ids = nil
		}
	}
	last := sections[len(sections)-1]
	last.ids = append(last.ids, ids...)
	return sections
}

// takeIDs takes the comments that keep ids out of a block.
func takeIDs(b *html.Node) (ids []string) {
	for _, c := range children(b) {
		if c.Type == html.CommentNode {
			ids = append(ids, c.Data)
			b.RemoveChild(c)
			continue
		}
		ids = append(ids, takeIDs(c)...)
	}
	return ids
}

// text returns the section's text below its heading.
func (s *section) text() string { return plainText(s.blocks...) }

// firstSentence returns the first sentence of the article, at most n characters.
func (a *article) firstSentence(n int) string {
	for _, s := range a.sections {
		blocks := s.blocks
		if i := slices.IndexFunc(blocks, func(b *html.Node) bool { return isElement(b, "p") }); i >= 0 {
			blocks = blocks[i:]
		}
		if sentences := kb.Sentences(plainText(blocks...)); len(sentences) > 0 {
			return shorten(line(sentences[0]), n)
		}
	}
	return a.title
}
