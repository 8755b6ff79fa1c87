package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
)

var errGone = errors.New("row 17 of secret_table is gone")

// stand returns a router with the common middleware over a few handlers that fail, and
// what they log.
func stand(t *testing.T, rate int, proxies ...netip.Prefix) (http.Handler, *bytes.Buffer) {
	t.Helper()
	assets, err := web.LoadAssets()
	if err != nil {
		t.Fatal(err)
	}
	log := new(bytes.Buffer)
	w, err := web.New(web.Config{
		Catalog: catalog(t), Assets: assets, Operator: "Demo Bet", Helpline: func(lang string) string { return "helpline " + lang },
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Classify: func(err error) web.Kind {
			if errors.Is(err, errGone) {
				return web.NotFound
			}
			return web.Internal
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := chi.NewRouter()
	r.Use(w.Common(proxies, rate)...)
	fail := func(err error) http.HandlerFunc {
		return w.Handle(func(http.ResponseWriter, *http.Request) error { return err })
	}
	r.Get("/en/gone", fail(errGone))
	r.Get("/ru/gone", fail(errGone))
	r.Get("/api/v1/gone", fail(errGone))
	r.Get("/en/fault", fail(errors.New("pq: password for 10.0.0.1 refused")))
	r.Get("/assets/*", w.Handle(w.Asset))
	r.Get("/healthz", func(http.ResponseWriter, *http.Request) {})
	r.Get("/en/abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	r.Get("/en/panic", func(http.ResponseWriter, *http.Request) { panic("boom") })
	r.Get("/en/ip", w.Handle(func(out http.ResponseWriter, r *http.Request) error {
		key, err := web.ClientKey(r)
		_, _ = out.Write([]byte(key))
		return err
	}))
	r.Post("/en/files", w.Handle(func(out http.ResponseWriter, r *http.Request) error {
		var files string
		form, err := web.Upload(out, r, func(p web.Part) error {
			n, err := io.Copy(io.Discard, p)
			files += fmt.Sprintf("%s %s %d\n", p.Field, p.Name, n)
			return err
		})
		if err == nil {
			_, err = io.WriteString(out, files+form.Encode())
		}
		return err
	}))
	r.Post("/en/form", w.Handle(func(_ http.ResponseWriter, r *http.Request) error {
		_, err := web.Form(r)
		return err
	}))
	return r, log
}

func get(t *testing.T, h http.Handler, method, target, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, "/", strings.NewReader(body))
	path, query, _ := strings.Cut(target, "?")
	r.URL.Path, r.URL.RawQuery = path, query
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if body != "" && r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAnErrorIsAPageInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	h, _ := stand(t, 1000)
	for target, want := range map[string]string{
		"/en/gone": "There is no such page", "/ru/gone": "Такой страницы нет", "/en/fault": "Something went wrong on our side",
		"/en/panic": "Something went wrong on our side",
	} {
		w := get(t, h, http.MethodGet, target, "")
		if body := w.Body.String(); !strings.Contains(body, want) || !strings.Contains(body, "/contact") || !strings.Contains(body, "helpline "+target[1:3]) {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

func TestTheCauseGoesToTheLogAndNotToTheReader(t *testing.T) {
	t.Parallel()
	h, log := stand(t, 1000)
	w := get(t, h, http.MethodGet, "/en/fault", "")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "10.0.0.1") {
		t.Errorf("reader sees %d %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "10.0.0.1") || !strings.Contains(log.String(), w.Header().Get("X-Request-Id")) {
		t.Errorf("log lacks the cause or the request: %s", log)
	}
}

func TestTheAPIGetsProblemJSON(t *testing.T) {
	t.Parallel()
	h, _ := stand(t, 1000)
	w := get(t, h, http.MethodGet, "/api/v1/gone", "", "Accept-Language", "ru")
	if got := w.Header().Get("Content-Type"); got != "application/problem+json" || w.Code != http.StatusNotFound {
		t.Errorf("got %d %s", w.Code, got)
	}
	if !strings.Contains(w.Body.String(), "Такой страницы нет") {
		t.Errorf("not in the reader's language: %s", w.Body)
	}
}

func TestBadInputIsRefusedClearly(t *testing.T) {
	t.Parallel()
	h, _ := stand(t, 1000)
	for name, c := range map[string]struct {
		method, target, body string
		want                 int
	}{
		"NUL in the query":         {http.MethodGet, "/en/ip?q=a%00b", "", http.StatusBadRequest},
		"not UTF-8 in the query":   {http.MethodGet, "/en/ip?q=%ff", "", http.StatusBadRequest},
		"broken escape":            {http.MethodGet, "/en/ip?q=%zz", "", http.StatusBadRequest},
		"NUL in the path":          {http.MethodGet, "/en/\x00", "", http.StatusBadRequest},
		"huge query":               {http.MethodGet, "/en/ip?q=" + strings.Repeat("a", 9000), "", http.StatusRequestEntityTooLarge},
		"NUL in a form":            {http.MethodPost, "/en/form", "a=%00", http.StatusBadRequest},
		"not UTF-8 in a form":      {http.MethodPost, "/en/form", "a=%ff", http.StatusBadRequest},
		"1 MB form":                {http.MethodPost, "/en/form", "a=" + strings.Repeat("b", 1<<20), http.StatusRequestEntityTooLarge},
		"a form of thousand parts": {http.MethodPost, "/en/form", manyFields(1000), http.StatusBadRequest},
		"an ordinary form":         {http.MethodPost, "/en/form", "a=b", http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if w := get(t, h, c.method, c.target, c.body); w.Code != c.want {
				t.Errorf("got %d, want %d", w.Code, c.want)
			}
		})
	}
}

func manyFields(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("f")
		b.WriteString(strings.Repeat("x", i%50))
		b.WriteByte(byte('a' + i%26))
		b.WriteString("=1&")
	}
	return strings.TrimSuffix(b.String(), "&")
}

func TestAPostFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	h, _ := stand(t, 1000)
	for name, header := range map[string][]string{
		"another origin":   {"Origin", "https://evil.example"},
		"a null origin":    {"Origin", "null"},
		"cross-site fetch": {"Sec-Fetch-Site", "cross-site"},
		"a sibling domain": {"Sec-Fetch-Site", "same-site"},
	} {
		if w := get(t, h, http.MethodPost, "/en/form", "a=b", header...); w.Code != http.StatusForbidden {
			t.Errorf("%s: got %d", name, w.Code)
		}
	}
}

func TestTheClientIsNotWhatAHeaderClaims(t *testing.T) {
	t.Parallel()
	direct, _ := stand(t, 1000)
	w := get(t, direct, http.MethodGet, "/en/ip", "", "X-Forwarded-For", "198.51.100.7", "X-Real-Ip", "198.51.100.7", "True-Client-Ip", "198.51.100.7")
	if got := w.Body.String(); got != "192.0.2.1" {
		t.Errorf("without a proxy: got %s", got)
	}
	proxied, _ := stand(t, 1000, netip.MustParsePrefix("192.0.2.0/24"))
	w = get(t, proxied, http.MethodGet, "/en/ip", "", "X-Forwarded-For", "203.0.113.1, 198.51.100.7, 192.0.2.9")
	if got := w.Body.String(); got != "198.51.100.7" {
		t.Errorf("behind a proxy: got %s", got)
	}
}

func TestTooManyRequestsAreTurnedAway(t *testing.T) {
	t.Parallel()
	h, _ := stand(t, 3)
	var w *httptest.ResponseRecorder
	for range 4 {
		w = get(t, h, http.MethodGet, "/ru/gone", "")
	}
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("fourth request: %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	if !strings.Contains(w.Body.String(), "Слишком много запросов") {
		t.Errorf("body: %s", w.Body)
	}
}

func TestEveryResponseCarriesTheSecurityHeaders(t *testing.T) {
	t.Parallel()
	h, _ := stand(t, 1000)
	head := get(t, h, http.MethodGet, "/en/gone", "").Header()
	if p := head.Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'none'") || strings.Contains(p, "unsafe") {
		t.Errorf("policy %q", p)
	}
	if head.Get("X-Content-Type-Options") != "nosniff" || head.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("headers %v", head)
	}
}

func TestAnUnknownAssetIsAPage(t *testing.T) {
	t.Parallel()
	h, _ := stand(t, 1000)
	w := get(t, h, http.MethodGet, "/assets/none.css", "", "Accept-Language", "ru")
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "Такой страницы нет") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

func TestABrokenOffAnswerStaysSo(t *testing.T) {
	t.Parallel()
	h, log := stand(t, 1000)
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("net/http is told %v", v)
		}
		if !strings.Contains(log.String(), "route=/en/abort") {
			t.Errorf("no line in the log: %s", log)
		}
	}()
	get(t, h, http.MethodGet, "/en/abort", "")
}

func TestProbesAndAssetsAreNotLimited(t *testing.T) {
	t.Parallel()
	h, _ := stand(t, 1)
	for _, target := range []string{"/healthz", "/assets/none.css", "/healthz", "/en/ip", "/healthz"} {
		if w := get(t, h, http.MethodGet, target, ""); w.Code == http.StatusTooManyRequests {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
	if w := get(t, h, http.MethodGet, "/en/ip", ""); w.Code != http.StatusTooManyRequests {
		t.Errorf("the second page: %d", w.Code)
	}
}

func TestEachRequestHasALineWithoutItsAddress(t *testing.T) {
	t.Parallel()
	h, log := stand(t, 1000)
	w := get(t, h, http.MethodGet, "/en/ip?q=SECRET", "")
	want := "level=INFO msg=request request=" + w.Header().Get("X-Request-Id") + " method=GET route=/en/ip status=200 bytes=9 took="
	if !strings.Contains(log.String(), want) || strings.Contains(log.String(), "SECRET") || strings.Contains(log.String(), "192.0.2") {
		t.Errorf("no %q in %s", want, log)
	}
	log.Reset()
	get(t, h, http.MethodGet, "/healthz", "")
	if strings.Contains(log.String(), "INFO") {
		t.Errorf("a probe is logged as %s", log)
	}
}
