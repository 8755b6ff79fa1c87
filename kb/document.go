package kb

import (
	"html/template"
	"strings"
)

// Document is a text that is no article of a content folder: an evaluation's corpus is made
// of these.
type Document struct {
	ID        string // stands for the article's ID, unique
	Category  string
	Title     string
	Text      string // plain
	Questions []string
}

// Assemble makes a Library of one locale from documents, each an FAQ article with one passage
// whose Ref has the document's ID as its Article and no anchor. Nothing is checked.
func Assemble(loc Locale, docs []Document) *Library {
	s := &shelf{byID: map[string]*Article{}, versions: map[string][]*Article{}, letters: map[string]Letter{}}
	lib := &Library{shelves: map[Locale]*shelf{loc: s}}
	var all strings.Builder
	for _, d := range docs {
		a := d.article(loc)
		s.articles = append(s.articles, a)
		s.byID[a.ID] = a
		s.versions[a.ID] = []*Article{a}
		all.WriteString(a.ID + " " + a.Revision + "\n")
	}
	s.gatherPassages()
	lib.revision = revision([]byte(all.String()))
	return lib
}

// article returns the document as an article without headings.
func (d Document) article(loc Locale) *Article {
	text := d.Text
	if text == "" {
		text = d.Title // a passage has a text
	}
	return &Article{
		ID: d.ID, Locale: loc, Kind: FAQ, Category: d.Category, Title: d.Title, Questions: d.Questions,
		Revision: revision([]byte(d.Title + "\n" + text)),
		Sections: []Section{{HTML: template.HTML(template.HTMLEscapeString(text)), Text: text, Questions: d.Questions}},
	}
}
