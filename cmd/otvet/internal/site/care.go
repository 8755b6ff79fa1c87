package site

import (
	"net/http"
	"strings"

	"otvet/assistant"
	"otvet/kb"
)

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
	p.Messages = s.careFor(lang, question, assistant.CareUnsent, p.Contact)
	p.Finder, p.Quiet, p.Script = false, true, ""
	private(w)
	return s.pages.care.Write(w, http.StatusOK, &p)
}

// careUnsent returns the fixed message for the writer of a text that was not taken; the page
// still shows the text itself, which may be too long for a link.
func (s *Site) careUnsent(lang, text string) []care {
	return s.careFor(lang, text, assistant.CareUnsent, address(lang, "contact"))
}

// careFor returns the fixed message of that name for the writer of a text; link is where
// its way to a person leads.
func (s *Site) careFor(lang, text, name, link string) []care {
	var messages []care
	for _, letter := range assistant.CareLetters(s.Engine.Library(), kb.Locale(lang), text, name) {
		messages = append(messages, s.careMessage(letter, link))
	}
	return messages
}

// careMessage renders the letter, its link as one that can be followed.
func (s *Site) careMessage(letter kb.Letter, path string) care {
	lang, link := string(letter.Locale), s.absolute(path)
	// What has no value is left out: the message must be shown all the same.
	message, _ := letter.Render(kb.Fields{"operator": s.Operator, "helpline": s.Helpline(lang), "link": link})
	c := care{Lang: lang, Title: message.Subject}
	for text := range strings.SplitSeq(strings.TrimSpace(message.Text), "\n\n") {
		before, _, found := strings.Cut(text, link)
		p := paragraph{Text: strings.TrimSpace(before)}
		if found {
			p.Link, p.Label = path, s.words(lang).T("care.link")
		}
		c.Paragraphs = append(c.Paragraphs, p)
	}
	return c
}
