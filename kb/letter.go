package kb

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// lettersDir is the folder of letters in a locale.
const lettersDir = "letters"

// Letter is the text of a letter or of a fixed message. Subject, Button and Body may hold
// the placeholders of [LetterFields], written "{{number}}"; nothing else in braces is
// allowed, and no template language stands behind them, so that text from a player can
// never be run.
type Letter struct {
	Locale  Locale
	Name    string // see LetterSpecs
	Subject string
	Button  string // words on the button that "{{link}}" on a line of its own becomes; may be empty
	Body    string // Markdown without links, images and HTML
}

// Fields are the values of a letter's placeholders, as plain text.
type Fields map[string]string

// placeholder returns how a field is written in a letter.
func placeholder(name string) string { return "{{" + name + "}}" }

// placeholders finds what is written like a placeholder.
var placeholders = regexp.MustCompile(`\{\{([^{}\n]*)\}\}`)

// Uses returns the names of the placeholders in the letter, each once, in the order of
// [LetterFields].
func (l Letter) Uses() []string {
	used := map[string]bool{}
	for _, text := range []string{l.Subject, l.Button, l.Body} {
		for _, m := range placeholders.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
	}
	return slices.DeleteFunc(LetterFields(), func(name string) bool { return !used[name] })
}

// letterFile is a letter and where it stands.
type letterFile struct {
	letter Letter
	src    *source
}

// readLetter reads one letter.
func (e *edition) readLetter(src *source) bool {
	name := strings.TrimSuffix(path.Base(src.file), ".md")
	if !isSlug(name) {
		src.problem(place{}, "bad file name: use a-z, 0-9 and inner hyphens")
	}
	f, body, ok := src.frontMatter(names(letterKeys())...)
	if !ok || !src.fits(body) {
		return false
	}
	l := Letter{Locale: e.locale, Name: name, Subject: f.text("subject"), Body: strings.TrimSpace(body) + "\n"}
	src.checkPlaceholders(name, l.Subject, func(int) place { return f.at("subject") })
	if _, has := f.byName["button"]; has {
		l.Button = f.text("button")
		src.checkPlaceholders(name, l.Button, func(int) place { return f.at("button") })
	}
	src.checkPlaceholders(name, body, src.at)
	if strings.TrimSpace(body) == "" {
		src.problem(place{}, "letter without text: write it below the front matter")
	}
	e.letters = append(e.letters, &letterFile{l, src})
	return true
}

// checkPlaceholders reports braces that are no known placeholder; at places an offset of
// the text.
func (s *source) checkPlaceholders(letter, text string, at func(offset int) place) {
	known := "the placeholders are {{" + strings.Join(fieldsFor(letter), "}}, {{") + "}}"
	for next := 0; ; {
		found := strings.IndexAny(text[next:], "{}")
		if found < 0 {
			return
		}
		begin := next + found
		line, _, _ := strings.Cut(text[begin:], "\n")
		inner, _, closed := strings.Cut(line, "}}")
		name, opened := strings.CutPrefix(inner, "{{")
		switch {
		case !opened || !closed:
			s.problem(at(begin), "brace outside a placeholder: %s", known)
			return
		case !slices.Contains(LetterFields(), name):
			s.problem(at(begin), "unknown placeholder %q: %s, or a name in %s", placeholder(name), known, factsFile)
		}
		next = begin + len(inner) + len("}}")
	}
}

// hasLetter says whether the edition has a letter.
func (e *edition) hasLetter(name string) bool {
	return slices.ContainsFunc(e.letters, func(f *letterFile) bool { return f.letter.Name == name })
}
