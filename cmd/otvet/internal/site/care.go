package site

import (
	"net/http"
	"strings"
	"unicode"

	"otvet/kb"
)

// careLetter is the fixed message of the content for someone who may be in distress.
const careLetter = "safety"

// carePage is the answer to a question that a person must answer: the message and the
// way to a person, nothing else.
type carePage struct {
	frame
	Messages []care
	Contact  string
}

// care is the fixed message in one language.
type care struct {
	Lang       string
	Title      string
	Paragraphs []paragraph
}

// paragraph is a paragraph of a letter; Link, if any, follows its text under Label.
type paragraph struct{ Text, Link, Label string }

// handOff writes the care page for a question typed into the search box.
func (s *Site) handOff(w http.ResponseWriter, lang, question string) error {
	p := carePage{frame: s.frame(lang, s.words(lang).T("care.title"), "contact").unlisted(), Contact: contactWith(lang, question)}
	p.Messages = s.careFor(lang, question, p.Contact)
	p.Finder, p.Quiet, p.Script = false, true, ""
	private(w)
	return s.pages.care.Write(w, http.StatusOK, &p)
}

// careFor returns the message in the page's language, and in the other one too when the
// text is written in its letters: nobody should have to read this in a foreign language.
func (s *Site) careFor(lang, text, path string) []care {
	messages := []care{s.careMessage(lang, path)}
	for _, other := range kb.Locales() {
		if string(other) != lang && writtenIn(text, other) {
			messages = append(messages, s.careMessage(string(other), path))
		}
	}
	return messages
}

// writtenIn reports whether a text has letters of the locale's script.
func writtenIn(text string, locale kb.Locale) bool {
	script := unicode.Latin
	if locale == kb.RU {
		script = unicode.Cyrillic
	}
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(script, r) })
}

// careMessage renders the letter; an operator's content without it gets our own words.
func (s *Site) careMessage(lang, path string) care {
	words, link := s.words(lang), s.absolute(path)
	letter, ok := s.Engine.Library().Letter(kb.Locale(lang), careLetter)
	if !ok {
		letter = kb.Letter{Subject: words.T("care.title"), Body: words.T("care.body")}
	}
	title, body := letter.Render(kb.Fields{"operator": s.Operator, "helpline": s.Helpline(lang), "link": link})
	c := care{Lang: lang, Title: title}
	for text := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		before, _, found := strings.Cut(text, link)
		p := paragraph{Text: strings.TrimSpace(before)}
		if found {
			p.Link, p.Label = path, words.T("care.link")
		}
		c.Paragraphs = append(c.Paragraphs, p)
	}
	return c
}
