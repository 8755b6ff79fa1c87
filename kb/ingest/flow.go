package ingest

import (
	"strings"

	"golang.org/x/net/html"
)

// maxLists is how deep lists and quotes may stand inside each other; kb takes 32 levels
// at two columns each, and an ordered list takes up to five.
const maxLists = 8

// sanitizer turns the HTML of an article into the few elements that our Markdown has:
// h1-h6, p, ul, ol, li, blockquote, pre, hr and table as blocks, and within them text, a,
// strong, em, code and br. Where something else had an id, a comment keeps it, so that
// links to it can still be followed.
type sanitizer struct {
	item *Item
	flat bool // an answer of a CSV: headings become bold paragraphs
}

// place is where in the tree blocks stand.
type place struct {
	depth int          // lists and quotes around
	inner bool         // inside a list, a quote or a table: no headings
	quote bool         // inside a quote
	wrap  []*html.Node // inline elements around, which blocks cannot stand in
}

// inside returns the place within one more list or quote.
func (p place) inside() place {
	p.depth++
	p.inner = true
	return p
}

// flow collects the blocks of one container.
type flow struct {
	s      *sanitizer
	in     place
	blocks []*html.Node
	run    []*html.Node // inline nodes that will be a paragraph
}

// blocks returns the contents of a container as blocks.
func (s *sanitizer) blocks(container *html.Node, in place) []*html.Node {
	f := &flow{s: s, in: in}
	for c := range container.ChildNodes() {
		f.add(c)
	}
	f.flush()
	return f.blocks
}

// add takes one node into the flow.
func (f *flow) add(n *html.Node) {
	switch {
	case n.Type == html.TextNode || isInline(n) && !holdsBlocks(n):
		f.keepIDs(n)
		f.run = append(f.run, f.s.inline(n, styles(f.in.wrap))...)
	case n.Type != html.ElementNode || f.s.leavesOut(n):
	default:
		f.flush()
		f.keepID(n)
		f.block(n)
	}
}

// block takes a block element into the flow.
func (f *flow) block(n *html.Node) {
	s, in := f.s, f.in
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		f.heading(n)
	case "summary", "caption", "legend":
		f.put(boldParagraph(f.s.words(n)))
	case "ul", "ol", "menu", "dir":
		f.put(s.list(n, in)...)
	case "dl":
		f.put(s.definitions(n, in)...)
	case "table":
		f.put(s.table(n, in)...)
	case "pre", "listing", "xmp":
		f.put(s.listing(n, in))
	case "blockquote":
		f.put(s.quote(n, in)...)
	case "hr":
		f.put(element("hr"))
	default:
		if isInline(n) {
			in.wrap = append(in.wrap[:len(in.wrap):len(in.wrap)], n)
		}
		f.put(s.blocks(n, in)...)
	}
}

// listing returns preformatted text; in a quote, where the converter cannot write it, as
// a paragraph with line breaks.
func (s *sanitizer) listing(n *html.Node, in place) *html.Node {
	text := strings.Trim(rawText(n), "\n")
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if !in.quote {
		return element("pre", element("code", textNode(text)))
	}
	s.item.note("preformatted text inside a quote became lines")
	p := element("p")
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if p.FirstChild != nil {
			p.AppendChild(element("br"))
		}
		p.AppendChild(textNode(squeeze(line)))
	}
	return p
}

// heading takes a heading into the flow; inside lists and tables, where our format has
// none, as a paragraph in bold.
func (f *flow) heading(n *html.Node) {
	for d := range n.Descendants() {
		f.keepID(d)
	}
	words := f.s.words(n)
	switch {
	case words == "":
	case f.in.inner || f.s.flat:
		f.s.item.note("heading %q inside a list, a table or an answer became a bold line", words)
		f.put(boldParagraph(words))
	default:
		f.put(element(n.Data, textNode(words)))
	}
}

// words returns the text of a heading on one line. Links do not stand in headings.
func (s *sanitizer) words(n *html.Node) string {
	var inside []*html.Node
	for c := range n.ChildNodes() {
		inside = append(inside, clone(c))
	}
	holder := element("div", s.blocks(element("div", inside...), place{inner: true})...)
	for d := range holder.Descendants() {
		if isElement(d, "a") {
			s.item.note("link to %q left out of a heading", attribute(d, "href"))
		}
	}
	return line(plainText(holder))
}

// put adds finished blocks.
func (f *flow) put(blocks ...*html.Node) {
	f.flush()
	for _, b := range blocks {
		if b != nil {
			f.blocks = append(f.blocks, b)
		}
	}
}

// flush makes paragraphs of the inline nodes; two line breaks in a row divide them.
func (f *flow) flush() {
	run := f.run
	f.run = nil
	for _, part := range splitAtBreaks(run) {
		if strings.TrimSpace(plainText(part...)) == "" {
			continue
		}
		for i := len(f.in.wrap) - 1; i >= 0; i-- {
			part = f.s.wrapped(f.in.wrap[i], part)
		}
		f.blocks = append(f.blocks, element("p", part...))
	}
}

// splitAtBreaks divides inline nodes at two or more line breaks, and drops those at the
// ends.
func splitAtBreaks(run []*html.Node) [][]*html.Node {
	var parts [][]*html.Node
	var part []*html.Node
	breaks := 0
	for _, n := range run {
		switch {
		case isElement(n, "br"):
			breaks++
			continue
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) == "" && breaks > 0:
			continue
		}
		if breaks == 1 && len(part) > 0 {
			part = append(part, element("br"))
		} else if breaks > 1 {
			parts, part = append(parts, part), nil
		}
		breaks = 0
		part = append(part, n)
	}
	return append(parts, part)
}

// keepID leaves a comment where an element had an id.
func (f *flow) keepID(n *html.Node) {
	for _, name := range []string{"id", "name"} {
		if id := attribute(n, name); id != "" && n.Type == html.ElementNode {
			f.blocks = append(f.blocks, &html.Node{Type: html.CommentNode, Data: id})
		}
	}
}

// keepIDs does so for a node and all below it.
func (f *flow) keepIDs(n *html.Node) {
	f.keepID(n)
	for d := range n.Descendants() {
		f.keepID(d)
	}
}

// boldParagraph returns words as a paragraph in bold; nil when there are none.
func boldParagraph(words string) *html.Node {
	if words == "" {
		return nil
	}
	return element("p", element("strong", textNode(words)))
}
