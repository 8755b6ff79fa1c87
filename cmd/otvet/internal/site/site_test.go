package site_test

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/site"
	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/cmd/otvet/internal/webtest"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// The shipped content, whose pages the tests look at.
var shipped = os.DirFS("../../../../content")

func TestPlayersReadAskAndWrite(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/*.txt", func(t *testing.T) http.Handler {
		return newHandler(t, engine(t), postgrestest.Store(t))
	})
}

func TestHelpGoesOnWithoutTheDatabase(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/down/*.txt", func(t *testing.T) http.Handler {
		return newHandler(t, engine(t), unready(t))
	})
}

// unready returns a store that never became ready.
func unready(t *testing.T) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), "postgres://nobody@127.0.0.1:1/none")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// newHandler puts the site together as main does with an SMTP server, with changes.
func newHandler(t *testing.T, e *search.Engine, store *postgres.Store, changes ...func(*site.Config)) http.Handler {
	t.Helper()
	w := newWeb(t)
	base := &url.URL{Scheme: "http", Host: "127.0.0.1"}
	c := site.Config{
		Web: w, Engine: e, Assistant: assistant.New(e), Store: store,
		Cookies: web.NewCookies(base), BaseURL: base, Operator: "Demo Bet",
		Helpline: func(lang string) string { return "helpline in " + lang + ": 0800" }, MailOut: true,
		Uploads: newIntakeIn(t, store, t.TempDir()),
	}
	for _, change := range changes {
		change(&c)
	}
	s, err := site.New(c)
	if err != nil {
		t.Fatal(err)
	}
	r := chi.NewRouter()
	r.Use(w.Common(nil, 100_000)...)
	r.Get("/assets/*", w.Handle(w.Asset))
	s.Install(r)
	return r
}

// newIntakeIn takes files into a folder.
func newIntakeIn(t *testing.T, store *postgres.Store, dir string) *upload.Intake {
	t.Helper()
	return upload.New(upload.Config{Dir: dir, Store: store, PerDay: 60, Log: slog.New(slog.DiscardHandler)})
}

func newWeb(t *testing.T) *web.Web {
	t.Helper()
	catalog, err := web.LoadCatalog(time.UTC, web.Messages(), upload.Templates(), site.Files())
	if err != nil {
		t.Fatal(err)
	}
	assets, err := web.LoadAssets(site.Files(), upload.Templates())
	if err != nil {
		t.Fatal(err)
	}
	w, err := web.New(web.Config{
		Catalog: catalog, Assets: assets, Log: slog.New(slog.DiscardHandler), Operator: "Demo Bet",
		Foreign: players.Foreign(),
		Classify: func(err error) web.Kind {
			if errors.Is(err, tickets.ErrUnavailable) {
				return web.Unavailable
			}
			return web.Internal
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// shared is the engine of all tests that do not change the content.
var shared = sync.OnceValues(func() (*search.Engine, error) { return load(shipped, time.Now()) })

func engine(t *testing.T) *search.Engine {
	t.Helper()
	e, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func load(content fs.FS, now time.Time) (*search.Engine, error) {
	lib, problems := kb.Load(content, now)
	if len(problems) > 0 {
		return nil, errors.New(problems[0].String())
	}
	return search.NewEngine(lib)
}

// visitor is a browser with cookies and without script.
type visitor struct {
	t       *testing.T
	handler http.Handler
	cookies map[string]*http.Cookie
}

func newVisitor(t *testing.T, h http.Handler) *visitor {
	return &visitor{t, h, map[string]*http.Cookie{}}
}

func (v *visitor) get(path string) *httptest.ResponseRecorder {
	v.t.Helper()
	return v.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (v *visitor) post(path string, form url.Values) *httptest.ResponseRecorder {
	v.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

func (v *visitor) do(r *http.Request) *httptest.ResponseRecorder {
	v.t.Helper()
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		v.cookies[c.Name] = c
	}
	return w
}

// message is a contact form that is in order.
func message(key string) url.Values {
	return url.Values{
		"key": {key}, "category": {"withdrawals"}, "subject": {"Where is my withdrawal?"},
		"body": {"I asked for it on Monday."}, "contact": {"ann@example.com"}, "step": {"send"},
	}
}

// open sends the form and returns the address of the private page.
func (v *visitor) open(form url.Values) string {
	v.t.Helper()
	form.Set("another", "yes") // also one like an open request
	w := v.post("/en/contact", form)
	if w.Code != http.StatusSeeOther {
		v.t.Fatalf("sending answered %d: %s", w.Code, w.Body)
	}
	path, _, _ := strings.Cut(w.Header().Get("Location"), "?")
	return path
}
