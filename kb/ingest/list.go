package ingest

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// list returns a list; its contents as paragraphs where lists are too deep.
func (s *sanitizer) list(n *html.Node, in place) []*html.Node {
	if in.depth >= maxLists {
		s.item.note("lists and quotes nested deeper than %d were flattened", maxLists)
		return s.blocks(n, in)
	}
	name := "ul"
	if n.Data == "ol" {
		name = "ol"
	}
	list := element(name)
	if start, err := strconv.Atoi(attribute(n, "start")); err == nil && name == "ol" && start >= 0 && start < 1e6 {
		list.Attr = []html.Attribute{{Key: "start", Val: strconv.Itoa(start)}}
	}
	for c := range n.ChildNodes() {
		s.listItem(list, c, in)
	}
	if list.FirstChild == nil {
		return nil
	}
	return []*html.Node{list}
}

// listItem adds a child of a list. What is no item, such as a list directly in a list,
// belongs to the item before it.
func (s *sanitizer) listItem(list, c *html.Node, in place) {
	if isElement(c, "li") {
		addItem(list, s.itemBlocks(c, in))
		return
	}
	blocks := s.blocks(element("div", clone(c)), in.inside())
	if last := list.LastChild; last != nil {
		for _, b := range blocks {
			last.AppendChild(b)
		}
		return
	}
	addItem(list, blocks)
}

// itemBlocks returns the contents of an item, after a comment with its id.
func (s *sanitizer) itemBlocks(li *html.Node, in place) []*html.Node {
	f := &flow{s: s, in: in.inside()}
	f.keepID(li)
	return append(f.blocks, s.blocks(li, in.inside())...)
}

// addItem adds an item unless it holds nothing.
func addItem(list *html.Node, blocks []*html.Node) {
	if strings.TrimSpace(plainText(blocks...)) == "" {
		return
	}
	list.AppendChild(element("li", blocks...))
}

// definitions returns a list of terms with their explanations as a list whose items
// begin with the term in bold.
func (s *sanitizer) definitions(n *html.Node, in place) []*html.Node {
	if in.depth >= maxLists {
		return s.list(n, in)
	}
	list := element("ul")
	for _, c := range definitionParts(n) {
		blocks := s.itemBlocks(c, in)
		if isElement(c, "dt") {
			addItem(list, []*html.Node{boldParagraph(line(plainText(blocks...)))})
			continue
		}
		s.listItem(list, element("div", blocks...), in)
	}
	if list.FirstChild == nil {
		return nil
	}
	return []*html.Node{list}
}

// definitionParts returns the dt and dd elements, which may stand in div elements.
func definitionParts(n *html.Node) []*html.Node {
	var parts []*html.Node
	for c := range n.ChildNodes() {
		switch {
		case isElement(c, "dt", "dd"):
			parts = append(parts, c)
		case isElement(c, "div"):
			parts = append(parts, definitionParts(c)...)
		}
	}
	return parts
}

// quote returns a quote; its contents where quotes are too deep.
func (s *sanitizer) quote(n *html.Node, in place) []*html.Node {
	if in.depth >= maxLists {
		s.item.note("lists and quotes nested deeper than %d were flattened", maxLists)
		return s.blocks(n, in)
	}
	in = in.inside()
	in.quote = true
	blocks := s.blocks(n, in)
	if strings.TrimSpace(plainText(blocks...)) == "" {
		return nil
	}
	return []*html.Node{element("blockquote", blocks...)}
}
