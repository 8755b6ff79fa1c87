package web

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	texttemplate "text/template"
	"text/template/parse"

	"github.com/jba/templatecheck"
)

//go:embed all:templates messages
var templates embed.FS

// Messages returns the folder with this package's own messages, for LoadCatalog.
func Messages() fs.FS { return templates }

// Frame is what the layout shows around every page. A page's struct embeds it.
type Frame struct {
	Lang        string
	Title       string
	Operator    string
	Description string
	Canonical   string      // absolute address; empty: none
	Alternates  []Alternate // the same page in each language, for the switch and for hreflang
	NoIndex     bool        // keep out of search engines
	Style       string      // further stylesheet in Assets; empty: none
	Script      string      // module in Assets; empty: none
}

// Alternate is a page's address in a language.
type Alternate struct{ Lang, URL string }

// NewFrame returns a frame with a title.
func NewFrame(lang, title string) Frame { return Frame{Lang: lang, Title: title} }

// Framed is a pointer to a page's struct.
type Framed interface{ Framing() *Frame }

// Templates are the pages of one package, in each language.
type Templates struct {
	pages map[string]map[string]*template.Template
} // name, lang

// ParseTemplates reads templates/*.html of a package's folder: files that begin with
// "_" are shared by the package's pages, and every other one is a page that defines
// "main". Of more folders it reads the shared files. A message key that the catalog lacks
// is an error.
func ParseTemplates(c *Catalog, a *Assets, folder fs.FS, more ...fs.FS) (*Templates, error) {
	shared, pages, err := templateFiles(c, a, folder)
	for _, f := range more {
		parts, _, cause := templateFiles(c, a, f)
		shared, err = append(parts, shared...), errors.Join(err, cause)
	}
	if err != nil {
		return nil, err
	}
	ts := &Templates{pages: map[string]map[string]*template.Template{}}
	for name, page := range pages {
		ts.pages[name] = map[string]*template.Template{}
		for _, lang := range Langs() {
			t, err := assemble(functions(c.Printer(lang), a), slices.Concat(shared, page))
			if err != nil {
				return nil, fmt.Errorf("parse page %s: %w", name, err)
			}
			ts.pages[name][lang] = t
		}
	}
	return ts, nil
}

// definitions are what the templates of one file define.
type definitions []*parse.Tree

// templateFiles reads each file once, for all pages and languages: a start waits for this.
func templateFiles(c *Catalog, a *Assets, folder fs.FS) (shared definitions, pages map[string]definitions, err error) {
	known := functions(c.Printer(Langs()[0]), a)
	if shared, err = readTemplate(c, known, templates, "templates/_base.html"); err != nil {
		return nil, nil, err
	}
	names, err := fs.Glob(folder, "templates/*.html")
	if err != nil {
		return nil, nil, fmt.Errorf("list templates: %w", err)
	}
	pages = map[string]definitions{}
	for _, name := range names {
		page := strings.TrimSuffix(path.Base(name), ".html")
		if page == "_base" {
			continue
		}
		read, err := readTemplate(c, known, folder, name)
		if err != nil {
			return nil, nil, err
		}
		if strings.HasPrefix(page, "_") {
			shared = append(shared, read...)
		} else {
			pages[page] = read
		}
	}
	return shared, pages, nil
}

// readTemplate reads one file.
func readTemplate(c *Catalog, known template.FuncMap, folder fs.FS, name string) (definitions, error) {
	source, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, fmt.Errorf("read template: %w", err)
	}
	if err := checkKeys(c, string(source)); err != nil {
		return nil, fmt.Errorf("read template %s: %w", name, err)
	}
	t, err := texttemplate.New(rootTemplate).Funcs(texttemplate.FuncMap(known)).Parse(string(source))
	if err != nil {
		return nil, fmt.Errorf("parse template %s: %w", name, err)
	}
	var found definitions
	for _, defined := range t.Templates() {
		found = append(found, defined.Tree)
	}
	return found, nil
}

// rootTemplate is the name of what stands outside definitions: the layout.
const rootTemplate = "base"

// assemble makes a page of what its files define; of two definitions of a name the later counts,
// unless it is empty.
func assemble(known template.FuncMap, parts definitions) (*template.Template, error) {
	t := template.New(rootTemplate).Funcs(known).Option("missingkey=error")
	defined := map[string]bool{}
	for _, tree := range parts {
		if defined[tree.Name] && parse.IsEmptyTree(tree.Root) {
			continue
		}
		defined[tree.Name] = true
		if _, err := t.AddParseTree(tree.Name, tree.Copy()); err != nil { // escaping will change it
			return nil, err
		}
	}
	return t.Lookup(rootTemplate), nil
}

var keyUse = regexp.MustCompile(`[{( ](?:t|tn) "([^"]+)"`)

func checkKeys(c *Catalog, source string) error {
	var errs []error
	for _, m := range keyUse.FindAllStringSubmatch(source, -1) {
		if !c.Has(m[1]) {
			errs = append(errs, fmt.Errorf("message %q does not exist", m[1]))
		}
	}
	return errors.Join(errs...)
}

func functions(p *Printer, a *Assets) template.FuncMap {
	return template.FuncMap{
		"t": p.T, "tn": p.N, "date": p.Date, "datetime": p.DateTime, "machine": p.Machine,
		"number": p.Number, "asset": a.URL,
	}
}

// Page is a page whose data is a *T.
type Page[T any] struct {
	name  string
	langs map[string]*template.Template
}

// NewPage returns the page of that name after checking its template against T.
func NewPage[T any](ts *Templates, name string) (Page[T], error) {
	p := Page[T]{name, ts.pages[name]}
	if p.langs == nil {
		return p, fmt.Errorf("page %s: no such template", name)
	}
	for lang, t := range p.langs {
		if err := templatecheck.CheckHTML(t, new(T)); err != nil {
			return p, fmt.Errorf("page %s in %s: %w", name, lang, err)
		}
	}
	return p, nil
}

// LoadPage is NewPage into a field: a package's list of pages is one errors.Join of it.
func LoadPage[T any](into *Page[T], ts *Templates, name string) (err error) {
	*into, err = NewPage[T](ts, name)
	return err
}

// Write renders the page in its frame's language and sends it with the status. An error
// means that nothing was sent.
func (p Page[T]) Write(w http.ResponseWriter, status int, data Framed) error {
	t, ok := p.langs[data.Framing().Lang]
	if !ok {
		return fmt.Errorf("write page %s: no language %q", p.name, data.Framing().Lang)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return fmt.Errorf("write page %s: %w", p.name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // the reader has gone; nobody is left to tell
	return nil
}

// Fragment renders one named template of the page, without the layout.
func (p Page[T]) Fragment(w http.ResponseWriter, name string, data Framed) error {
	var b bytes.Buffer
	if err := p.Render(&b, name, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = b.WriteTo(w) // as in Write
	return nil
}

// Render writes one named template of the page, without the layout, for what is no
// response.
func (p Page[T]) Render(w io.Writer, name string, data Framed) error {
	if err := p.langs[data.Framing().Lang].ExecuteTemplate(w, name, data); err != nil {
		return fmt.Errorf("write fragment %s of %s: %w", name, p.name, err)
	}
	return nil
}
