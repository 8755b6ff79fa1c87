package ingest

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"
)

// maxSummary is the length of the longest summary, in characters.
const maxSummary = 160

// newConverter returns the converter from sanitised HTML to our Markdown.
func newConverter() *converter.Converter {
	return converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)),
		table.NewTablePlugin(table.WithHeaderPromotion(true), table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal)),
	))
}

// manuscript is an article while it becomes a file.
type manuscript struct {
	run       *run
	article   *article
	converter *converter.Converter
	text      bytes.Buffer
}

// render returns the file of an article, and leaves in its sections the lines at which
// they begin.
func (r *run) render(a *article, c *converter.Converter) ([]byte, error) {
	m := &manuscript{run: r, article: a, converter: c}
	front, err := a.frontMatter(r.categories.title(a.locale, a.category))
	if err != nil {
		return nil, err
	}
	m.text.Write(front)
	for _, s := range a.sections {
		if s.line = 0; s.item != nil && s.item.Status == Skipped {
			continue
		}
		m.text.WriteByte('\n')
		s.line = bytes.Count(m.text.Bytes(), []byte("\n")) + 1
		if err := m.section(s); err != nil {
			return nil, err
		}
	}
	return m.text.Bytes(), nil
}

// header is the front matter of our format, in its order of keys.
type header struct {
	Title     string    `yaml:"title"`
	Category  string    `yaml:"category"`
	Summary   string    `yaml:"summary"`
	Updated   yaml.Node `yaml:"updated"`
	Effective yaml.Node `yaml:"effective,omitempty"`
}

// frontMatter returns the article's front matter with its fences.
func (a *article) frontMatter(categoryTitle string) ([]byte, error) {
	h := header{Title: a.title, Category: a.category, Summary: shorten(a.summary, maxSummary), Updated: day(a.updated)}
	if len(a.rows) > 0 {
		h.Title = categoryTitle
		if h.Title == "" {
			h.Title = titleOf(a.category)
		}
	}
	if h.Summary == "" {
		h.Summary = a.firstSentence(maxSummary)
	}
	if !a.effective.IsZero() {
		h.Effective = day(a.effective)
	}
	for _, text := range []*string{&h.Title, &h.Summary} {
		*text = a.broken(*text, a.item)
	}
	encoded, err := yaml.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("write front matter: %w", err)
	}
	return []byte("---\n" + string(encoded) + "---\n"), nil
}

// day returns a date as YAML writes it.
func day(t time.Time) yaml.Node {
	return yaml.Node{Kind: yaml.ScalarNode, Tag: "!!timestamp", Value: t.Format(time.DateOnly)}
}

// broken returns a text without double braces, and notes that they were there.
func (a *article) broken(text string, item *Item) string {
	out := breakBraces(text)
	if out != text {
		item.note("double braces broken up, which would refer to a fact")
	}
	return out
}

// section writes one section.
func (m *manuscript) section(s *section) error {
	item := m.article.item
	if s.item != nil {
		item = s.item
	}
	var text strings.Builder
	if s.level > 0 {
		heading, err := m.markdown(element("p", textNode(s.heading)))
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "%s %s {#%s}\n", strings.Repeat("#", s.level), s.numbered(line(heading)), s.anchor)
	}
	body := element("div")
	for _, b := range s.blocks {
		body.AppendChild(clone(b))
	}
	m.link(body, item)
	if s.plain {
		unformat(body)
	}
	markdown, err := m.markdown(body)
	if err != nil {
		return err
	}
	if markdown != "" && s.level > 0 {
		text.WriteByte('\n')
	}
	text.WriteString(markdown)
	m.text.WriteString(strings.TrimRight(m.article.broken(text.String(), item), "\n") + "\n")
	return nil
}

// numbered puts the clause's number before a heading, as Terms have it.
func (s *section) numbered(heading string) string {
	switch {
	case s.number == "":
		return heading
	case s.level == 2:
		return s.number + ". " + heading
	}
	return s.number + " " + heading
}

// link points every link to its place in our content, or takes it off its words.
func (m *manuscript) link(body *html.Node, item *Item) {
	var links []*html.Node
	for d := range body.Descendants() {
		if isElement(d, "a") {
			links = append(links, d)
		}
	}
	for _, a := range links {
		to, ok := m.run.resolve(m.article, item.note, attribute(a, "href"))
		if !ok {
			unwrap(a)
			continue
		}
		a.Attr = []html.Attribute{{Key: "href", Val: to}}
	}
}

// unformat takes bold, italics and code off their words.
func unformat(body *html.Node) {
	var formats []*html.Node
	for d := range body.Descendants() {
		if isElement(d, "strong", "em") || isElement(d, "code") && !isElement(d.Parent, "pre") {
			formats = append(formats, d)
		}
	}
	for _, n := range formats {
		unwrap(n)
	}
}

// unwrap puts a node's children in its place.
func unwrap(n *html.Node) {
	for _, c := range release(n) {
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

// blankEnd finds the blanks that the converter leaves on empty lines.
var blankEnd = regexp.MustCompile(`(?m)^([> ]*?) +$`)

// markdown converts a sanitised tree. Blanks on empty lines are no text.
func (m *manuscript) markdown(body *html.Node) (string, error) {
	protect(body)
	out, err := m.converter.ConvertNode(body)
	if err != nil {
		return "", fmt.Errorf("write Markdown: %w", err)
	}
	text := strings.ReplaceAll(string(out), escape, `\`)
	return strings.TrimSpace(blankEnd.ReplaceAllString(text, "$1")) + "\n", nil
}
