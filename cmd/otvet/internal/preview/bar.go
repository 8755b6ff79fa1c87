package preview

import (
	"bytes"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
)

// bar is what stands at the foot of each page.
type bar struct {
	web.Frame
	State  string // empty until the content has been checked for the first time
	File   string // of the article on this page; empty on other pages
	Here   []problem
	All    string // how many problems there are altogether
	Errors bool   // and whether one of them keeps the content from being published
}

// problem is a line of the bar and of the list.
type problem struct {
	Place, Message string
	Error          bool
}

// token is a fingerprint as it can stand in an address.
func token(fingerprint string) string { return fmt.Sprintf("%x", fingerprint) }

// Wrap adds the bar to the pages of next and keeps forms from being sent.
func (p *Preview) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && !strings.HasSuffix(r.URL.Path, "/contact/answers") {
			p.Web.Handle(p.unsent)(w, r)
			return
		}
		before := p.shown() // a page of older content must not carry a newer state, or it would never be loaded again
		held := &heldPage{ResponseWriter: w}
		next.ServeHTTP(held, r)
		held.release(func() []byte { return p.bar(r, before) })
	})
}

// bar renders the bar for a request's page. A bar that cannot be rendered is left out: the
// page matters more.
func (p *Preview) bar(r *http.Request, s shown) []byte {
	lang := web.Lang(r)
	words := p.Web.Catalog.Printer(lang)
	b := &bar{Frame: web.NewFrame(lang, ""), State: token(s.seen), File: p.file(r.URL.Path)}
	b.All = words.N("preview.problems", len(s.problems))
	for _, q := range s.problems {
		b.Errors = b.Errors || q.Severity == kb.Error
		if q.File == b.File {
			b.Here = append(b.Here, p.problem(q))
		}
	}
	out := &memory{header: http.Header{}}
	if err := p.pages.bar.Fragment(out, "bar", b); err != nil {
		p.Log.Error("preview bar", "cause", err)
	}
	return out.body.Bytes()
}

// problem returns a line about a problem.
func (p *Preview) problem(q kb.Problem) problem {
	q.File = p.Place(q.File)
	message := q.Message
	q.Message = ""
	place := strings.TrimRight(strings.TrimSuffix(q.String(), "warning: "), ": ")
	return problem{place, message, q.Severity == kb.Error}
}

// file returns the file of the article at an address, or nothing. The version of a day is at
// terms/bonuses/2025-11-01; what is not in force yet has no other address.
func (p *Preview) file(address string) string {
	if letter, ok := strings.CutPrefix(address, lettersAt+"/"); ok {
		return letterFile(kb.Locale(path.Dir(letter)), path.Base(letter))
	}
	lang, id, _ := strings.Cut(strings.Trim(address, "/"), "/")
	library, locale := p.Engine.Library(), kb.Locale(lang)
	if a, ok := library.Article(locale, id); ok {
		return a.File
	}
	if effective, err := time.Parse(time.DateOnly, path.Base(id)); err == nil {
		if a, ok := library.Version(locale, path.Dir(id), effective); ok {
			return a.File
		}
	}
	return ""
}

// memory is a response that is kept.
type memory struct {
	header http.Header
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (m *memory) Header() http.Header { return m.header }

// Write implements http.ResponseWriter.
func (m *memory) Write(b []byte) (int, error) { return m.body.Write(b) }

// WriteHeader implements http.ResponseWriter.
func (m *memory) WriteHeader(int) {}

// heldPage holds a page back until it is whole; anything but a page goes through.
type heldPage struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
	passes bool
}

// WriteHeader notes the status of a page.
func (h *heldPage) WriteHeader(status int) {
	h.status = status
	if !h.isPage() {
		h.passes = true
		h.ResponseWriter.WriteHeader(status)
	}
}

// Write keeps a page and passes on the rest.
func (h *heldPage) Write(b []byte) (int, error) {
	if h.status == 0 {
		h.WriteHeader(http.StatusOK)
	}
	if h.passes {
		return h.ResponseWriter.Write(b)
	}
	return h.body.Write(b)
}

// isPage says whether the response is HTML.
func (h *heldPage) isPage() bool {
	return strings.HasPrefix(h.Header().Get("Content-Type"), "text/html")
}

// release sends the page with something before its end.
func (h *heldPage) release(bar func() []byte) {
	if h.passes || h.status == 0 {
		return
	}
	page := h.body.Bytes()
	if at := bytes.LastIndex(page, []byte("</body>")); at >= 0 {
		page = slices.Concat(page[:at], bar(), page[at:])
	}
	h.Header().Del("Content-Length")
	h.Header().Set("Cache-Control", "no-store")
	h.Header().Set("Content-Length", strconv.Itoa(len(page)))
	h.ResponseWriter.WriteHeader(h.status)
	_, _ = h.ResponseWriter.Write(page) // the reader has gone; nobody is left to tell
}
