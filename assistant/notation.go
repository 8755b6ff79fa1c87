package assistant

import (
	"fmt"
	"slices"
	"strings"
)

// The notation of a line of a lexicon, in which spaces separate words:
//
//	word         this word           one|two   either word
//	begin*       any word with it    a|b_c     "a" or "b c"
//	~word        also with a typo    @name     any word of a list
//	#5-17        a number            $         the end of a clause
//	..           up to three words   a & b & c all, in any order, up to ten words apart
//	a b ! c|d    "a b", but not with "c" or "d" in it, or in its clause up to four words away
//
// "@name = a|b" defines a list, "@name + c|d" adds to it.
const (
	shortGap = ".."
	longGap  = "..."
	maxGap   = 3
	maxApart = 10
	around   = 4
)

// maxParts is how many parts "&" may join: every order of them is a phrase of its own.
const maxParts = 4

// define reads a line that defines a list or adds to it.
func define(line string, lists map[string]string) bool {
	if !strings.HasPrefix(line, "@") {
		return false
	}
	fields := strings.Fields(line)
	if len(fields) != 3 {
		return false
	}
	words := unfold(fields[2], lists)
	switch fields[1] {
	case "=":
		lists[fields[0]] = words
	case "+":
		lists[fields[0]] += "|" + words
	default:
		return false
	}
	return true
}

// expand writes a line without lists and "&", and so that "$" stands alone:
// "a .. b|$" becomes "a .. b" and "a $".
func expand(line string, lists map[string]string) ([]string, error) {
	line, unless, _ := strings.Cut(line, " ! ")
	parts := strings.Split(line, " & ")
	if len(parts) > maxParts {
		return nil, fmt.Errorf("%q joins more than %d parts", line, maxParts)
	}
	var lines []string
	for _, order := range orders(parts) {
		fields := strings.FieldsFunc(strings.Join(order, " "+longGap+" "), isSpace)
		for i, field := range fields {
			fields[i] = unfold(field, lists)
		}
		lines = append(lines, ends(fields)...)
	}
	if unless != "" {
		for i := range lines {
			lines[i] += " ! " + unfold(unless, lists)
		}
	}
	return lines, nil
}

// isSpace is enough for folded text, and faster than unicode's.
func isSpace(r rune) bool { return r == ' ' }

// orders returns the parts in every order.
func orders(parts []string) [][]string {
	if len(parts) < 2 {
		return [][]string{parts}
	}
	var all [][]string
	for i := range parts {
		others := slices.Concat(parts[:i], parts[i+1:])
		for _, rest := range orders(others) {
			all = append(all, append([]string{parts[i]}, rest...))
		}
	}
	return all
}

// unfold puts the words of lists in the place of their names.
func unfold(field string, lists map[string]string) string {
	words := strings.Split(field, "|")
	for i, w := range words {
		if list, ok := lists[w]; ok {
			words[i] = list
		}
	}
	return strings.Join(words, "|")
}

// ends writes fields as lines in which the end of the clause is no alternative.
func ends(fields []string) []string {
	for i, field := range fields {
		words := strings.Split(field, "|")
		at := slices.Index(words, "$")
		if at < 0 || len(words) == 1 {
			continue
		}
		others := strings.Join(slices.Delete(words, at, at+1), "|")
		lines := ends(replace(fields, i, others))
		if i > 0 {
			lines = append(lines, ends(replace(fields, i, "$"))...)
		}
		return lines
	}
	return []string{strings.Join(fields, " ")}
}

// replace returns the fields with another field i; nothing stands between a word
// and the end of its clause.
func replace(fields []string, i int, field string) []string {
	before := fields[:i]
	if field == "$" && i > 0 && (before[i-1] == shortGap || before[i-1] == longGap) {
		before = before[:i-1]
	}
	return slices.Concat(before, []string{field}, fields[i+1:])
}
