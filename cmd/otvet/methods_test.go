package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestEveryPathSaysWhichMethodsItHas holds that HEAD is answered wherever GET is, a page
// of each kind, and that a refusal names the methods of the path and no others.
func TestEveryPathSaysWhichMethodsItHas(t *testing.T) {
	t.Parallel()
	h := handlerOn(t, storeAway(t), 10000, 10000)
	for _, c := range []struct {
		method, path string
		want         int
		allow        string
	}{
		{"HEAD", "/", 302, ""},
		{"HEAD", "/ru/", 200, ""},
		{"HEAD", "/en/", 200, ""},
		{"HEAD", "/en/search?q=withdrawal", 200, ""},
		{"HEAD", "/en/faq/withdrawals", 200, ""},
		{"HEAD", "/en/terms", 200, ""},
		{"HEAD", "/en/contact", 200, ""},
		{"HEAD", "/robots.txt", 200, ""},
		{"HEAD", "/desk/login", 200, ""},
		{"HEAD", "/healthz", 200, ""},
		{"HEAD", "/api/v1/openapi.json", 200, ""},
		{"HEAD", "/en/faq/nothing", 404, ""},
		{"HEAD", "/en/feedback", 405, "POST"},
		{"HEAD", "/api/v1/ask", 405, "POST"},
		{"POST", "/ru/", 405, "GET, HEAD"},
		{"POST", "/ru", 405, "GET, HEAD"},
		{"POST", "/en/search", 405, "GET, HEAD"},
		{"DELETE", "/en/contact", 405, "GET, POST, HEAD"},
		{"PUT", "/desk/login", 405, "GET, POST, HEAD"},
		{"DELETE", "/api/v1/search", 405, "GET, HEAD"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(c.method, c.path, http.NoBody))
		if w.Code != c.want || w.Header().Get("Allow") != c.allow {
			t.Errorf("%s %s: got %d, Allow %q", c.method, c.path, w.Code, w.Header().Get("Allow"))
		}
	}
}
