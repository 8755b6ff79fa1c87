package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"otvet/cmd/otvet/internal/web"
)

func catalog(t *testing.T) *web.Catalog {
	t.Helper()
	c, err := web.LoadCatalog(time.UTC, web.Messages())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDatesReadAsInEachLanguage(t *testing.T) {
	t.Parallel()
	c, day := catalog(t), time.Date(2026, 10, 2, 14, 5, 0, 0, time.UTC)
	for lang, want := range map[string]string{
		"ru": "2 октября 2026 г., 14:05 UTC",
		"en": "2 October 2026, 14:05 UTC",
	} {
		if got := strings.ReplaceAll(c.Printer(lang).DateTime(day), "\u00a0", " "); got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
}

func TestLanguageComesFromThePathThenTheBrowser(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, accept, want string }{
		{"/ru/faq/x", "en", "ru"},
		{"/en/", "ru", "en"},
		{"/", "ru-RU,ru;q=0.9,en;q=0.8", "ru"},
		{"/", "de,en;q=0.5", "en"},
		{"/", "", "en"},
		{"/rust", "fr", "en"},
		{"/", "\x00;q=x", "en"},
	} {
		r := httptest.NewRequest(http.MethodGet, c.path, nil)
		r.Header.Set("Accept-Language", c.accept)
		if got := web.Lang(r); got != c.want {
			t.Errorf("Lang(%s, %q) = %s, want %s", c.path, c.accept, got, c.want)
		}
	}
}
