package desk_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/go-chi/chi/v5"
	"github.com/rogpeppe/go-internal/txtar"

	"otvet/cmd/otvet/internal/desk"
	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets"
	"otvet/tickets/jobs"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// password is what every agent of the tests has.
const password = "correct horse battery"

// house is a desk with its store, its engine and two agents, Анна and Ben.
type house struct {
	t      *testing.T
	Store  *postgres.Store
	Engine *search.Engine
	Router chi.Router
	Anna   tickets.Agent // speaks Russian
	Ben    tickets.Agent // speaks English
	asks   int           // recorded by asked
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return houseOn(t, postgrestest.Store(t), "http://127.0.0.1")
}

// houseOn opens a desk on a store, for a site at an address.
func houseOn(t *testing.T, store *postgres.Store, address string) *house {
	t.Helper()
	engine, err := search.NewEngine(library(t, articles(t)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &house{t: t, Store: store, Engine: engine, Router: chi.NewRouter()}
	site := newWeb(t)
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	c := desk.Config{
		Web: site, Engine: engine, Store: store, Cookies: web.NewCookies(base), BaseURL: base, Operator: "Demo Bet",
		Uploads: upload.New(upload.Config{Dir: t.TempDir(), Store: store, Log: slog.New(slog.DiscardHandler)}),
		Compose: jobs.Config{
			Letter:   func(l kb.Locale, name string) (kb.Letter, bool) { return engine.Library().Letter(l, name) },
			Category: func(kb.Locale, string) string { return "…" }, BaseURL: address, Operator: "Demo Bet",
			Helpline: func(kb.Locale) string { return "…" }, DisputeService: func(kb.Locale) string { return "…" }, Zone: time.UTC,
		}.Write,
	}
	if err := c.EditURL.UnmarshalText([]byte("https://git.example/edit/{file}#L{line}")); err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(c)
	if err != nil {
		t.Fatal(err)
	}
	h.Router.Use(site.Common(nil, 100_000)...)
	d.Install(h.Router)
	h.Anna = h.hire("anna@demo.example", "Анна", kb.RU, false)
	h.Ben = h.hire("ben@demo.example", "Ben", kb.EN, false)
	return h
}

func newWeb(t *testing.T) *web.Web {
	t.Helper()
	catalog, err := web.LoadCatalog(time.UTC, web.Messages(), upload.Templates(), desk.Files())
	if err != nil {
		t.Fatal(err)
	}
	assets, err := web.LoadAssets(desk.Files(), upload.Templates())
	if err != nil {
		t.Fatal(err)
	}
	site, err := web.New(web.Config{
		Catalog: catalog, Assets: assets, Log: slog.New(slog.DiscardHandler), Operator: "Demo Bet", Classify: classify,
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// classify is the desk's part of the program's table.
func classify(err error) web.Kind {
	for cause, kind := range map[error]web.Kind{
		tickets.ErrNotFound: web.NotFound, tickets.ErrConflict: web.Conflict, tickets.ErrUnavailable: web.Unavailable,
	} {
		if errors.Is(err, cause) {
			return kind
		}
	}
	var invalid *tickets.InvalidError
	var refused *tickets.TransitionError
	if errors.As(err, &invalid) || errors.As(err, &refused) {
		return web.Invalid
	}
	return web.Internal
}

// articles returns the content of testdata/content.txtar.
func articles(t *testing.T) fstest.MapFS {
	t.Helper()
	archive, err := os.ReadFile("testdata/content.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range txtar.Parse(archive).Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

func library(t *testing.T, fsys fstest.MapFS) *kb.Library {
	t.Helper()
	lib, problems := kb.Load(fsys, time.Now())
	for _, p := range problems {
		t.Error(p)
	}
	return lib
}

// hire adds an agent.
func (h *house) hire(email, name string, l kb.Locale, mustChange bool) tickets.Agent {
	h.t.Helper()
	// Weak on purpose: hashing is what most of these tests would spend their time on.
	weak := &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	hash, err := argon2id.CreateHash(password, weak)
	if err != nil {
		h.t.Fatal(err)
	}
	a, err := h.Store.AddAgent(h.t.Context(), tickets.Agent{
		Email: email, Name: name, Locale: l, PasswordHash: hash, MustChange: mustChange, CreatedAt: time.Now(),
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// open opens a ticket; edits change what it is opened with.
func (h *house) open(subject string, edits ...func(*tickets.NewTicket)) postgres.Opening {
	h.t.Helper()
	n := tickets.NewTicket{
		Key: rand.Text(), Locale: kb.RU, Category: "withdrawals",
		Subject: subject, Body: "Текст: " + subject, Requester: tickets.Requester{Login: "player1"}, At: time.Now(),
	}
	for _, edit := range edits {
		edit(&n)
	}
	o, err := h.Store.OpenTicket(h.t.Context(), n)
	if err != nil {
		h.t.Fatal(err)
	}
	return o
}

// apply changes a ticket behind the desk's back, as a colleague does.
func (h *house) apply(n tickets.Number, by tickets.Agent, c tickets.Change) {
	h.t.Helper()
	version := h.dossier(n).Ticket.Version
	e := tickets.Event{At: time.Now(), Actor: tickets.Actor{Kind: tickets.ByAgent, Agent: by.ID}, Change: c}
	if _, err := h.Store.Apply(h.t.Context(), n, version, e); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) dossier(n tickets.Number) tickets.Dossier {
	h.t.Helper()
	d, err := h.Store.Dossier(h.t.Context(), 0, n)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// browser keeps cookies and does not follow redirects.
type browser struct {
	t      *testing.T
	base   string
	client *http.Client
}

// browse starts the desk's server and returns a browser that nobody has signed in with.
func (h *house) browse() *browser {
	h.t.Helper()
	s := httptest.NewServer(h.Router)
	h.t.Cleanup(s.Close)
	return newBrowser(h.t, s.URL)
}

func newBrowser(t *testing.T, base string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t, base, &http.Client{Jar: jar, CheckRedirect: stay}}
}

// page is a response with its body read and white space folded.
type page struct {
	*http.Response
	Body string
	To   string // where a redirect leads
}

func (b *browser) do(r *http.Request) page {
	b.t.Helper()
	resp, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return page{resp, strings.Join(strings.Fields(string(body)), " "), resp.Header.Get("Location")}
}

func (b *browser) request(method, path string, form url.Values) *http.Request {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", "en")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

func (b *browser) get(path string) page {
	b.t.Helper()
	return b.do(b.request(http.MethodGet, path, nil))
}

func (b *browser) post(path string, form url.Values) page {
	b.t.Helper()
	return b.do(b.request(http.MethodPost, path, form))
}

// signIn signs an agent in and returns the browser.
func (b *browser) signIn(a tickets.Agent) *browser {
	b.t.Helper()
	p := b.post("/desk/login", url.Values{"email": {a.Email}, "password": {password}})
	p.want(b.t, http.StatusSeeOther)
	return b
}

// cookie returns the session cookie's value.
func (b *browser) cookie() string {
	u, err := url.Parse(b.base)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == "desk" {
			return c.Value
		}
	}
	return ""
}

// form opens a ticket's page and returns what its forms hold, with more fields.
func (b *browser) form(n tickets.Number, fields ...string) url.Values {
	b.t.Helper()
	p := b.get("/desk/tickets/" + string(n))
	p.want(b.t, http.StatusOK)
	form := url.Values{"version": {p.find(b.t, `name="version" value="(\d+)"`)}, "key": {p.find(b.t, `name="key" value="(\w+)"`)}}
	return with(form, fields...)
}

// with returns a form with further name=value fields.
func with(form url.Values, fields ...string) url.Values {
	more := url.Values{}
	for key, values := range form {
		more[key] = values
	}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		more.Set(name, value)
	}
	return more
}

// want checks the status and what the body holds.
func (p page) want(t *testing.T, status int, texts ...string) {
	t.Helper()
	if p.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d; body %.1500s", p.Request.Method, p.Request.URL, p.StatusCode, status, p.Body)
	}
	for _, text := range texts {
		if !strings.Contains(p.Body, text) {
			t.Errorf("%s %s lacks %q: %.3000s", p.Request.Method, p.Request.URL, text, p.Body)
		}
	}
}

// lacks checks what the body does not hold.
func (p page) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(p.Body, text) {
			t.Errorf("%s %s holds %q", p.Request.Method, p.Request.URL, text)
		}
	}
}

// find returns the first group of an expression in the body.
func (p page) find(t *testing.T, expression string) string {
	t.Helper()
	m := regexp.MustCompile(expression).FindStringSubmatch(p.Body)
	if m == nil {
		t.Fatalf("%s holds nothing like %s: %.1500s", p.Request.URL, expression, p.Body)
	}
	return m[1]
}

// links returns the first groups of an expression in the body.
func (p page) links(expression string) (found []string) {
	for _, m := range regexp.MustCompile(expression).FindAllStringSubmatch(p.Body, -1) {
		found = append(found, html.UnescapeString(m[1]))
	}
	return found
}

func ticketPath(n tickets.Number, form string) string {
	return fmt.Sprintf("/desk/tickets/%s/%s", n, form)
}

func id(a tickets.Agent) string { return fmt.Sprint(int64(a.ID)) }
