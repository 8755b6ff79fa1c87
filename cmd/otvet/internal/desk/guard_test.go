package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"otvet/kb"
	"otvet/tickets"
)

// route is a route of the desk with an address that matches it.
type route struct{ method, pattern, path string }

// routes returns every route that the desk installed.
func (h *house) routes() []route {
	h.t.Helper()
	number := string(h.open("a ticket for the routes").Ticket.Number)
	var all []route
	walk := func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		all = append(all, route{method, pattern, strings.ReplaceAll(pattern, "{number}", number)})
		return nil
	}
	if err := chi.Walk(h.Router, walk); err != nil {
		h.t.Fatal(err)
	}
	if len(all) < 14 {
		h.t.Fatalf("only %d routes", len(all))
	}
	return all
}

// send sends a route's request; what is posted is an empty form.
func (b *browser) send(r route) page {
	b.t.Helper()
	if r.method == http.MethodPost {
		return b.post(r.path, url.Values{})
	}
	return b.get(r.path)
}

func TestEveryRouteButTheSignInNeedsAnAgent(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse()
	for _, r := range h.routes() {
		p := b.send(r)
		if cache := p.Header.Get("Cache-Control"); cache != "no-store" {
			t.Errorf("%s %s: Cache-Control %q", r.method, r.pattern, cache)
		}
		if r.pattern == "/desk/login" {
			continue
		}
		if p.StatusCode != http.StatusSeeOther || !strings.HasPrefix(p.To, "/desk/login") {
			t.Errorf("%s %s: %d %q without signing in", r.method, r.pattern, p.StatusCode, p.To)
		}
		if strings.Contains(p.Body, "a ticket for the routes") {
			t.Errorf("%s %s shows a ticket without signing in", r.method, r.pattern)
		}
	}
}

func TestEveryRouteRefusesAOneTimePasswordButThePasswordPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	all := h.routes()
	b := h.browse().signIn(h.hire("new@demo.example", "Мария", kb.RU, true))
	for _, r := range all {
		if r.pattern == "/desk/login" || r.pattern == "/desk/password" || r.pattern == "/desk/logout" {
			continue
		}
		if p := b.send(r); p.StatusCode != http.StatusSeeOther || p.To != "/desk/password" {
			t.Errorf("%s %s: %d %q with a one-time password", r.method, r.pattern, p.StatusCode, p.To)
		}
	}
}

func TestEveryPostFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	all := h.routes()
	b := h.browse().signIn(h.Anna)
	for _, r := range all {
		if r.method != http.MethodPost {
			continue
		}
		for name, value := range map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"} {
			request := b.request(http.MethodPost, r.path, url.Values{})
			request.Header.Set(name, value)
			if p := b.do(request); p.StatusCode != http.StatusForbidden {
				t.Errorf("POST %s with %s: %s: %d", r.pattern, name, value, p.StatusCode)
			}
		}
	}
}

func TestEveryPageKeepsOutOfCachesAndSearchEngines(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	all := h.routes()
	b := h.browse()
	b.get("/desk/login").want(t, http.StatusOK, `<meta name="robots" content="noindex">`)
	b.signIn(h.Anna)
	for _, r := range all {
		if r.method != http.MethodGet || r.pattern == "/desk/login" {
			continue
		}
		p := b.get(r.path)
		if p.Header.Get("Cache-Control") != "no-store" || !strings.Contains(p.Body, `content="noindex"`) && p.Header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("GET %s: %d, Cache-Control %q", r.pattern, p.StatusCode, p.Header.Get("Cache-Control"))
		}
		p.lacks(t, " style=", "<script>", "onclick")
	}
}

func TestEveryRouteIsHonestWhenTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	all := h.routes()
	b := h.browse().signIn(h.Anna)
	h.Store.Close()
	for _, r := range all {
		p := b.send(r)
		if p.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%s %s: %d", r.method, r.pattern, p.StatusCode)
		}
		if !strings.Contains(p.Body, "database") && !strings.Contains(p.Body, "базой данных") {
			t.Errorf("%s %s does not say what is the matter: %.500s", r.method, r.pattern, p.Body)
		}
		p.lacks(t, "closed pool", "unavailable;")
	}
}

func TestATextPostedWithoutASessionComesBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вопрос").Ticket.Number
	b := h.browse().signIn(h.Anna)
	form := b.form(n, "body=Долгий ответ <b>", "then=solved")
	if err := h.Store.SetPassword(t.Context(), h.Anna.ID, "x", false); err != nil {
		t.Fatal(err)
	}
	p := b.post(ticketPath(n, "reply"), form)
	p.want(t, http.StatusUnauthorized, "Долгий ответ &lt;b&gt;", `href="/desk/login"`, `name="then" value="solved"`,
		`action="`+ticketPath(n, "reply")+`"`, `name="key" value="`+form.Get("key")+`"`)
	p.lacks(t, "Вопрос")

	b.signIn(h.Ben)
	b.post(ticketPath(n, "reply"), form).want(t, http.StatusSeeOther)
	if got := h.dossier(n).Ticket.Status; got != tickets.StatusSolved {
		t.Errorf("status after the second try is %s", got)
	}
}

func TestSignInReturnsToTheTicketOfAForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вопрос").Ticket.Number
	p := h.browse().post(ticketPath(n, "status"), url.Values{"status": {"solved"}})
	if want := "/desk/login?next=" + url.QueryEscape("/desk/tickets/"+string(n)); p.To != want {
		t.Errorf("leads to %q, want %q", p.To, want)
	}
}
