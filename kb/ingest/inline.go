package ingest

import (
	"path"
	"strings"

	"golang.org/x/net/html"
)

// style is the set of inline elements that text stands in already.
type style struct{ strong, em, link bool }

// styles returns the style of elements around blocks.
func styles(wrap []*html.Node) (s style) {
	for _, n := range wrap {
		s = s.within(formatOfElement(n))
	}
	return s
}

// within returns the style inside one more element.
func (s style) within(name string) style {
	s.strong = s.strong || name == "strong"
	s.em = s.em || name == "em"
	s.link = s.link || name == "a"
	return s
}

// has says whether an element would change nothing.
func (s style) has(name string) bool {
	return name == "strong" && s.strong || name == "em" && s.em || name == "a" && s.link
}

// formatOfElement returns our element for an inline element; empty when it has none.
func formatOfElement(n *html.Node) string {
	switch n.Data {
	case "b", "strong":
		return "strong"
	case "i", "em", "cite", "dfn", "var":
		return "em"
	case "a":
		if strings.TrimSpace(attribute(n, "href")) != "" {
			return "a"
		}
	}
	return ""
}

// isInline says whether an element stands within a line of text.
func isInline(n *html.Node) bool {
	switch n.Data {
	case "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del", "dfn", "em", "font",
		"i", "img", "ins", "kbd", "label", "mark", "nobr", "output", "picture", "q", "rp", "rt", "ruby", "s", "samp",
		"small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr":
		return n.Type == html.ElementNode
	}
	return false
}

// holdsBlocks says whether a block stands in an inline element.
func holdsBlocks(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && !isInline(d) && !isLeftOut(d) {
			return true
		}
	}
	return false
}

// inline returns what a line of text keeps of a node.
func (s *sanitizer) inline(n *html.Node, in style) []*html.Node {
	switch {
	case n.Type == html.TextNode:
		return []*html.Node{textNode(squeeze(n.Data))}
	case n.Type != html.ElementNode || s.leavesOut(n):
		return nil
	}
	switch n.Data {
	case "br":
		return []*html.Node{element("br")}
	case "img":
		return s.image(n)
	case "code", "kbd", "samp", "tt":
		if text := strings.TrimSpace(squeeze(rawText(n))); text != "" {
			return []*html.Node{element("code", textNode(text))}
		}
		return nil
	case "q":
		return append(append([]*html.Node{textNode("“")}, s.inlines(n, in)...), textNode("”"))
	case "del", "s", "strike":
		s.item.note("struck-out text %q is not struck out any more", shorten(line(rawText(n)), 60))
	case "sup", "sub":
		s.item.note("raised or lowered text %q stands on the line", shorten(line(rawText(n)), 60))
	}
	name := formatOfElement(n)
	if name == "" || in.has(name) {
		return s.inlines(n, in)
	}
	return s.wrapped(n, s.inlines(n, in.within(name)))
}

// inlines returns what a line of text keeps of a node's children.
func (s *sanitizer) inlines(n *html.Node, in style) []*html.Node {
	var out []*html.Node
	for c := range n.ChildNodes() {
		out = append(out, s.inline(c, in)...)
	}
	return out
}

// wrapped puts our element for n around nodes, unless they hold no text.
func (s *sanitizer) wrapped(n *html.Node, nodes []*html.Node) []*html.Node {
	name := formatOfElement(n)
	empty := strings.TrimSpace(plainText(nodes...)) == ""
	if name == "a" && empty {
		s.item.note("link to %q without words left out", attribute(n, "href"))
	}
	if name == "" || empty {
		return nodes
	}
	out := element(name, nodes...)
	if name == "a" {
		out.Attr = []html.Attribute{{Key: "href", Val: strings.TrimSpace(attribute(n, "href"))}}
	}
	return []*html.Node{out}
}

// image keeps the words that describe an image.
func (s *sanitizer) image(n *html.Node) []*html.Node {
	words, source := line(attribute(n, "alt")), attribute(n, "src")
	if strings.HasPrefix(source, "data:") {
		source = "data:"
	}
	if words == "" {
		s.item.note("image %q without a description left out: write what it shows", shorten(path.Base(source), 80))
		return nil
	}
	s.item.note("image %q left out, its description %q kept", shorten(path.Base(source), 80), shorten(words, 80))
	return []*html.Node{textNode(words)}
}

// isLeftOut says whether an element goes with all that it holds.
func isLeftOut(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "template", "head", "title", "link", "meta", "base", "col", "colgroup", "svg", "math",
		"iframe", "frame", "frameset", "noframes", "object", "embed", "applet", "param", "video", "audio", "canvas", "source",
		"track", "map", "area", "input", "select", "textarea", "progress", "meter", "datalist":
		return true
	}
	return false
}

// leavesOut says whether an element is left out, and notes what a reader could have seen.
func (s *sanitizer) leavesOut(n *html.Node) bool {
	if !isLeftOut(n) {
		return false
	}
	switch n.Data {
	case "script":
		s.item.note("script left out")
	case "iframe", "frame", "object", "embed", "video", "audio", "applet":
		address := attribute(n, "src") + attribute(n, "data")
		for d := range n.Descendants() {
			if address == "" {
				address = attribute(d, "src")
			}
		}
		s.item.note("%s %q left out: say in words what it shows", n.Data, shorten(address, 120))
	case "svg", "math", "canvas", "map":
		s.item.note("%s left out: say in words what it shows", n.Data)
	case "input", "select", "textarea":
		s.item.note("form field or check box left out")
	}
	return true
}

// squeeze makes each run of blanks and line ends one space; no-break spaces stay.
func squeeze(text string) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}
