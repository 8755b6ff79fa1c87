package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"otvet/cmd/otvet/internal/web"
)

type sample struct {
	web.Frame
	Name string
}

func (s *sample) Framing() *web.Frame { return &s.Frame }

func page(t *testing.T, source string) (web.Page[sample], error) {
	t.Helper()
	assets, err := web.LoadAssets()
	if err != nil {
		t.Fatal(err)
	}
	ts, err := web.ParseTemplates(catalog(t), assets, fstest.MapFS{"templates/p.html": {Data: []byte(source)}})
	if err != nil {
		return web.Page[sample]{}, err
	}
	return web.NewPage[sample](ts, "p")
}

func TestAPageIsCheckedBeforeItIsServed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ source, want string }{
		"a field that does not exist":   {`{{define "main"}}{{.Nmae}}{{end}}`, "Nmae"},
		"a message that does not exist": {`{{define "main"}}{{t "no.such"}}{{end}}`, "no.such"},
	} {
		if _, err := page(t, c.source); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestAPageEscapesWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	p, err := page(t, `{{define "main"}}<h1>{{.Name}}</h1>{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	if err := p.Write(w, http.StatusOK, &sample{web.NewFrame("ru", "<b>"), "<script>alert(1)</script>"}); err != nil {
		t.Fatal(err)
	}
	if body := w.Body.String(); strings.Contains(body, "<script>alert") || strings.Contains(body, "<title><b>") {
		t.Errorf("not escaped: %s", body)
	}
	if !strings.Contains(w.Body.String(), `<html lang="ru">`) {
		t.Errorf("no language: %s", w.Body)
	}
}
