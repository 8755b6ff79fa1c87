package ingest

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Fences before the HTML parser and everything that walks its tree.
const (
	maxHTML  = 1 << 20 // bytes
	maxDepth = 100     // elements inside each other
	// maxOpened is how often formatting is opened again at most, for each tag and text once.
	maxOpened = 500_000
)

// parseHTML returns the tree of a fragment, below a body element, and tells the item what
// had to be removed.
func parseHTML(text string, item *Item) (*html.Node, error) {
	if len(text) > maxHTML {
		return nil, fmt.Errorf("text is larger than %d MiB: split it into several articles", maxHTML>>20)
	}
	if err := checkDepth(text); err != nil {
		return nil, err
	}
	body := element("body")
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(text), body, html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, fmt.Errorf("parse HTML: %w", err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	if removed := stripTree(body); removed > 0 {
		item.note("%d control characters removed", removed)
	}
	return body, nil
}

// checkDepth counts how deep elements are open inside each other, without building them,
// and how often the parser will open formatting again: what is not closed goes on in every
// block that follows. Elements that the parser closes by itself, such as p and li, cannot
// nest without others.
func checkDepth(text string) error {
	open, depth, formats, opened := map[string]int{}, 0, 0, 0
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		step := 0
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return nil // the end
		case html.StartTagToken:
			step = 1
		case html.EndTagToken:
			step = -1
		}
		if step != 0 {
			tag, _ := z.TagName()
			name := string(tag)
			if !closesItself(name) && open[name]+step >= 0 {
				open[name] += step
				depth += step
				if isFormat(name) {
					formats += step
				}
			}
		}
		opened += formats
		if depth > maxDepth || opened > maxOpened {
			return errors.New("HTML elements are nested too deeply: simplify the article in its editor")
		}
	}
}

// isFormat says whether an element goes on after the end of the block in which it stands.
func isFormat(name string) bool {
	switch name {
	case "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}

// closesItself says whether an element has no end tag, or none is needed.
func closesItself(name string) bool {
	switch name {
	case "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option",
		"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// element returns a new element with children.
func element(name string, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
	for _, c := range children {
		n.AppendChild(c)
	}
	return n
}

// textNode returns a new text.
func textNode(text string) *html.Node { return &html.Node{Type: html.TextNode, Data: text} }

// clone returns a deep copy without a parent.
func clone(n *html.Node) *html.Node {
	out := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: append([]html.Attribute(nil), n.Attr...)}
	for c := range n.ChildNodes() {
		out.AppendChild(clone(c))
	}
	return out
}

// attribute returns an attribute's value; empty when it is not there.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// children returns a node's children as a list, so that the tree may change meanwhile.
func children(n *html.Node) []*html.Node {
	var out []*html.Node
	for c := range n.ChildNodes() {
		out = append(out, c)
	}
	return out
}

// release takes the children out of a node.
func release(n *html.Node) []*html.Node {
	out := children(n)
	for _, c := range out {
		n.RemoveChild(c)
	}
	return out
}

// isElement says whether a node is an element of one of the names.
func isElement(n *html.Node, names ...string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for _, name := range names {
		if n.Data == name {
			return true
		}
	}
	return false
}

// rawText returns all text below a node as it stands.
func rawText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case isElement(d, "br"):
			b.WriteByte('\n')
		}
	}
	return b.String()
}
