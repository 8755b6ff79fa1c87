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
		if err := going(ctx); err != nil {
			return err
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
	tree, err := parseHTML(a.html, a.item)
	if err != nil {
		return err
	}
	s := &sanitizer{item: a.item}
	a.sections = cut(s.blocks(tree, place{}))
	a.html = ""
	if len(a.sections) > maxSections {
		return fmt.Errorf("more than %d headings: split it into several articles", maxSections)
	}
	if err := checkSections(a.sections...); err != nil {
		return err
	}
	return a.shape(kind)
}

// checkSections refuses what kb would refuse as too large, before it is written: the time
// of the converter grows with the square of one line's brackets.
func checkSections(sections ...*section) error {
	total := 0
	for _, s := range sections {
		total += len(s.text())
		longest := len(s.heading)
		for _, block := range s.blocks {
			longest = max(longest, longestLine(block))
		}
		if longest > maxBlock {
			return fmt.Errorf("more than %d KiB of text without an empty line: split it into paragraphs", maxBlock>>10)
		}
	}
	if total > maxMarkdown {
		return fmt.Errorf("text is larger than %d KiB: split it into several articles", maxMarkdown>>10)
	}
	return nil
}

// longestLine returns the length of the longest text that will stand in one paragraph or
// in one row of a table.
func longestLine(block *html.Node) (longest int) {
	if isElement(block, "p", "tr") {
		return len(plainText(block))
	}
	for c := range block.ChildNodes() {
		longest = max(longest, longestLine(c))
	}
	return longest
}

// readRows makes a section of each question of a CSV.
func (a *article) readRows() error {
	for _, row := range a.rows {
		s := &sanitizer{item: row.item, flat: true}
		tree, err := parseHTML(row.html, row.item)
		if err != nil {
			row.item.skip(err.Error())
			continue
		}
		parts := cut(s.blocks(tree, place{}))
		if strings.TrimSpace(parts[0].text()) == "" {
			row.item.skip("the answer holds no text")
			continue
		}
		parts[0].level, parts[0].heading, parts[0].item = 2, row.question, row.item
		if err := checkSections(parts[0]); err != nil {
			row.item.skip(err.Error())
			continue
		}
		a.sections = append(a.sections, parts[0])
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
