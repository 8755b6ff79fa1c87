package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"otvet/kb"
)

// categories are those that the target folder lists.
type categories struct {
	known map[kb.Locale][]kb.Category
}

func newCategories(library *kb.Library) *categories {
	c := &categories{known: map[kb.Locale][]kb.Category{}}
	for _, locale := range kb.Locales() {
		c.known[locale] = library.Categories(locale)
	}
	return c
}

// find returns the category whose title or ID is like a name; empty when there is none.
func (c *categories) find(name string) string {
	slug := slugOf(name)
	for _, locale := range kb.Locales() {
		for _, known := range c.known[locale] {
			if name != "" && (strings.EqualFold(known.Title, name) || known.ID == slug) {
				return known.ID
			}
		}
	}
	return ""
}

// has says whether a language lists a category.
func (c *categories) has(locale kb.Locale, id string) bool {
	return slices.ContainsFunc(c.known[locale], func(k kb.Category) bool { return k.ID == id })
}

// title returns the title of a category, or the empty text.
func (c *categories) title(locale kb.Locale, id string) string {
	for _, known := range c.known[locale] {
		if known.ID == id {
			return known.Title
		}
	}
	return ""
}

// addition is a category that becomes listed, and what the report says of it.
type addition struct {
	kb.Category
	item *Item
}

// additions returns the categories of a language that live articles need and the folder
// does not list, in the order of the source.
func (r *run) additions(locale kb.Locale) []addition {
	var out []addition
	listed := map[string]bool{}
	for _, a := range r.live() {
		if a.locale != locale || listed[a.category] || r.categories.has(locale, a.category) {
			continue
		}
		listed[a.category] = true
		out = append(out, r.describe(a))
	}
	return out
}

// describe makes up the entry of a new category.
func (r *run) describe(a *article) addition {
	item := &Item{Source: "category " + a.category, File: categoriesFile(a.locale)}
	c := kb.Category{ID: a.category, Title: breakBraces(a.section)}
	if r.Category != "" || c.Title == "" {
		c.Title = titleOf(a.category)
		item.note("new category with a title made up of its ID: write one")
	}
	c.Summary = breakBraces(shorten(a.about, maxSummary))
	if c.Summary == "" {
		c.Summary = map[kb.Locale]string{kb.RU: "Статьи на тему «%s».", kb.EN: "Articles about “%s”."}[a.locale]
		c.Summary = fmt.Sprintf(c.Summary, c.Title)
		item.note("new category with a summary made up: write one")
	}
	return addition{c, item}
}

func categoriesFile(locale kb.Locale) string { return string(locale) + "/categories.yaml" }

// categoriesText returns the list of a language with additions at its end, the rest of
// the file as it is; false when the file cannot be extended.
func (r *run) categoriesText(locale kb.Locale, more []addition) ([]byte, bool) {
	var list []map[string]string
	var text bytes.Buffer
	before, there := r.existing[categoriesFile(locale)]
	if there && before == nil || len(before) == maxExisting {
		return nil, false // a link, or more than was read
	}
	if yaml.Unmarshal(before, &list) != nil {
		return nil, false
	}
	if text.Write(before); len(before) > 0 && !bytes.HasSuffix(before, []byte("\n")) {
		text.WriteByte('\n')
	}
	for _, c := range more {
		encoded, err := yaml.Marshal([]categoryEntry{{c.ID, c.Title, c.Summary}})
		if err != nil {
			return nil, false
		}
		text.Write(encoded)
	}
	n := len(list)
	if err := yaml.Unmarshal(text.Bytes(), &list); err != nil || len(list) != n+len(more) {
		return nil, false
	}
	return text.Bytes(), true
}

// categoryEntry is the form of a category in the file.
type categoryEntry struct {
	ID      string `yaml:"id"`
	Title   string `yaml:"title"`
	Summary string `yaml:"summary"`
}
