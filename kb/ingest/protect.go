package ingest

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// Texts in which a Markdown parser reads more than text and which the converter does not
// escape everywhere.
var (
	reference  = regexp.MustCompile(`&(#?[0-9A-Za-z]+;)`)                          // "&lt;" that is meant literally
	lineMarker = regexp.MustCompile(`^([\s\p{Zs}]*)([-+#=~])`)                     // begins an item, a heading, an underline, a fence
	itemNumber = regexp.MustCompile(`^([\s\p{Zs}]*\d{1,9})([.)](?:[\s\p{Zs}]|$))`) // begins a numbered item
)

// protect puts [escape] into all texts that need it, except in code.
func protect(body *html.Node) {
	mergeTexts(body)
	for n := range body.Descendants() {
		if n.Type != html.TextNode || insideOf(n, "code") {
			continue
		}
		n.Data = reference.ReplaceAllString(n.Data, escape+"&$1")
		if !insideOf(n, "table") {
			n.Data = strings.ReplaceAll(n.Data, "|", escape+"|") // two lines of pipes would be a table
		}
		if beginsLine(n) {
			n.Data = lineMarker.ReplaceAllString(n.Data, "$1"+escape+"$2")
			n.Data = itemNumber.ReplaceAllString(n.Data, "$1"+escape+"$2")
		}
	}
}

// insideOf says whether a node stands in an element.
func insideOf(n *html.Node, name string) bool {
	for p := range n.Ancestors() {
		if isElement(p, name) {
			return true
		}
	}
	return false
}

// beginsLine says whether nothing but blanks stands before a text in its line.
func beginsLine(n *html.Node) bool {
	for before := n.PrevSibling; before != nil; before = before.PrevSibling {
		if isElement(before, "br") {
			return true
		}
		if before.Type != html.TextNode || strings.TrimSpace(before.Data) != "" {
			return false
		}
	}
	return n.Parent == nil || !isElement(n.Parent, "strong", "em", "a") || beginsLine(n.Parent)
}

// mergeTexts joins texts that stand side by side.
func mergeTexts(n *html.Node) {
	for _, c := range children(n) {
		if before := c.PrevSibling; before != nil && before.Type == html.TextNode && c.Type == html.TextNode {
			before.Data += c.Data
			n.RemoveChild(c)
			continue
		}
		mergeTexts(c)
	}
}
