package ingest

import (
	"strings"

	"golang.org/x/net/html"
)

// plainText returns the text of sanitised nodes as kb does of a section: a line end
// between blocks, a tab between cells.
func plainText(nodes ...*html.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		if n != nil {
			writePlain(&b, n)
		}
	}
	return b.String()
}

func writePlain(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	between := "\n"
	switch {
	case isElement(n, "a", "code", "em", "strong", "span"):
		between = ""
	case isElement(n, "td", "th"):
		between = "\t"
	}
	b.WriteString(between)
	for c := range n.ChildNodes() {
		writePlain(b, c)
	}
	b.WriteString(between)
}

// essence reduces a text to what must survive rendering: blanks count as one space,
// and not at all between braces, which are broken up.
func essence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.NewReplacer("{ {", "{{", "} }", "}}").Replace(text)
}
