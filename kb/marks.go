package kb

import (
	"html"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marked returns the passage's HTML with the given sentence of its text inside
// <mark> elements. A sentence that does not occur leaves the HTML as it is.
//
// Characters are compared after decoding, with any run of blanks equal to any other,
// and tags may stand between them: each stretch of text between two tags gets a
// <mark> of its own, so that the nesting stays sound. The first occurrence is marked.
func (p Passage) Marked(sentence string) template.HTML {
	rendered := string(p.HTML)
	want := strings.Join(strings.Fields(sentence), " ")
	words := readWords(rendered)
	at := strings.Index(words.text.String(), want)
	if want == "" || at < 0 {
		return p.HTML
	}
	from, to := words.start[at], words.end[at+len(want)-1]
	return template.HTML(mark(rendered, from, to))
}

// words is the text of rendered HTML with every run of blanks as one space, and for
// each of its bytes where the character that it comes from starts and ends in the HTML.
type words struct {
	text       strings.Builder
	start, end []int
	space      bool // a blank is due before the next character
}

// readWords reads rendered HTML.
func readWords(rendered string) *words {
	w := &words{}
	for t := range tokens(rendered) {
		if t.tag != "" {
			w.space = w.space || separator(t.tag) != ""
			continue
		}
		for at := t.start; at < t.end; {
			n := charLen(rendered[at:t.end])
			w.add(html.UnescapeString(rendered[at:at+n]), at, at+n)
			at += n
		}
	}
	return w
}

// add appends one character, which stands in the HTML from start to end.
func (w *words) add(char string, start, end int) {
	if r, _ := utf8.DecodeRuneInString(char); unicode.IsSpace(r) {
		w.space = true
		return
	}
	if w.space && w.text.Len() > 0 {
		char = " " + char
	}
	w.space = false
	w.text.WriteString(char)
	for range len(char) {
		w.start = append(w.start, start)
		w.end = append(w.end, end)
	}
}

// charLen returns the length of the character or entity that text begins with.
func charLen(text string) int {
	if text[0] == '&' {
		return strings.IndexByte(text, ';') + 1
	}
	_, n := utf8.DecodeRuneInString(text)
	return n
}

// mark puts <mark> around the text between two offsets, token by token. Blanks that
// only lay out the HTML after a block's tag stay outside: no mark may stand between
// table rows or list items.
func mark(rendered string, from, to int) string {
	var b strings.Builder
	layout := false
	for t := range tokens(rendered) {
		text := rendered[t.start:t.end]
		start, end := max(t.start, from), min(t.end, to)
		if layout {
			start = max(start, t.end-len(strings.TrimLeft(text, "\n")))
		}
		if t.tag != "" || start >= end {
			b.WriteString(text)
		} else {
			b.WriteString(rendered[t.start:start] + "<mark>" + rendered[start:end] + "</mark>" + rendered[end:t.end])
		}
		layout = t.tag != "" && separator(t.tag) != ""
	}
	return b.String()
}
