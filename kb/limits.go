package kb

import "strings"

// Fences before the Markdown parser, whose time grows with the square of nesting
// and of the brackets in one block: 64 KiB of "- - -" would take six seconds.
const (
	maxNesting = 32       // quotes and lists inside each other
	maxBlock   = 16 << 10 // bytes of text without an empty line
)

// fits reports the first thing that would take too long to render, and whether there
// is nothing such.
func (s *source) fits(body string) bool {
	block, begin := 0, 1
	for i, line := range strings.Split(body, "\n") {
		if nesting(line) > maxNesting {
			s.problem(place{i + 1, 1}, "quotes and lists are nested deeper than %d: use headings instead", maxNesting)
			return false
		}
		if strings.TrimSpace(line) == "" {
			block, begin = 0, i+2
			continue
		}
		if block += len(line) + 1; block > maxBlock {
			s.problem(place{begin, 1}, "more than %d KiB of text without an empty line: split it into paragraphs", maxBlock>>10)
			return false
		}
	}
	return true
}

// nesting bounds from above how many quotes and lists the line is inside of: one
// for each marker it begins with and for each two columns of indentation, which is
// the least that an inner list takes.
func nesting(line string) int {
	markers, columns := 0, 0
	for line != "" {
		switch {
		case line[0] == ' ':
			columns++
			line = line[1:]
		case line[0] == '\t':
			columns += 4
			line = line[1:]
		default:
			n := markerLen(line)
			if n == 0 {
				return markers + columns/2
			}
			markers++
			line = line[n:]
		}
	}
	return markers
}

// markerLen returns the length of the quote or list marker that s begins with, or 0.
func markerLen(s string) int {
	if s[0] == '>' {
		return 1
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	isBullet := strings.IndexByte("-+*", s[0]) >= 0
	isNumber := digits > 0 && digits < len(s) && strings.IndexByte(".)", s[digits]) >= 0
	if !isBullet && !isNumber {
		return 0
	}
	n := digits + 1
	if n < len(s) && s[n] != ' ' && s[n] != '\t' {
		return 0
	}
	return n
}
