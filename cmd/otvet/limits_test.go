package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets/postgres/postgrestest"
)

// message is a filled contact form whose button step was pressed.
func message(step, subject string) url.Values {
	return url.Values{
		"key": {web.NewKey()}, "category": {"unsure"}, "subject": {subject}, "body": {"<b>My long text</b>"},
		"contact": {"player77"}, "step": {step},
	}
}

func postForm(h http.Handler, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestOnlySentTicketsAreLimited holds that looking at answers, going back and masking are
// free, and that a step which opens a ticket by another name is not.
func TestOnlySentTicketsAreLimited(t *testing.T) {
	t.Parallel()
	h := handlerOn(t, postgrestest.Store(t), 1000, 2)
	for i, c := range []struct {
		step, subject string
		want          int
	}{
		{"offer", "How long does a withdrawal take?", 200},
		{"offer", "How long does a withdrawal take?", 200},
		{"edit", "Qwxz", 200},
		{"mask", "Qwxz", 200},
		{"send", "Qwxz", 303},
		{"offer", "Qwxz", 303},
		{"offer", "Qwxz", 429},
		{"", "Qwxz", 429},
		{"send", "Qwxz", 429},
		{"edit", "Qwxz", 200},
	} {
		if w := postForm(h, "/en/contact", message(c.step, c.subject)); w.Code != c.want {
			t.Errorf("request %d, step %q: got %d, want %d", i+1, c.step, w.Code, c.want)
		}
	}
}

func TestATextOverTheLimitIsGivenBack(t *testing.T) {
	t.Parallel()
	h := handlerOn(t, storeAway(t), 1000, 1)
	postForm(h, "/ru/contact", message("send", "Первое"))
	w := postForm(h, "/ru/contact", message("send", "Второе"))
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "60" {
		t.Errorf("got %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	for _, want := range []string{"Второе\n\n&lt;b&gt;My long text&lt;/b&gt;</textarea>", " readonly ", "Ваш текст", "Подождите минуту"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %q in %s", want, w.Body)
		}
	}
}

func TestTheLongestMessageFitsIntoAForm(t *testing.T) {
	t.Parallel()
	h := handlerOn(t, postgrestest.Store(t), 1000, 1000)
	form := message("send", "Qwxz")
	form.Set("body", strings.Repeat("😀", 8000))
	if w := postForm(h, "/en/contact", form); w.Code != http.StatusSeeOther {
		t.Errorf("got %d", w.Code)
	}
}
