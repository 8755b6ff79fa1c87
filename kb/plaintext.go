package kb

import (
	"html"
	"iter"
	"strings"
)

// token is a tag or a stretch of text in HTML that this package has rendered,
// which is why no more of HTML has to be understood than this.
type token struct {
	start, end int
	tag        string // "p" of both "<p>" and "</p>"; empty for text
}

// tokens cuts rendered HTML.
func tokens(rendered string) iter.Seq[token] {
	return func(yield func(token) bool) {
		for at := 0; at < len(rendered); {
			t := nextToken(rendered, at)
			if !yield(t) {
				return
			}
			at = t.end
		}
	}
}

// nextToken returns the token at an offset.
func nextToken(rendered string, at int) token {
	rest := rendered[at:]
	if rest[0] != '<' {
		n := strings.IndexByte(rest, '<')
		if n < 0 {
			n = len(rest)
		}
		return token{start: at, end: at + n}
	}
	n := strings.IndexByte(rest, '>')
	if n < 0 {
		n = len(rest) - 1
	}
	tag := strings.TrimLeft(rest[1:n], "/")
	if space := strings.IndexAny(tag, " \n"); space >= 0 {
		tag = tag[:space]
	}
	return token{start: at, end: at + n + 1, tag: tag}
}

// separator is what a tag puts between the words on its sides in plain text.
func separator(tag string) string {
	switch tag {
	case "a", "code", "em", "strong", "mark":
		return ""
	case "td", "th":
		return "\t"
	}
	return "\n"
}

// plainText returns rendered HTML as text: one block a line, table cells divided by
// tabs, entities decoded. No-break spaces stay.
func plainText(rendered string) string {
	var b strings.Builder
	for t := range tokens(rendered) {
		if t.tag != "" {
			b.WriteString(separator(t.tag))
			continue
		}
		// Line feeds in the HTML are no line ends to a reader.
		b.WriteString(strings.ReplaceAll(html.UnescapeString(rendered[t.start:t.end]), "\n", " "))
	}
	var lines []string
	for line := range strings.Lines(b.String()) {
		if line = squeezeCells(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// squeezeCells makes each run of blanks one: a tab if there is a tab in it, else a space.
func squeezeCells(line string) string {
	var cells []string
	for cell := range strings.SplitSeq(line, "\t") {
		if cell = squeeze(cell); cell != "" {
			cells = append(cells, cell)
		}
	}
	return strings.Join(cells, "\t")
}

// squeeze makes each run of ASCII blanks one space and drops those at the ends.
func squeeze(text string) string {
	return strings.Join(strings.FieldsFunc(text, isBlank), " ")
}

// isBlank says whether r separates words without joining them, as a no-break space does.
func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }
