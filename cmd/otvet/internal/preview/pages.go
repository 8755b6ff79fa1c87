package preview

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"

	"otvet/cmd/otvet/internal/web"
)

//go:embed all:templates all:messages all:assets
var files embed.FS

// Files returns the preview's templates, messages and assets.
func Files() fs.FS { return files }

// pages are the templates, each checked against its struct.
type pages struct {
	bar     web.Page[bar]
	list    web.Page[listPage]
	letters web.Page[lettersPage]
	letter  web.Page[letterPage]
	unsent  web.Page[unsentPage]
}

func newPages(ts *web.Templates) (pages, error) {
	var p pages
	return p, errors.Join(
		web.LoadPage(&p.bar, ts, "bar"), web.LoadPage(&p.list, ts, "list"), web.LoadPage(&p.unsent, ts, "unsent"),
		web.LoadPage(&p.letters, ts, "letters"), web.LoadPage(&p.letter, ts, "letter"),
	)
}

// Framing implements web.Framed.
func (b *bar) Framing() *web.Frame { return &b.Frame }

// listPage lists every problem of the content.
type listPage struct {
	web.Frame
	Problems []problem
	Count    string
}

// Framing implements web.Framed.
func (l *listPage) Framing() *web.Frame { return &l.Frame }

// list serves GET /preview/problems.
func (p *Preview) list(w http.ResponseWriter, r *http.Request) error {
	lang := web.Lang(r)
	words := p.Web.Catalog.Printer(lang)
	problems := p.shown().problems
	page := &listPage{Frame: web.NewFrame(lang, words.T("preview.list.title")), Count: words.N("preview.problems", len(problems))}
	page.Operator, page.Style = "otvet", "preview.css"
	for _, q := range problems {
		page.Problems = append(page.Problems, p.problem(q))
	}
	return p.pages.list.Write(w, http.StatusOK, page)
}

// unsentPage says that a preview sends nothing.
type unsentPage struct{ web.Frame }

// Framing implements web.Framed.
func (u *unsentPage) Framing() *web.Frame { return &u.Frame }

// unsent answers every form.
func (p *Preview) unsent(w http.ResponseWriter, r *http.Request) error {
	lang := web.Lang(r)
	title := p.Web.Catalog.Printer(lang).T("preview.unsent.title")
	return p.pages.unsent.Write(w, http.StatusForbidden, &unsentPage{web.NewFrame(lang, title)})
}
