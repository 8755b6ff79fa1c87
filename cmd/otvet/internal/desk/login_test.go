package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres/postgrestest"
)

func credentials(email, secret string) url.Values {
	return url.Values{"email": {email}, "password": {secret}}
}

func TestSignInOpensTheQueueAndNeedsTheRightPair(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse()
	wrong := b.post("/desk/login", credentials("anna@demo.example", "wrong horse battery"))
	wrong.want(t, http.StatusUnprocessableEntity, "do not match an account", `value="anna@demo.example"`)
	wrong.lacks(t, "wrong horse battery")
	unknown := b.post("/desk/login", credentials("nobody@demo.example", password))
	unknown.want(t, http.StatusUnprocessableEntity)
	same := strings.ReplaceAll(unknown.Body, "nobody@", "anna@")
	if same != wrong.Body {
		t.Errorf("an unknown address and a wrong password read differently:\n%s\n%s", wrong.Body, same)
	}
	if b.cookie() != "" {
		t.Error("a refused sign-in left a session")
	}
	if err := h.Store.SetAgentDisabled(t.Context(), h.Ben.ID, true); err != nil {
		t.Fatal(err)
	}
	b.post("/desk/login", credentials("ben@demo.example", password)).want(t, http.StatusUnprocessableEntity, "do not match an account")

	p := b.post("/desk/login", credentials(" Anna@Demo.Example ", password))
	p.want(t, http.StatusSeeOther)
	if p.To != "/desk" {
		t.Errorf("sign-in leads to %q, want the queue", p.To)
	}
	b.get("/desk").want(t, http.StatusOK, "Анна", "Очередь")
	b.get("/desk/login").want(t, http.StatusSeeOther)
}

func TestSignInLimitsPasswordsWithoutHashingLongOnes(t *testing.T) {
	t.Parallel()
	b := newHouse(t).browse()
	b.post("/desk/login", credentials("anna@demo.example", strings.Repeat("x", 50_000))).want(t, http.StatusUnprocessableEntity)
	b.post("/desk/login", credentials("anna@demo.example", "nul\x00")).want(t, http.StatusBadRequest)
	b.post("/desk/login", credentials("anna@demo.example\xff", "x")).want(t, http.StatusBadRequest)
	b.post("/desk/login", credentials("anna@demo.example", strings.Repeat("x", web.MaxBody))).want(t, http.StatusRequestEntityTooLarge)
}

func TestSignInRunsDryForOneClientOnOneAccountOnly(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse()
	for range 10 {
		b.post("/desk/login", credentials("anna@demo.example", "wrong horse battery")).want(t, http.StatusUnprocessableEntity)
	}
	p := b.post("/desk/login", credentials("anna@demo.example", password))
	p.want(t, http.StatusTooManyRequests, "Too many attempts", `value="anna@demo.example"`)
	if p.Header.Get("Retry-After") == "" {
		t.Error("429 without Retry-After")
	}
	b.signIn(h.Ben)
}

func TestSignInMakesANewToken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse()
	planted := b.request(http.MethodPost, "/desk/login", credentials(h.Anna.Email, password))
	planted.AddCookie(&http.Cookie{Name: "desk", Value: "planted"})
	b.do(planted).want(t, http.StatusSeeOther)
	first := b.cookie()
	if first == "" || first == "planted" {
		t.Fatalf("session token is %q after sign-in", first)
	}
	b.signIn(h.Ben)
	if b.cookie() == first {
		t.Error("the second sign-in kept the token of the first")
	}
	old := b.request(http.MethodGet, "/desk", nil)
	fresh := newBrowser(t, b.base)
	old.AddCookie(&http.Cookie{Name: "desk", Value: first})
	fresh.do(old).want(t, http.StatusSeeOther)
}

func TestSessionCookieIsMarked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ address, want string }{
		{"http://127.0.0.1:8080", "desk="},
		{"https://help.demo.example", "__Host-desk="},
	} {
		h := houseOn(t, postgrestest.Store(t), c.address)
		p := h.browse().post("/desk/login", credentials(h.Anna.Email, password))
		p.want(t, http.StatusSeeOther)
		cookie := p.Header.Get("Set-Cookie")
		secure := strings.HasPrefix(c.address, "https")
		if !strings.HasPrefix(cookie, c.want) || strings.Contains(cookie, "Secure") != secure {
			t.Errorf("at %s the cookie is %q", c.address, cookie)
		}
		for _, mark := range []string{"Path=/", "HttpOnly", "SameSite=Lax"} {
			if !strings.Contains(cookie, mark) {
				t.Errorf("cookie lacks %s: %q", mark, cookie)
			}
		}
	}
}

func TestSignInLeadsBackToThePageThatWasAskedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse()
	asked := b.get("/desk?status=solved")
	asked.want(t, http.StatusSeeOther)
	b.get(asked.To).want(t, http.StatusOK, `name="next" value="/desk?status=solved"`)
	for next, want := range map[string]string{
		"/desk?status=solved":       "/desk?status=solved",
		"//evil.example":            "/desk",
		"https://evil.example/desk": "/desk",
	} {
		p := newBrowser(t, b.base).post("/desk/login", with(credentials(h.Anna.Email, password), "next="+next))
		if p.StatusCode != http.StatusSeeOther || p.To != want {
			t.Errorf("next=%q leads to %d %q, want %q", next, p.StatusCode, p.To, want)
		}
	}
}

func TestSignOutEndsTheSessionEverywhereItIsKnown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.Anna)
	stolen := b.cookie()
	p := b.post("/desk/logout", url.Values{})
	p.want(t, http.StatusSeeOther)
	if p.To != "/desk/login" || b.cookie() != "" {
		t.Errorf("sign-out leads to %q and leaves the cookie %q", p.To, b.cookie())
	}
	again := b.request(http.MethodGet, "/desk", nil)
	again.AddCookie(&http.Cookie{Name: "desk", Value: stolen})
	b.do(again).want(t, http.StatusSeeOther)
}

func TestSessionEndsAtOnceWithTheAgentsAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name, end := range map[string]func(tickets.Agent) error{
		"disabled":     func(a tickets.Agent) error { return h.Store.SetAgentDisabled(t.Context(), a.ID, true) },
		"new password": func(a tickets.Agent) error { return h.Store.SetPassword(t.Context(), a.ID, "x", false) },
	} {
		a := h.hire(strings.ReplaceAll(name, " ", "-")+"@demo.example", name, kb.EN, false)
		b := h.browse().signIn(a)
		b.get("/desk").want(t, http.StatusOK)
		if err := end(a); err != nil {
			t.Fatal(err)
		}
		b.get("/desk").want(t, http.StatusSeeOther)
	}
}

func TestLanguageIsTheAgentsAndOnTheSignInPageTheBrowsers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse()
	r := b.request(http.MethodGet, "/desk/login", nil)
	r.Header.Set("Accept-Language", "ru-RU,ru;q=0.9")
	b.do(r).want(t, http.StatusOK, "Вход для сотрудников", `lang="ru"`)
	b.get("/desk/login").want(t, http.StatusOK, "Sign in to the desk")
	b.get("/desk/login?lang=ru").want(t, http.StatusOK, "Вход для сотрудников")

	b.signIn(h.Anna).get("/desk?status=new").want(t, http.StatusOK, "Очередь", `name="back" value="/desk?status=new"`)
	p := b.post("/desk/language", url.Values{"lang": {"en"}, "back": {"/desk?status=new"}})
	p.want(t, http.StatusSeeOther)
	if p.To != "/desk?status=new" {
		t.Errorf("change of language leads to %q", p.To)
	}
	b.get("/desk").want(t, http.StatusOK, "Queue")
	b.post("/desk/language", url.Values{"lang": {"de"}}).want(t, http.StatusBadRequest)
	away := b.post("/desk/language", url.Values{"lang": {"ru"}, "back": {"//evil.example"}})
	if away.To != "/desk" {
		t.Errorf("change of language leads away: %q", away.To)
	}
}

func TestSessionExpires(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.Anna)
	sessions := h.Store.Sessions()
	data, found, err := sessions.FindCtx(t.Context(), b.cookie())
	if err != nil || !found {
		t.Fatalf("no session for the cookie: %v", err)
	}
	if err := sessions.CommitCtx(t.Context(), b.cookie(), data, time.Now().Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	b.get("/desk").want(t, http.StatusSeeOther)
}
