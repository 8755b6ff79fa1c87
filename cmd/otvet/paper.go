package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"otvet/cmd/otvet/internal/api"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
)

// paper is the terminal on which an answer is written.
type paper struct {
	out     io.Writer
	locale  kb.Locale
	contact string // address of the way to a person
	bold    bool   // the terminal can mark a sentence itself
	explain bool
}

func (c *askCommand) paper(out io.Writer) paper {
	return paper{out, kb.Locale(c.Locale), c.BaseURL.String() + "/" + c.Locale + "/contact", isTerminal(out), c.Explain}
}

func isTerminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&fs.ModeCharDevice != 0
}

// words are what stands around an answer.
type words struct{ source, clause, since, perhaps, none, why, reading, asked string }

func wordsOf(l kb.Locale) words {
	if l == kb.RU {
		return words{
			source: "Источник", clause: "пункт %s", since: "действует с %s",
			perhaps: "Возможно, поможет одна из этих статей:",
			none:    "В базе знаний ответа нет. Напишите нам: %s", why: "Почему так решено:",
			reading: "Показаны результаты по запросу «%s». Без исправлений: otvet ask --verbatim", asked: "Вы спросили: «%s»",
		}
	}
	return words{
		source: "Source", clause: "clause %s", since: "in force since %s",
		perhaps: "One of these may help:",
		none:    "The knowledge base has no answer to this. Write to us: %s", why: "Why this was decided:",
		reading: "Showing results for “%s”. Without corrections: otvet ask --verbatim", asked: "You asked: “%s”",
	}
}

// write prints an answer.
func (p paper) write(a api.Answer) error {
	w, text := wordsOf(p.locale), ""
	switch a.Verdict {
	case string(search.Answered):
		text = p.answers(a)
	case string(search.Suggested):
		text = w.perhaps + "\n"
		for _, passage := range a.Passages {
			text += fmt.Sprintf("\n  %s\n  %s\n", passage.Heading, passage.URL)
		}
	case api.Handoff:
		text = a.Message + "\n"
	default:
		text = fmt.Sprintf(w.none+"\n", p.contact)
	}
	if a.Reading != nil {
		text = fmt.Sprintf(w.reading+"\n\n", a.Reading.Text) + text
	}
	if p.explain && len(a.Explanation) > 0 {
		text += "\n" + w.why + "\n  " + strings.Join(a.Explanation, "\n  ") + "\n"
	}
	_, err := io.WriteString(p.out, text)
	return err
}

// answers shows the answer, or that of each part under its own question.
func (p paper) answers(a api.Answer) string {
	if len(a.Parts) == 0 {
		return p.passage(a.Passages[0])
	}
	var texts []string
	for _, part := range a.Parts {
		texts = append(texts, fmt.Sprintf(wordsOf(p.locale).asked+"\n\n", part.Question)+p.passage(part.Passages[0]))
	}
	return strings.Join(texts, "\n")
}

// passage shows the passage that answers, with the matching sentence marked, and where
// it stands.
func (p paper) passage(a api.Passage) string {
	w := wordsOf(p.locale)
	before, after := "**", "**"
	if p.bold {
		before, after = "\x1b[1m", "\x1b[0m"
	}
	text := a.Text
	if a.Quote != "" {
		text = strings.Replace(text, a.Quote, before+a.Quote+after, 1)
	}
	source := []string{a.Title}
	if a.Clause != "" {
		source = append(source, fmt.Sprintf(w.clause, a.Clause))
	}
	if since, err := time.Parse(time.DateOnly, a.Effective); err == nil {
		source = append(source, fmt.Sprintf(w.since, p.date(since)))
	}
	return fmt.Sprintf("%s\n\n  %s\n\n%s: %s\n%s\n", a.Heading, strings.ReplaceAll(text, "\n", "\n  "), w.source, strings.Join(source, ", "), a.URL)
}

// date writes a day as the site does.
func (p paper) date(day time.Time) string {
	catalog, err := web.LoadCatalog(time.UTC, web.Messages())
	if err != nil {
		return day.Format(time.DateOnly)
	}
	return catalog.Printer(string(p.locale)).Date(day)
}
