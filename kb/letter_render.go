package kb

import (
	"html"
	"html/template"
	"slices"
	"strings"
)

// Writing is a letter as its reader gets it.
type Writing struct {
	Subject string        // always one line
	Text    string        // plain text: paragraphs with an empty line between them
	HTML    template.HTML // the same, without a page around it; see Render
}

// UnfilledError says that a letter uses fields that have no value.
type UnfilledError struct {
	Letter string
	Fields []string // in the order of LetterFields
}

// Error names the fields.
func (e *UnfilledError) Error() string {
	return "letter " + e.Letter + " is unfilled: no value for " + strings.Join(e.Fields, ", ")
}

// Render fills the placeholders. The Markdown is parsed before that, so nothing in a value is
// ever read as Markdown, HTML or a placeholder: a value is escaped, its line ends are line
// breaks, and one that is a paragraph by itself may be several. The subject is always one
// line, whatever the values hold, because a line end in it would begin another mail header.
//
// "{{link}}" on a line of its own becomes p.button, with the letter's Button, above p.address
// with the bare address; elements are p, br, h2, h3, ul, ol, li, hr, strong, em and a.
//
// A paragraph that tells an optional field (LetterSpec.Optional) without a value is left out.
// A letter that uses other fields without a value is returned with nothing in their places and an
// *UnfilledError: a page for someone in distress is shown all the same, a letter is not sent.
func (l Letter) Render(f Fields) (Writing, error) {
	values := make(Fields, len(f))
	for name, value := range f {
		values[name] = strings.Map(dropControl, normalize(value))
	}
	l.Body = l.told(values)
	button := oneLine(fill(l.Button, values))
	text, marked := layOut(markFields(l.Body))
	w := Writing{
		Subject: oneLine(fill(l.Subject, values)),
		Text:    fillMarks(text, func(m fieldMark) string { return values[m.field] }),
		HTML:    template.HTML(fillMarks(marked, func(m fieldMark) string { return m.html(values[m.field], button) })),
	}
	empty := slices.DeleteFunc(l.Uses(), func(name string) bool { return strings.TrimSpace(values[name]) != "" })
	if len(empty) > 0 {
		return w, &UnfilledError{l.Name, empty}
	}
	return w, nil
}

// told returns the body without the paragraphs that tell an optional field which has no value.
func (l Letter) told(values Fields) string {
	spec, _ := LetterSpecOf(l.Name)
	paragraphs := strings.Split(l.Body, "\n\n")
	for _, name := range spec.Optional {
		if strings.TrimSpace(values[name]) == "" {
			paragraphs = slices.DeleteFunc(paragraphs, func(p string) bool { return strings.Contains(p, placeholder(name)) })
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// fill puts values in the place of the placeholders of a plain text, each once: what a value
// looks like does not matter.
func fill(text string, values Fields) string {
	return placeholders.ReplaceAllStringFunc(text, func(s string) string {
		name := strings.Trim(s, "{}")
		if !slices.Contains(LetterFields(), name) {
			return s
		}
		return values[name]
	})
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// A placeholder is on its way through the Markdown parser as one character for private use,
// which means nothing to it. The range has room for each form of each field.
const (
	firstMark = '\ue000'
	marks     = 64 // of one form; more than there are fields
	lastMark  = firstMark + 3*marks - 1
)

// fieldMark is a placeholder in a parsed letter.
type fieldMark struct {
	field string
	form  int
}

// The forms of a placeholder.
const (
	asInline    = iota // in a line with other words
	asParagraph        // a paragraph by itself
	asAddress          // a link on a line by itself
)

// markFields puts a character in the place of each placeholder.
func markFields(text string) string {
	text = strings.Map(func(r rune) rune {
		if r >= firstMark && r <= lastMark {
			return -1
		}
		return r
	}, text)
	for i, name := range LetterFields() {
		text = strings.ReplaceAll(text, placeholder(name), string(firstMark+rune(i)))
	}
	return text
}

// inForm returns a text that is nothing but one mark in another form.
func inForm(text string, form int) string {
	r := []rune(text)[0]
	return string(firstMark + (r-firstMark)%marks + rune(form*marks))
}

// isMark says whether a text is nothing but one mark, and of which field.
func isMark(text string) (field string, ok bool) {
	runes := []rune(text)
	if len(runes) != 1 || runes[0] < firstMark || runes[0] > lastMark {
		return "", false
	}
	return LetterFields()[(runes[0]-firstMark)%marks], true
}

// fillMarks puts something in the place of each mark, in one pass.
func fillMarks(text string, write func(fieldMark) string) string {
	fields := LetterFields()
	var b strings.Builder
	for _, r := range text {
		if r < firstMark || r > lastMark {
			b.WriteRune(r)
			continue
		}
		n := int(r - firstMark)
		b.WriteString(write(fieldMark{fields[n%marks], n / marks}))
	}
	return b.String()
}

// html writes the field's value.
func (m fieldMark) html(value, button string) string {
	switch {
	case m.form == asParagraph:
		var b strings.Builder
		for part := range strings.SplitSeq(strings.TrimSpace(value), "\n\n") {
			b.WriteString("<p>" + breaks(strings.Trim(part, "\n")) + "</p>\n")
		}
		return b.String()
	case m.form == asAddress && m.field == "link" && button != "" && isWeb(value):
		return `<p class="button"><a href="` + html.EscapeString(value) + `">` + html.EscapeString(button) + "</a></p>\n" +
			`<p class="address">` + html.EscapeString(value) + "</p>\n"
	case m.form == asAddress:
		return `<p class="address">` + anchor(value) + "</p>\n"
	case isLink(m.field):
		return anchor(value)
	}
	return breaks(value)
}

// isLink says whether a field is an address.
func isLink(field string) bool { return field == "link" || field == "files-link" }

// isWeb says whether an address can be followed; one that could run a script cannot.
func isWeb(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// anchor makes an address one to follow.
func anchor(address string) string {
	text := html.EscapeString(address)
	if !isWeb(address) {
		return text
	}
	return `<a href="` + text + `">` + text + `</a>`
}

// breaks escapes a text and keeps its lines.
func breaks(text string) string {
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>\n")
}
