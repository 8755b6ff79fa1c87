package ingest

import (
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// front is the front matter of other tools: the names that they use for the same things.
type front struct {
	values map[string]any
	broken bool
}

// fence finds front matter: YAML between "---" lines, as Jekyll, Hugo and Docusaurus
// write it, or TOML between "+++" lines.
var fence = regexp.MustCompile(`\A(---|\+\+\+)[ \t]*\n((?s:.*?)\n|)(---|\+\+\+)[ \t]*(?:\n|\z)`)

// assignment is a line of TOML that holds a plain value.
var assignment = regexp.MustCompile(`(?m)^([A-Za-z_-]+)\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'\[{][^\n]*))\s*$`)

// maxFront is the size of the largest front matter that is read, in bytes.
const maxFront = 16 << 10

// cutFrontMatter returns the text below the front matter, and what that says.
func cutFrontMatter(text string) (body string, f front) {
	text = strings.TrimLeft(text, "\n")
	m := fence.FindStringSubmatch(text)
	if m == nil || m[1] != m[3] {
		return text, front{}
	}
	f.values = map[string]any{}
	switch {
	case len(m[2]) > maxFront:
		f.broken = true
	case m[1] == "---":
		f.broken = yaml.Unmarshal([]byte(m[2]), &f.values) != nil
	default:
		for _, pair := range assignment.FindAllStringSubmatch(m[2], -1) {
			f.values[pair[1]] = strings.TrimSpace(pair[2] + pair[3] + pair[4])
		}
	}
	return text[len(m[0]):], f
}

// text returns the first of the names that has a text or a list of texts.
func (f front) text(names ...string) string {
	for _, name := range names {
		value := f.values[name]
		if list, ok := value.([]any); ok && len(list) > 0 {
			value = list[0]
		}
		if text, ok := value.(string); ok && line(text) != "" {
			return line(text)
		}
	}
	return ""
}

// day returns the first of the names that has a day.
func (f front) day(names ...string) (time.Time, bool) {
	for _, name := range names {
		switch value := f.values[name].(type) {
		case time.Time:
			return value, true
		case string:
			if day, ok := parseDay(value); ok {
				return day, true
			}
		}
	}
	return time.Time{}, false
}

// is reports whether a name is set to a truth value.
func (f front) is(name string, want bool) bool {
	text, _ := f.values[name].(string)
	value, ok := f.values[name].(bool)
	return ok && value == want || text == "true" && want || text == "false" && !want
}

// parseDay reads a day, or a time that begins with one.
func parseDay(text string) (time.Time, bool) {
	if len(text) < len(time.DateOnly) {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)])
	return day, err == nil
}

// take fills the article from front matter, and says whether it is a draft and what is
// wrong with it.
func (a *article) take(f front) (draft bool, problem string) {
	if f.broken {
		return false, "front matter could not be read and is left out"
	}
	a.title = f.text("title")
	a.summary = f.text("summary", "description", "excerpt")
	if section := f.text("category", "section", "categories"); section != "" {
		a.section, a.sectionPair = section, section
	}
	if language := f.text("locale", "lang", "language"); language != "" {
		a.language = language
	}
	if day, ok := f.day("updated", "last_updated", "lastmod", "modified", "date"); ok {
		a.updated = day
	}
	if day, ok := f.day("effective"); ok {
		a.effective = day
	}
	return f.is("draft", true) || f.is("published", false), ""
}
