package preview

import (
	"io"
	"net/http"
	"path"
	"strings"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
)

// Specimen is a letter with sample values, as its reader would get it.
type Specimen struct {
	Subject, Text string
	Page          string // HTML document
	Shipped       bool   // the content lacks it; this is the text that ships with otvet
	Gaps          string // placeholders that have no value; empty: none
}

// lettersAt is the address of the list of letters.
const lettersAt = "/preview/letters"

// lettersPage lists every letter.
type lettersPage struct {
	web.Frame
	Letters []letterLine
}

// letterLine is a letter of the list, in each language.
type letterLine struct {
	Name  string
	Texts []letterText
}

// letterText is the text of a letter in one language.
type letterText struct {
	Lang, URL, Subject string
	Shipped            bool
	Problems           string // how many; empty: none
}

// Framing implements web.Framed.
func (l *lettersPage) Framing() *web.Frame { return &l.Frame }

// letters serves GET /preview/letters.
func (p *Preview) letters(w http.ResponseWriter, r *http.Request) error {
	lang := web.Lang(r)
	words := p.Web.Catalog.Printer(lang)
	page := &lettersPage{Frame: p.frame(lang, words.T("preview.letters.title"))}
	problems := p.shown().problems
	for _, spec := range kb.LetterSpecs() {
		line := letterLine{Name: spec.Name}
		for _, l := range kb.Locales() {
			s, ok := p.Letter(l, spec.Name)
			if !ok {
				continue
			}
			text := letterText{Lang: string(l), URL: lettersAt + "/" + string(l) + "/" + spec.Name, Subject: s.Subject, Shipped: s.Shipped}
			if n := len(about(problems, letterFile(l, spec.Name))); n > 0 {
				text.Problems = words.N("preview.letters.problems", n)
			}
			line.Texts = append(line.Texts, text)
		}
		page.Letters = append(page.Letters, line)
	}
	return p.pages.letters.Write(w, http.StatusOK, page)
}

// frame returns what stands around a page of the preview's own.
func (p *Preview) frame(lang, title string) web.Frame {
	f := web.NewFrame(lang, title)
	f.Operator, f.Style = "otvet", "preview.css"
	return f
}

// letterFile returns where the text of a letter stands.
func letterFile(l kb.Locale, name string) string { return path.Join(string(l), "letters", name+".md") }

// about returns the problems of one file.
func about(problems []kb.Problem, file string) (found []kb.Problem) {
	for _, q := range problems {
		if q.File == file {
			found = append(found, q)
		}
	}
	return found
}

// letterPage shows one letter in both forms. What is wrong with it is in the bar at its foot.
type letterPage struct {
	web.Frame
	Specimen
	Language, Name, Frames, Other, List string
}

// Framing implements web.Framed.
func (l *letterPage) Framing() *web.Frame { return &l.Frame }

// letter serves GET /preview/letters/{lang}/{name}.
func (p *Preview) letter(w http.ResponseWriter, r *http.Request) error {
	l, name := kb.Locale(chi.URLParam(r, "lang")), chi.URLParam(r, "name")
	s, ok := p.Letter(l, name)
	if !ok {
		return web.Failf(web.NotFound, "no such letter")
	}
	at := lettersAt + "/" + string(l) + "/" + name
	page := &letterPage{
		Frame: p.frame(web.Lang(r), s.Subject), Specimen: s, Language: string(l), Name: name, Frames: at + "/page", List: lettersAt,
	}
	for _, other := range kb.Locales() {
		if other != l {
			page.Other = lettersAt + "/" + string(other) + "/" + name
		}
	}
	h := w.Header()
	h.Set("Content-Security-Policy", strings.Replace(h.Get("Content-Security-Policy"), "default-src 'none'", "default-src 'none'; frame-src 'self'", 1))
	return p.pages.letter.Write(w, http.StatusOK, page)
}

// letterHTML serves GET /preview/letters/{lang}/{name}/page: the letter itself, whose looks are
// in its elements, for a frame on the page before.
func (p *Preview) letterHTML(w http.ResponseWriter, r *http.Request) error {
	s, ok := p.Letter(kb.Locale(chi.URLParam(r, "lang")), chi.URLParam(r, "name"))
	if !ok {
		return web.Failf(web.NotFound, "no such letter")
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'")
	_, _ = io.WriteString(w, s.Page) // the reader has gone; nobody is left to tell
	return nil
}
