package ingest

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

const (
	maxSpan  = 20   // the widest cell that is taken for one
	maxCells = 8000 // of the largest grid: kb takes no more than that many in one block
)

// table returns a table. One that only lays out the page is taken apart; inside a list
// or a quote each row becomes a line.
func (s *sanitizer) table(n *html.Node, in place) []*html.Node {
	rows, caption := tableRows(n)
	var out []*html.Node
	if caption != nil {
		out = append(out, s.blocks(caption, place{inner: true, depth: in.depth})...)
	}
	switch {
	case attribute(n, "role") == "presentation" || columns(rows) < 2:
		for _, row := range rows {
			for _, cell := range row {
				out = append(out, s.blocks(cell, in)...)
			}
		}
	case in.inner || isVast(rows):
		s.item.note("table became lines: it stands inside a list or a quote, or is too large")
		for _, row := range rows {
			out = append(out, s.rowParagraph(row))
		}
	default:
		out = append(out, s.grid(rows))
	}
	return out
}

// tableRows returns the cells of a table, row by row, without those of inner tables,
// and its caption or nil.
func tableRows(n *html.Node) (rows [][]*html.Node, caption *html.Node) {
	for c := range n.ChildNodes() {
		switch {
		case isElement(c, "caption"):
			caption = c
		case isElement(c, "thead", "tbody", "tfoot"):
			inner, _ := tableRows(c)
			rows = append(rows, inner...)
		case isElement(c, "tr"):
			var row []*html.Node
			for cell := range c.ChildNodes() {
				if isElement(cell, "td", "th") {
					row = append(row, cell)
				}
			}
			rows = append(rows, row)
		}
	}
	return rows, caption
}

// columns returns the number of cells in the longest row.
func columns(rows [][]*html.Node) int {
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row))
	}
	return widest
}

// isVast says whether a table has more cells than kb takes, once its rows are as long as
// the longest and its spans are filled up.
func isVast(rows [][]*html.Node) bool {
	widest := 0
	for _, row := range rows {
		width := 0
		for _, cell := range row {
			width += span(cell, "colspan")
		}
		widest = max(widest, width)
	}
	return widest*len(rows) > maxCells
}

// grid returns a table that Markdown can hold: one line of text a cell, the first row as
// the head. A cell over several columns or rows is followed by empty ones.
func (s *sanitizer) grid(rows [][]*html.Node) *html.Node {
	body := element("tbody")
	below := covered{}
	for i, cells := range rows {
		row, column := element("tr"), 0
		name := "td"
		if i == 0 {
			name = "th"
		}
		for _, cell := range cells {
			column = below.skip(row, name, column, false)
			row.AppendChild(element(name, s.cell(cell)...))
			wide, high := span(cell, "colspan"), span(cell, "rowspan")
			for extra := range wide {
				below[column+extra] = high - 1
				if extra > 0 {
					row.AppendChild(element(name))
				}
			}
			column += wide
		}
		below.skip(row, name, column, true)
		if strings.TrimSpace(plainText(row)) != "" {
			body.AppendChild(row)
		}
	}
	pad(body)
	return element("table", body)
}

// covered says, by column, how many rows further down a cell covers.
type covered map[int]int

// skip adds empty cells to a row where cells above cover it: from a column to the next
// free one, or to the last one that is covered.
func (c covered) skip(row *html.Node, name string, column int, all bool) int {
	last := column
	for at, rows := range c {
		if rows > 0 {
			last = max(last, at+1)
		}
	}
	for ; column < last && (all || c[column] > 0); column++ {
		if c[column] > 0 {
			c[column]--
		}
		row.AppendChild(element(name))
	}
	return column
}

// pad gives all rows the same number of cells.
func pad(body *html.Node) {
	widest := 0
	for row := range body.ChildNodes() {
		widest = max(widest, len(children(row)))
	}
	for row := range body.ChildNodes() {
		for n := len(children(row)); n < widest; n++ {
			row.AppendChild(element(row.FirstChild.Data))
		}
	}
}

// span reads how many columns or rows a cell takes.
func span(cell *html.Node, name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(attribute(cell, name)))
	if err != nil || n < 1 || n > maxSpan {
		return 1
	}
	return n
}

// cell returns the contents of a cell as one line.
func (s *sanitizer) cell(n *html.Node) []*html.Node {
	return flatten(s.blocks(n, place{inner: true}))
}

// rowParagraph returns a row as a paragraph.
func (s *sanitizer) rowParagraph(cells []*html.Node) *html.Node {
	var parts []*html.Node
	for _, cell := range cells {
		contents := s.cell(cell)
		if strings.TrimSpace(plainText(contents...)) == "" {
			continue
		}
		if len(parts) > 0 {
			parts = append(parts, textNode(" — "))
		}
		parts = append(parts, contents...)
	}
	if len(parts) == 0 {
		return nil
	}
	return element("p", parts...)
}

// flatten puts blocks into one line: a space between paragraphs, a semicolon between the
// items of a list.
func flatten(blocks []*html.Node) []*html.Node {
	var out []*html.Node
	for _, b := range blocks {
		if len(out) > 0 && b.Type == html.ElementNode {
			between := " "
			if isElement(b, "li") {
				between = "; "
			}
			out = append(out, textNode(between))
		}
		switch {
		case isElement(b, "p"):
			out = append(out, oneLine(release(b))...)
		case isElement(b, "pre"):
			out = append(out, textNode(squeeze(rawText(b))))
		case isElement(b, "ul", "ol", "li", "blockquote"):
			out = append(out, flatten(release(b))...)
		}
	}
	return out
}

// oneLine replaces line breaks by spaces.
func oneLine(nodes []*html.Node) []*html.Node {
	var out []*html.Node
	for _, n := range nodes {
		if isElement(n, "br") {
			n = textNode(" ")
		}
		for _, c := range release(n) {
			for _, kept := range oneLine([]*html.Node{c}) {
				n.AppendChild(kept)
			}
		}
		out = append(out, n)
	}
	return out
}
