package site_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"otvet/tickets/postgres/postgrestest"
)

var numberOf = regexp.MustCompile(`The number is ([0-9A-Z]{4}-[0-9A-Z]{4})`)

func TestManyClicksOpenOneTicket(t *testing.T) {
	t.Parallel()
	h := newHandler(t, engine(t), postgrestest.Store(t))
	numbers := make([]string, 12)
	var clicks sync.WaitGroup
	for i := range numbers {
		clicks.Go(func() {
			v := newVisitor(t, h)
			w := v.post("/en/contact", message("0123456789abcdef0123456789abcdef"))
			page := v.get(w.Header().Get("Location")).Body.String()
			if m := numberOf.FindStringSubmatch(page); m != nil {
				numbers[i] = m[1]
			}
		})
	}
	clicks.Wait()
	for _, n := range numbers {
		if n == "" || n != numbers[0] {
			t.Fatalf("clicks on one form opened %q", numbers)
		}
	}
}

func TestFormsHaveKeysOfTheirOwn(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), unready(t)))
	key := regexp.MustCompile(`name="key" value="([0-9a-f]{32})"`)
	first, second := key.FindString(v.get("/en/contact").Body.String()), key.FindString(v.get("/en/contact").Body.String())
	if first == "" || first == second {
		t.Errorf("two forms have the keys %q and %q", first, second)
	}
}

func TestLongBodiesAreRefused(t *testing.T) {
	t.Parallel()
	h := newHandler(t, engine(t), unready(t))
	for _, path := range []string{"/en/contact", "/en/contact/answers", "/en/feedback", "/en/requests/AAAAAAAAAAAAAAAAAAAAAA/reply"} {
		w := newVisitor(t, h).post(path, url.Values{"body": {strings.Repeat("a", 1<<20)}})
		if w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("1 MB posted to %s answered %d", path, w.Code)
		}
	}
}

func TestLongTextIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	form := message("0123456789abcdef0123456789abcdef")
	form.Set("subject", strings.Repeat("я", 201))
	form.Set("body", strings.Repeat("б", 8001))
	w := newVisitor(t, newHandler(t, engine(t), unready(t))).post("/ru/contact", form)
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("answered %d", w.Code)
	}
	for _, want := range []string{"Сократите вопрос до 200 знаков.", "Сократите текст до 8", form.Get("body"), form.Get("subject")} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page lacks %.40q", want)
		}
	}
}

func TestLongQuestionsAreSentToAPerson(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), unready(t)))
	question := strings.Repeat("withdrawal ", 200)
	w := v.get("/en/search?q=" + url.QueryEscape(question))
	if w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(w.Body.String(), "That is a long question.") {
		t.Errorf("a question of %d bytes answered %d", len(question), w.Code)
	}
	if w := v.get("/en/search?q=" + strings.Repeat("a", 1<<20)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a question of 1 MB answered %d", w.Code)
	}
	// Whoever needs a person at once is not told to be brief.
	distress := v.get("/en/search?q=" + url.QueryEscape(question+" i want to kill myself"))
	if !strings.Contains(distress.Body.String(), "helpline in en") || strings.Contains(distress.Body.String(), "long question") {
		t.Errorf("a long text of distress answered %d %.300s", distress.Code, distress.Body)
	}
}

// A long question comes into the field that has room for it.
func TestPrefilledFieldsFit(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), unready(t)))
	question := strings.Repeat("long ", 60)
	page := v.get("/en/contact?q=" + url.QueryEscape(question)).Body.String()
	if !strings.Contains(page, ">"+strings.TrimSpace(question)+"</textarea>") {
		t.Error("a question of 300 characters does not stand in the text")
	}
}

func TestTheVisitBeginsWithTheFirstSearch(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t)))
	for _, path := range []string{"/en/", "/en/faq/withdrawals", "/en/contact", "/en/suggest?q=bonus", "/en/search"} {
		if c := v.get(path).Result().Cookies(); len(c) > 0 {
			t.Errorf("%s set %v", path, c)
		}
	}
	if c := v.get("/en/search?q=bonus").Result().Cookies(); len(c) != 1 || !c[0].HttpOnly || c[0].SameSite != http.SameSiteLaxMode {
		t.Errorf("the first search set %v", c)
	}
	r := httptest.NewRequest(http.MethodGet, "/en/search?q=bonus", nil)
	r.AddCookie(&http.Cookie{Name: "visit", Value: "<forged>"})
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	if c := w.Result().Cookies(); len(c) != 1 {
		t.Errorf("a forged visit was kept: %v", c)
	}
}
