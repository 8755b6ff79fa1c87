package kb

import (
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// layout writes a letter's Markdown as plain text and as HTML. It knows the few elements
// that a letter may have; of all others it writes the words.
type layout struct {
	source []byte
	html   strings.Builder
}

// layOut returns a marked letter in both forms, the marks still in it.
func layOut(marked string) (plain, rendered string) {
	l := &layout{source: []byte(marked)}
	doc := goldmark.New().Parser().Parse(text.NewReader(l.source))
	plain = strings.Join(l.blocks(doc), "\n\n")
	return plain + "\n", l.html.String()
}

// blocks writes the blocks in a node and returns each as plain text.
func (l *layout) blocks(parent ast.Node) (plain []string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if p := l.block(n); p != "" {
			plain = append(plain, p)
		}
	}
	return plain
}

// block writes one block.
func (l *layout) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		return ""
	case *ast.ThematicBreak:
		l.html.WriteString("<hr>\n")
		return "---"
	case *ast.Heading:
		return l.heading(n)
	case *ast.List:
		return l.list(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		lines := strings.TrimRight(string(n.Lines().Value(l.source)), "\n")
		l.lines(html.EscapeString(lines))
		return lines
	case *ast.Paragraph, *ast.TextBlock:
		words, rendered := l.inline(n)
		l.lines(rendered)
		return words
	}
	return strings.Join(l.blocks(n), "\n\n")
}

// heading writes a heading; the subject is the letter's first, so those inside begin at 2.
func (l *layout) heading(n *ast.Heading) string {
	words, rendered := l.inline(n)
	tag := "h" + strconv.Itoa(min(max(n.Level, 2), 3))
	l.html.WriteString("<" + tag + ">" + rendered + "</" + tag + ">\n")
	return words
}

// list writes a list, its items one below the other.
func (l *layout) list(n *ast.List) string {
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	l.html.WriteString("<" + tag + ">\n")
	var items []string
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		marker := "- "
		if n.IsOrdered() {
			marker = strconv.Itoa(number) + ". "
			number++
		}
		l.html.WriteString("<li>")
		var parts []string
		for part := item.FirstChild(); part != nil; part = part.NextSibling() {
			parts = append(parts, l.itemPart(part))
		}
		l.html.WriteString("</li>\n")
		indent := "\n" + strings.Repeat(" ", len(marker))
		items = append(items, marker+strings.ReplaceAll(strings.Join(parts, "\n"), "\n", indent))
	}
	l.html.WriteString("</" + tag + ">\n")
	return strings.Join(items, "\n")
}

// itemPart writes a block of a list item; its words stand in the item itself.
func (l *layout) itemPart(n ast.Node) string {
	if n.Kind() != ast.KindParagraph && n.Kind() != ast.KindTextBlock {
		return l.block(n)
	}
	words, rendered := l.inline(n)
	if n.PreviousSibling() != nil {
		l.html.WriteString("<br>\n")
	}
	l.html.WriteString(strings.ReplaceAll(rendered, "\n", "<br>\n"))
	return words
}

// lines writes the lines of a paragraph. A link on a line by itself ends the paragraph: it
// becomes something to press.
func (l *layout) lines(rendered string) {
	if field, ok := isMark(rendered); ok && !isLink(field) {
		l.html.WriteString(inForm(rendered, asParagraph))
		return
	}
	var open []string
	flush := func() {
		if len(open) > 0 {
			l.html.WriteString("<p>" + strings.Join(open, "<br>\n") + "</p>\n")
		}
		open = nil
	}
	for line := range strings.SplitSeq(rendered, "\n") {
		if field, ok := isMark(line); ok && isLink(field) {
			flush()
			l.html.WriteString(inForm(line, asAddress))
			continue
		}
		open = append(open, line)
	}
	flush()
}

// inline returns the words in a block, as plain text and as HTML; a line end stays one.
func (l *layout) inline(parent ast.Node) (words, rendered string) {
	var plain, marked strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w, r := l.span(n)
		plain.WriteString(w)
		marked.WriteString(r)
	}
	return plain.String(), marked.String()
}

// span returns one inline element.
func (l *layout) span(n ast.Node) (words, rendered string) {
	switch n := n.(type) {
	case *ast.Text:
		words = destination(n.Value(l.source))
		if n.SoftLineBreak() || n.HardLineBreak() {
			words = strings.TrimRight(words, " ") + "\n"
		}
		return words, html.EscapeString(words)
	case *ast.String:
		return string(n.Value), html.EscapeString(string(n.Value))
	case *ast.AutoLink:
		words = string(n.Label(l.source))
		return words, html.EscapeString(words)
	case *ast.RawHTML:
		return "", ""
	case *ast.Emphasis:
		tag := "em"
		if n.Level > 1 {
			tag = "strong"
		}
		words, rendered = l.inline(n)
		return words, "<" + tag + ">" + rendered + "</" + tag + ">"
	}
	return l.inline(n)
}
