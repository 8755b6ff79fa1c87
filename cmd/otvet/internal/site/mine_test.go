package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"
	"github.com/golang-jwt/jwt/v5"
	"github.com/jackc/pgx/v5"

	"otvet/tickets"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// mineTest is a site on a database with two players who have written.
type mineTest struct {
	t          *testing.T
	url        string
	store      *postgres.Store
	handler    http.Handler
	ann, bob   *visitor
	anns, bobs tickets.Number
	private    string // page of Ann's request, by its token
}

func newMineTest(t *testing.T) *mineTest {
	t.Helper()
	m := &mineTest{t: t, url: postgrestest.URL(t)}
	m.store = postgrestest.Open(t, m.url)
	m.handler = newHandler(t, engine(t), m.store, fromSite)
	m.ann, m.anns, m.private = m.writer("ann", "SECRET of Ann")
	m.bob, m.bobs, _ = m.writer("bob", "SECRET of Bob")
	return m
}

// writer signs an account in and lets it write.
func (m *mineTest) writer(account, subject string) (*visitor, tickets.Number, string) {
	m.t.Helper()
	v := newVisitor(m.t, m.handler).come(signed(m.t, account))
	form := message(fmt.Sprintf("%032x", account))
	form.Set("subject", subject)
	form.Set("contact", account)
	page := v.open(form)
	own, err := m.store.OwnTickets(m.t.Context(), tickets.Identity{Account: tickets.Account{Issuer: operator, Subject: account}}, 1)
	if err != nil || len(own.Items) != 1 {
		m.t.Fatalf("%+v, %v", own, err)
	}
	return v, own.Items[0].Ticket.Number, page
}

func (m *mineTest) sql(sql string) {
	m.t.Helper()
	conn, err := pgx.Connect(m.t.Context(), m.url)
	if err == nil {
		defer conn.Close(m.t.Context())
		_, err = conn.Exec(m.t.Context(), sql)
	}
	if err != nil {
		m.t.Fatal(err)
	}
}

// copyOf is another browser that has stolen the cookies.
func copyOf(v *visitor) *visitor {
	thief := newVisitor(v.t, v.handler)
	for name, c := range v.cookies {
		thief.cookies[name] = c
	}
	return thief
}

// access says what each person gets from a route of the player's side.
type access struct {
	own, other, none, expired int
	form                      url.Values
}

// policies are what each route of a player's requests answers; a route that is not here
// fails the test. Paths hold NUMBER and TOKEN of Ann's request.
var policies = map[string]access{
	"GET /{lang}/requests":                                 {own: 200, other: 200, none: 200, expired: 200},
	"GET /{lang}/requests/mine/{number}":                   {own: 200, other: 404, none: 401, expired: 401},
	"POST /{lang}/requests/mine/{number}/reply":            {own: 303, other: 404, none: 401, expired: 401, form: url.Values{"body": {"written by a stranger?"}}},
	"GET /{lang}/requests/mine/{number}/files/{id}/{name}": {own: 404, other: 404, none: 401, expired: 401}, // there is none
	"GET /{lang}/requests/{token}/files/{id}/{name}":       {own: 404, other: 404, none: 404, expired: 404},
	"GET /{lang}/requests/mine/{number}/case.zip":          {own: 200, other: 404, none: 401, expired: 401},
	"GET /{lang}/requests/{token}/case.zip":                {own: 404, other: 404, none: 404, expired: 404},
	"GET /{lang}/requests/mine/{number}/case.html":         {own: 200, other: 404, none: 401, expired: 401},
	"GET /{lang}/requests/{token}/case.html":               {own: 404, other: 404, none: 404, expired: 404},
	"GET /{lang}/requests/mine/{number}/case.json":         {own: 200, other: 404, none: 401, expired: 401},
	"GET /{lang}/requests/{token}/case.json":               {own: 404, other: 404, none: 404, expired: 404},
	"POST /{lang}/requests/mine/{number}/close":            {own: 303, other: 404, none: 401, expired: 401},
	"POST /{lang}/requests/mine/{number}/clarify":          {own: 409, other: 404, none: 401, expired: 401, form: url.Values{"body": {"why?"}}},
	"POST /{lang}/requests/{token}/clarify":                {own: 404, other: 404, none: 404, expired: 404, form: url.Values{"body": {"why?"}}},
	"GET /{lang}/requests/{token}":                         {own: 404, other: 404, none: 404, expired: 404}, // by a token that was made up
	"POST /{lang}/requests/{token}/reply":                  {own: 404, other: 404, none: 404, expired: 404, form: url.Values{"body": {"hello"}}},
	"POST /{lang}/requests/{token}/close":                  {own: 404, other: 404, none: 404, expired: 404},
	"GET /{lang}/requests/sign-in/{token}":                 {own: 404, other: 404, none: 404, expired: 404},
	"POST /{lang}/requests/sign-in/{token}":                {own: 404, other: 404, none: 404, expired: 404},
	"GET /{lang}/requests/{form:link|sign-in|sign-out}":    {own: 303, other: 303, none: 303, expired: 303},
	"POST /{lang}/requests/link":                           {own: 422, other: 422, none: 422, expired: 422},
	"POST /{lang}/requests/sign-in":                        {own: 403, other: 403, none: 403, expired: 403},
	"POST /{lang}/requests/sign-out":                       {own: 303, other: 303, none: 303, expired: 303},
}

// routesOf lists the routes of players' requests.
func routesOf(t *testing.T, h http.Handler) []string {
	t.Helper()
	var routes []string
	err := chi.Walk(h.(chi.Routes), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		route = strings.NewReplacer("{lang:(?:ru|en)}/*", "{lang}", "{lang:(?:ru|en)}", "{lang}", "(?:link|sign-in|sign-out)", "link|sign-in|sign-out",
			"{act:(?:accept|clarify|appeal|object|escalate|unsolved|rate|facts)}", "clarify").Replace(route)
		if strings.Contains(route, "/requests") {
			routes = append(routes, method+" "+route)
		}
		return nil
	})
	if err != nil || len(routes) < 5 {
		t.Fatalf("routes %v, %v", routes, err)
	}
	return routes
}

func TestEveryRouteOfRequestsIsGuarded(t *testing.T) {
	t.Parallel()
	seed := newMineTest(t)
	for _, route := range routesOf(t, seed.handler) {
		policy, ok := policies[route]
		if !ok {
			t.Errorf("%s has no policy", route)
			continue
		}
		t.Run(route, func(t *testing.T) {
			t.Parallel()
			newMineTest(t).guards(route, policy)
		})
	}
}

// guards tries a route as everybody, Ann last.
func (m *mineTest) guards(route string, policy access) {
	m.t.Helper()
	expired := copyOf(newVisitor(m.t, m.handler).come(signed(m.t, "ann")))
	m.sql(`UPDATE sessions SET expiry = now() - interval '1 second' WHERE expiry = (SELECT max(expiry) FROM sessions)`)
	forged := newVisitor(m.t, m.handler)
	forged.cookies["player"] = &http.Cookie{Name: "player", Value: "made-up"}
	for _, c := range []struct {
		who  string
		as   *visitor
		want int
	}{
		{"nobody", newVisitor(m.t, m.handler), policy.none},
		{"a made-up session", forged, policy.none},
		{"an expired session", expired, policy.expired},
		{"another player", copyOf(m.bob), policy.other},
		{"the player", copyOf(m.ann), policy.own},
	} {
		w := c.as.try(route, m.anns, policy.form)
		if w.Code != c.want {
			m.t.Errorf("%s as %s: %d, want %d", route, c.who, w.Code, c.want)
		}
		if c.who != "the player" && strings.Contains(w.Body.String(), "SECRET of Ann") {
			m.t.Errorf("%s shows Ann's request to %s", route, c.who)
		}
	}
	m.unharmed(strings.Contains(route, "/mine/"))
}

// try sends a request to a route about a number.
func (v *visitor) try(route string, n tickets.Number, form url.Values) *httptest.ResponseRecorder {
	method, path, _ := strings.Cut(route, " ")
	path = strings.NewReplacer("{lang}", "en", "{number}", string(n), "{token}", string(tickets.NewToken()), "{form:link|sign-in|sign-out}", "link").Replace(path)
	if method == http.MethodGet {
		return v.get(path)
	}
	return v.post(path, form)
}

// unharmed holds that Ann's request has at most what Ann did to it, after it was opened and
// acknowledged.
func (m *mineTest) unharmed(touched bool) {
	m.t.Helper()
	d, err := m.store.Dossier(m.t.Context(), 0, m.anns)
	if err != nil {
		m.t.Fatal(err)
	}
	if n := len(d.History); n > 3 || n > 2 && !touched {
		m.t.Errorf("strangers changed the request: %+v", d.History)
	}
}

func TestAnothersNumberIsLikeNone(t *testing.T) {
	t.Parallel()
	m := newMineTest(t)
	for _, form := range []string{"", "/reply", "/close"} {
		pages := map[string]bool{}
		for _, number := range []string{string(m.bobs), "ZZZZ-ZZZZ", "short", strings.Repeat("9", 300)} {
			w := m.ann.get("/en/requests/mine/" + number)
			if form != "" {
				w = m.ann.post("/en/requests/mine/"+number+form, url.Values{"body": {"x"}})
			}
			if w.Code != http.StatusNotFound || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s%s: %d", number, form, w.Code)
			}
			pages[w.Body.String()] = true
		}
		if len(pages) != 1 {
			t.Errorf("%d pages tell another's number from none", len(pages))
		}
	}
}

// A typed login proves nothing: what somebody wrote under it may be another person's.
func TestATypedLoginIsNoProof(t *testing.T) {
	t.Parallel()
	m := newMineTest(t)
	form := message("33333333333333333333333333333333")
	form.Set("contact", "ann")
	form.Set("subject", "SECRET of somebody")
	newVisitor(t, m.handler).open(form)
	if list := m.ann.get("/en/requests").Body.String(); strings.Contains(list, "SECRET of somebody") || !strings.Contains(list, "SECRET of Ann") {
		t.Errorf("the account ann sees %s", list)
	}
}

func TestOnlyAVerifiedAddressBringsItsRequests(t *testing.T) {
	t.Parallel()
	h := newHandler(t, engine(t), postgrestest.Store(t), fromSite)
	newVisitor(t, h).open(message("0123456789abcdef0123456789abcdef"))
	for verified, want := range map[any]bool{true: true, false: false, "true": false, nil: false} {
		v := newVisitor(t, h).come(signed(t, "u-1", jwt.MapClaims{"email": "Ann@example.com", "email_verified": verified}))
		if got := strings.Contains(v.get("/en/requests").Body.String(), "Where is my withdrawal?"); got != want {
			t.Errorf("email_verified %v shows the address's requests: %v", verified, got)
		}
	}
}

func TestASessionIsNewAtSignInAndGoneAfterSignOut(t *testing.T) {
	t.Parallel()
	m := newMineTest(t)
	page := "/en/requests/mine/" + string(m.anns)

	victim := newVisitor(t, m.handler)
	victim.cookies["player"] = m.bob.cookies["player"] // an attacker's session, slipped in
	known := victim.cookies["player"].Value
	victim.come(signed(t, "ann"))
	if victim.cookies["player"].Value == known {
		t.Error("the session kept a token that somebody else knows")
	}
	if w := m.bob.get("/en/requests"); strings.Contains(w.Body.String(), "SECRET") {
		t.Error("the token from before signs somebody in")
	}

	thief := copyOf(victim)
	if w := thief.get(page); w.Code != http.StatusOK {
		t.Fatalf("the session answers %d", w.Code)
	}
	if w := victim.post("/en/requests/sign-out", nil); w.Code != http.StatusSeeOther {
		t.Errorf("signing out answers %d", w.Code)
	}
	for who, v := range map[string]*visitor{"the player": victim, "a copy of the cookie": thief} {
		if w := v.get(page); w.Code != http.StatusUnauthorized {
			t.Errorf("after signing out %s gets %d", who, w.Code)
		}
	}
}

// A session of the desk is none of a player, though both are kept in one table.
func TestTheDesksSessionIsNobodys(t *testing.T) {
	t.Parallel()
	m := newMineTest(t)
	soon := time.Now().Add(time.Hour)
	data, err := scs.GobCodec{}.Encode(soon, map[string]any{"agent": int64(1), "epoch": 1})
	if err == nil {
		err = m.store.Sessions().CommitCtx(t.Context(), "desk-token", data, soon)
	}
	if err != nil {
		t.Fatal(err)
	}
	v := newVisitor(t, m.handler)
	v.cookies["player"] = &http.Cookie{Name: "player", Value: "desk-token"}
	if w := v.get("/en/requests/mine/" + string(m.anns)); w.Code != http.StatusUnauthorized {
		t.Errorf("an agent's session opens a player's request: %d", w.Code)
	}
}

func TestATextOutlivesItsSession(t *testing.T) {
	t.Parallel()
	m := newMineTest(t)
	m.sql(`UPDATE sessions SET expiry = now() - interval '1 second'`)
	w := m.ann.post("/en/requests/mine/"+string(m.anns)+"/reply", url.Values{"body": {"A long and careful answer."}})
	if w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), "A long and careful answer.") {
		t.Errorf("the text is lost: %d %s", w.Code, w.Body)
	}
}

func TestARequestUnderTheSession(t *testing.T) {
	t.Parallel()
	m := newMineTest(t)
	page := "/en/requests/mine/" + string(m.anns)
	w := m.ann.get(page)
	for _, lacks := range []string{"Keep this link", strings.TrimPrefix(m.private, "/en/requests/")} {
		if strings.Contains(w.Body.String(), lacks) {
			t.Errorf("the page holds %q", lacks)
		}
	}
	if !strings.Contains(w.Body.String(), "All my requests") || w.Header().Get("X-Robots-Tag") != "noindex" {
		t.Errorf("the page: %s", w.Body)
	}
	w = m.ann.post(page+"/reply", url.Values{"body": {"One thing more."}})
	if to := w.Header().Get("Location"); to != page+"?sent=1#last" {
		t.Errorf("a reply leads to %q", to)
	}
	if !strings.Contains(m.ann.get(page+"?sent=1").Body.String(), "One thing more.") {
		t.Error("the reply is not there")
	}
	if w := m.ann.post(page+"/reply", url.Values{"body": {" "}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an empty reply: %d", w.Code)
	}
	m.ann.post(page+"/close", nil)
	if list := m.ann.get("/en/requests").Body.String(); !strings.Contains(list, "Closed") {
		t.Errorf("the list: %s", list)
	}
}

func TestTheListHasPages(t *testing.T) {
	t.Parallel()
	m := newMineTest(t)
	for i := range 20 {
		form := message(fmt.Sprintf("%032x", i))
		form.Set("subject", fmt.Sprintf("Question %d", i))
		m.ann.open(form)
	}
	first, second := m.ann.get("/en/requests").Body.String(), m.ann.get("/en/requests?page=2").Body.String()
	if !strings.Contains(first, "21 requests") || !strings.Contains(first, "Question 19") || strings.Contains(first, "SECRET of Ann") || !strings.Contains(first, `href="/en/requests?page=2"`) {
		t.Errorf("the first page: %s", first)
	}
	if !strings.Contains(second, "SECRET of Ann") || !strings.Contains(second, `href="/en/requests?page=1"`) {
		t.Errorf("the second page: %s", second)
	}
	for _, page := range []string{"0", "-1", "99999999999999999999", "x", "9"} {
		if w := m.ann.get("/en/requests?page=" + page); w.Code != http.StatusOK {
			t.Errorf("page %s: %d", page, w.Code)
		}
	}
}

// Somebody in distress is told of a person, not of a queue.
func TestSafetyInTheList(t *testing.T) {
	t.Parallel()
	m := newMineTest(t)
	form := message("44444444444444444444444444444444")
	form.Set("body", "I want to kill myself")
	form.Set("subject", "Please help")
	m.ann.open(form)
	list := m.ann.get("/en/requests").Body.String()
	_, item, _ := strings.Cut(list, "Please help")
	item, _, _ = strings.Cut(item, "</li>")
	if !strings.Contains(item, "before all others") || strings.Contains(item, "We will write by") || strings.Contains(item, "next free colleague") {
		t.Errorf("the item reads %s", item)
	}
}
