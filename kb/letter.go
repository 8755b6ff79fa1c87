package kb

import (
	"path"
	"slices"
	"strings"
)

// lettersDir is the folder of letters in a locale.
const lettersDir = "letters"

// Letter is the text of a letter or of a fixed message. Subject and Body may
// hold the placeholders of [LetterFields], written "{{number}}"; nothing else in
// braces is allowed, and no template language stands behind them, so that text
// from a player can never be run.
type Letter struct {
	Locale  Locale
	Name    string // see RequiredLetters
	Subject string
	Body    string // plain text
}

// RequiredLetters returns the names of the letters without which content is not served:
// ack (a request was received), reply (an agent has replied), safety (the same as ack for
// someone who may be in distress) and safety-unsent (for a question that may come from
// such a person, when nothing has been sent to us yet).
func RequiredLetters() []string { return []string{"ack", "reply", "safety", "safety-unsent"} }

// Fields are the values of a letter's placeholders.
type Fields map[string]string

// LetterFields returns the names of the placeholders that letters may use:
// number (of the ticket), link (to the private page), category (its title),
// operator (its name), helpline, reply (the agent's text).
func LetterFields() []string {
	return []string{"number", "link", "category", "operator", "helpline", "reply"}
}

// Render fills the placeholders. A placeholder without a value becomes empty, and
// braces in a value stay as they are. The subject is always one line, whatever the
// values hold, because a line end in it would begin another mail header.
func (l Letter) Render(f Fields) (subject, body string) {
	var pairs []string
	for _, name := range LetterFields() {
		pairs = append(pairs, placeholder(name), f[name])
	}
	r := strings.NewReplacer(pairs...)
	return strings.Join(strings.Fields(r.Replace(l.Subject)), " "), r.Replace(l.Body)
}

// placeholder returns how a field is written in a letter.
func placeholder(name string) string { return "{{" + name + "}}" }

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
	if !ok {
		return false
	}
	l := Letter{Locale: e.locale, Name: name, Subject: f.text("subject"), Body: strings.TrimSpace(body) + "\n"}
	src.checkPlaceholders(l.Subject, func(int) place { return f.at("subject") })
	src.checkPlaceholders(body, src.at)
	if strings.TrimSpace(body) == "" {
		src.problem(place{}, "letter without text: write it below the front matter")
	}
	e.letters = append(e.letters, &letterFile{l, src})
	return true
}

// checkPlaceholders reports braces that are no known placeholder; at places an offset of
// the text.
func (s *source) checkPlaceholders(text string, at func(offset int) place) {
	known := "the placeholders are {{" + strings.Join(LetterFields(), "}}, {{") + "}}"
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
