package ingest

import (
	"regexp"
	"strings"
)

// Site generators put more into Markdown than text: MDX has lines of JavaScript, and notes stand
// between lines of colons.
var (
	scriptLine = regexp.MustCompile(`^(?:import\s.+\sfrom\s+['"].+['"];?|import\s+['"].+['"];?|export\s+(?:const|default|function)\s.*)$`)
	colonLine  = regexp.MustCompile(`^\s*:{3,}\s*\[?[a-zA-Z]*.*$`)
	fenceLine  = regexp.MustCompile("^\\s*(?:```|~~~)")
)

// plainMarkdown takes out what a site generator reads and no reader does, outside of code, and
// says how many lines that were. The title of a note stays as a paragraph.
func plainMarkdown(body string) (text string, taken int) {
	var b strings.Builder
	inCode := false
	for line := range strings.Lines(body) {
		bare := strings.TrimRight(line, "\n")
		switch {
		case fenceLine.MatchString(bare):
			inCode = !inCode
		case !inCode && scriptLine.MatchString(bare):
			taken++
			line = "\n"
		case !inCode && colonLine.MatchString(bare):
			taken++
			line = "\n" + noteTitle(bare) + "\n\n"
		}
		b.WriteString(line)
	}
	return b.String(), taken
}

// noteTitle returns the words after ":::tip", which may stand in brackets.
func noteTitle(line string) string {
	_, title, _ := strings.Cut(strings.TrimLeft(strings.TrimSpace(line), ": "), " ")
	return strings.Trim(strings.TrimSpace(title), "[]")
}
