package main

import (
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// pageForm is a form as a browser would send it.
type pageForm struct {
	action  string
	multi   bool
	values  url.Values
	offers  map[string][]string // of fields to choose from
	free    map[string]bool     // fields to write into
	upload  string              // the field for files
	files   []string            // paths
	buttons int
}

func readForm(n *html.Node) *pageForm {
	f := &pageForm{
		action: attribute(n, "action"), multi: attribute(n, "enctype") == "multipart/form-data",
		values: url.Values{}, offers: map[string][]string{}, free: map[string]bool{},
	}
	for field := range n.Descendants() {
		name, value := attribute(field, "name"), attribute(field, "value")
		switch field.Data {
		case "input":
			f.input(field, name, value)
		case "textarea":
			f.values.Set(name, rawText(field))
			f.free[name] = true
		case "select":
			f.selection(field, name)
		case "button":
			f.buttons++
			f.offers[name] = append(f.offers[name], value)
		}
	}
	return f
}

func (f *pageForm) input(n *html.Node, name, value string) {
	switch attribute(n, "type") {
	case "radio", "checkbox":
		f.offers[name] = append(f.offers[name], value)
		if hasAttribute(n, "checked") {
			f.values.Add(name, value)
		}
	case "file":
		f.upload = name
	case "hidden":
		f.values.Add(name, value)
	default:
		f.values.Set(name, value)
		f.free[name] = true
	}
}

func (f *pageForm) selection(n *html.Node, name string) {
	for o := range n.Descendants() {
		if o.Data != "option" {
			continue
		}
		value := attribute(o, "value")
		if len(f.offers[name]) == 0 || hasAttribute(o, "selected") {
			f.values.Set(name, value)
		}
		f.offers[name] = append(f.offers[name], value)
	}
}

// fill sets a field, and returns in words why it cannot be; empty: it is set.
func (f *pageForm) fill(name, value string) string {
	switch {
	case name == f.upload && name != "":
		f.files = append(f.files, value)
		return ""
	case f.free[name] || slices.Contains(f.offers[name], value):
		f.values.Set(name, value)
		return ""
	case len(f.offers[name]) > 0:
		return "does not offer " + value + " for " + name
	}
	return "has no field " + name
}

func (f *pageForm) request(t *testing.T, from *url.URL) *http.Request {
	t.Helper()
	to, err := from.Parse(f.action)
	if err != nil {
		t.Fatal(err)
	}
	body, media := strings.NewReader(f.values.Encode()), "application/x-www-form-urlencoded"
	if f.multi {
		body, media = f.parts(t)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, to.String(), body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", media)
	return r
}

func (f *pageForm) parts(t *testing.T) (*strings.Reader, string) {
	t.Helper()
	var body strings.Builder
	w := multipart.NewWriter(&body)
	for name, values := range f.values {
		for _, v := range values {
			_ = w.WriteField(name, v) // into memory
		}
	}
	for _, path := range f.files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		part, _ := w.CreateFormFile(f.upload, filepath.Base(path))
		_, _ = part.Write(data)
	}
	_ = w.Close()
	return strings.NewReader(body.String()), w.FormDataContentType()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// rawText returns the text in an element.
func rawText(n *html.Node) string {
	var text strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text.WriteString(c.Data)
		}
	}
	return text.String()
}

// inline are the elements that do not end a word.
var inline = []string{"a", "abbr", "b", "bdi", "em", "i", "q", "span", "strong", "time"}

// textOf returns what can be read in an element, white space folded.
func textOf(n *html.Node) string {
	var text strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data)
		case n.Data == "script", n.Data == "style", n.Data == "head", hasAttribute(n, "hidden"):
			return
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		if !slices.Contains(inline, n.Data) && n.Type == html.ElementNode {
			text.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.Fields(text.String()), " ")
}

// reads fails the test unless an element of the browser's page says all this.
func (p *tab) reads(selector string, texts ...string) {
	p.t.Helper()
	shown := strings.Join(strings.Fields(p.text(selector)), " ")
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			p.t.Errorf("%s does not say %q: %s", selector, text, shown)
		}
	}
}
