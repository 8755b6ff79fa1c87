package site_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"otvet/cmd/otvet/internal/site"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets"
	"otvet/tickets/postgres/postgrestest"
)

// small is an engine on one article of each kind, whatever the shipped content is.
func small(t *testing.T) *search.Engine {
	t.Helper()
	archive, err := txtar.ParseFile("../../../../kb/testdata/clean.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	e, err := load(files, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// read opens a page as a browser does.
func read(t *testing.T, h http.Handler, method, path string) int {
	t.Helper()
	r := httptest.NewRequest(method, path, http.NoBody)
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

func TestPagesOfArticlesAreCounted(t *testing.T) {
	t.Parallel()
	store, zone := postgrestest.Store(t), time.FixedZone("west", -5*60*60)
	views := site.NewCounter(store, zone, slog.New(slog.DiscardHandler))
	e := small(t)
	h := newHandler(t, e, store, func(c *site.Config) { c.Views = views })
	pages := map[kb.Kind]*kb.Article{}
	for _, a := range e.Library().Articles(kb.EN) {
		pages[a.Kind] = a
	}
	for _, a := range pages {
		for range 2 {
			if code := read(t, h, http.MethodGet, "/en/"+a.ID); code != http.StatusOK {
				t.Fatalf("%s: status %d", a.ID, code)
			}
		}
	}
	for _, path := range []string{"/en/faq/no-such-thing", "/en/", "/en/terms", "/en/search?q=withdrawal"} {
		read(t, h, http.MethodGet, path)
	}
	read(t, h, http.MethodHead, "/en/"+pages[kb.FAQ].ID)
	views.Flush(t.Context())

	uses, err := store.ContentUse(t.Context(), tickets.LastDays(1, time.Now(), zone))
	if err != nil || len(uses) != len(kb.Kinds()) {
		t.Fatalf("%+v, %v", uses, err)
	}
	for _, u := range uses {
		if u.Locale != kb.EN || u.Views != 2 {
			t.Errorf("%+v, want 2 views in English", u)
		}
	}
}

func TestPagesGoOnWhenViewsCannotBeRecorded(t *testing.T) {
	t.Parallel()
	store := unready(t)
	views := site.NewCounter(store, time.UTC, slog.New(slog.DiscardHandler))
	e := small(t)
	h := newHandler(t, e, store, func(c *site.Config) { c.Views = views })
	for range 3 {
		if code := read(t, h, http.MethodGet, "/en/"+e.Library().Articles(kb.EN)[0].ID); code != http.StatusOK {
			t.Errorf("status %d", code)
		}
		views.Flush(t.Context())
	}
}
