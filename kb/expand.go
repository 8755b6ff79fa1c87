package kb

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// The marks that stand in the place of a fact's name.
const (
	exampleMark = "example" // a number that is no rule: "{{example:€50}}"
	writeMark   = "write"   // a place that an editor still has to fill: "{{write:the answer}}"
)

// expansion is a reference and what it became.
type expansion struct {
	start, end int    // in the text
	width      int    // of the reference, in characters
	fact       string // its name; empty for an example
}

// reference is "{{name}}", "{{name:form}}" or "{{example:any text}}".
var reference = regexp.MustCompile(`\{\{([^{}\n]*)\}\}`)

// expand puts the facts in the place of the references to them, except where keep says that
// braces mean something else. Lines stay lines, and places are those of the file as it was written.
func (s *source) expand(f facts, keep func(inner string) bool) {
	var b strings.Builder
	var expansions []expansion
	last := 0
	for _, m := range reference.FindAllStringSubmatchIndex(s.text, -1) {
		inner := s.text[m[2]:m[3]]
		if keep(inner) {
			continue
		}
		words, name, problem := f.words(Locale(localeOf(s.file)), inner)
		if problem != "" {
			s.problem(s.at(m[0]), "%s", problem)
			words = cmp.Or(words, inner)
		}
		b.WriteString(s.text[last:m[0]])
		start := b.Len()
		b.WriteString(words)
		expansions = append(expansions, expansion{start, b.Len(), utf8.RuneCountInString(s.text[m[0]:m[1]]), name})
		last = m[1]
	}
	b.WriteString(s.text[last:])
	s.text = b.String()
	s.starts = lineStarts(s.text)
	s.expansions = expansions
}

// expandArticle expands an article, in which braces mean nothing else.
func (s *source) expandArticle(f facts) {
	s.expand(f, func(string) bool { return false })
	for _, braces := range []string{"{{", "}}"} {
		if at := strings.Index(s.text, braces); at >= 0 {
			s.problem(s.at(at), "stray \"%s\": a reference is written {{name}} on one line", braces)
		}
	}
}

// expandLetter expands a letter, where all but the facts are placeholders.
func (s *source) expandLetter(f facts) {
	s.expand(f, func(inner string) bool {
		name, _, _ := strings.Cut(inner, ":")
		_, isFact := f[name]
		return !isFact
	})
}

// words returns what a reference stands for, and the name of its fact.
func (f facts) words(loc Locale, inner string) (words, name, problem string) {
	name, form, hasForm := strings.Cut(inner, ":")
	if name == exampleMark {
		if strings.TrimSpace(form) == "" {
			return "", "", "example without a text: write {{example:€50}}"
		}
		return form, "", ""
	}
	if name == writeMark {
		return pen + form, "", "still to be written: " + form
	}
	known, ok := f[name]
	switch {
	case !ok:
		return "", "", "unknown fact \"" + name + "\": " + f.advice(name)
	case hasForm && !slices.Contains(forms(loc), form):
		return "", "", "unknown form \"" + form + "\": the forms here are " + strings.Join(forms(loc), ", ")
	case form == formAdj && (known.unit == "" || currencies()[known.unit] != ""):
		return "", "", "\"" + name + "\" has no form adj: it has no unit that is counted"
	}
	return known.write(loc, form), name, ""
}

// advice says what to write in the place of an unknown fact.
func (f facts) advice(name string) string {
	if len(f) == 0 {
		return "write \"" + name + ": 24 hours\" into " + factsFile + " beside the folders of the languages"
	}
	if near := nearest(name, f.names()); near != "" {
		return "did you mean \"" + near + "\"? Else add it to " + factsFile
	}
	return "add it to " + factsFile
}

// pen shows the place of a writeMark to whoever looks at an unfinished article.
const pen = "✎ "

// unwritten says whether a text waits for its editor.
func unwritten(text string) bool { return strings.Contains(text, pen) }
