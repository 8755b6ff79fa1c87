package site_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"otvet/cmd/otvet/internal/site"
	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// The operator's site in tests.
const (
	operator     = "https://www.bet.example"
	sharedSecret = "a shared secret of forty characters long"
)

var players = site.Players{
	Secret: sharedSecret, Issuer: operator, Audience: "http://127.0.0.1", Origins: []string{operator, "http://localhost:3000"},
}

// fromSite lets players come from the operator's site.
func fromSite(c *site.Config) { c.Players = players }

// signed returns a good token for an account, with changes; each has a jti of its own.
func signed(t *testing.T, account string, more ...jwt.MapClaims) string {
	t.Helper()
	now := time.Now()
	claims := jwt.MapClaims{
		"iss": operator, "aud": "http://127.0.0.1", "sub": account, "jti": web.NewKey(),
		"iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	}
	for _, m := range more {
		maps.Copy(claims, m)
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(sharedSecret))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// postFrom posts a form as a page of an origin does; "" sends none.
func (v *visitor) postFrom(origin, path string, form url.Values) *httptest.ResponseRecorder {
	v.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if origin != "" {
		r.Header.Set("Origin", origin)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	}
	return v.do(r)
}

// come signs a player in with a token of the operator's site.
func (v *visitor) come(token string) *visitor {
	v.t.Helper()
	w := v.postFrom(operator, "/en/requests/sign-in", url.Values{"token": {token}})
	if w.Code != http.StatusSeeOther {
		v.t.Fatalf("signing in answered %d: %s", w.Code, w.Body)
	}
	return v
}

// linkFor asks for a link by e-mail and returns the address in the nth letter.
func linkFor(t *testing.T, v *visitor, store *postgres.Store, email string, letter int64) string {
	t.Helper()
	if w := v.post("/en/requests/link", url.Values{"email": {email}}); w.Code != http.StatusSeeOther {
		t.Fatalf("asking for a link answered %d: %s", w.Code, w.Body)
	}
	l, err := store.SignInLetter(t.Context(), letter)
	if err != nil || l.Token == "" {
		t.Fatalf("letter %d: %+v, %v", letter, l, err)
	}
	return "/en/requests/sign-in/" + string(l.Token)
}

func TestAPlayerComesFromTheOperatorsSite(t *testing.T) {
	t.Parallel()
	h := newHandler(t, engine(t), postgrestest.Store(t), fromSite)
	v := newVisitor(t, h)
	v.come(signed(t, "u-1", jwt.MapClaims{"email": "ann@example.com", "email_verified": true}))
	form := v.get("/en/contact").Body.String()
	if !strings.Contains(form, `value="ann@example.com"`) || !strings.Contains(form, "You are signed in") {
		t.Errorf("the form is not prefilled")
	}
	written := message("0123456789abcdef0123456789abcdef")
	written.Set("contact", "another@example.com")
	v.open(written)
	list := v.get("/en/requests").Body.String()
	if !strings.Contains(list, "Where is my withdrawal?") || !strings.Contains(list, "We will write by") {
		t.Errorf("the list lacks the request: %s", list)
	}
	// Once more with the same account, from another browser.
	list = newVisitor(t, h).come(signed(t, "u-1")).get("/en/requests").Body.String()
	if !strings.Contains(list, "Where is my withdrawal?") {
		t.Error("the account has lost its request")
	}
}

func TestWhereAPlayerIsLed(t *testing.T) {
	t.Parallel()
	h := newHandler(t, engine(t), postgrestest.Store(t), fromSite)
	for name, c := range map[string]struct {
		claims jwt.MapClaims
		to     string
		want   string
	}{
		"to the list":                {nil, "", "/en/requests"},
		"in the token's language":    {jwt.MapClaims{"locale": "ru"}, "", "/ru/requests"},
		"not in a language of its":   {jwt.MapClaims{"locale": "//evil.example"}, "", "/en/requests"},
		"to the form":                {nil, "contact", "/en/contact"},
		"nowhere else":               {nil, "//evil.example", "/en/requests"},
		"nowhere else on this site":  {nil, "/desk", "/en/requests"},
		"with a login as an address": {jwt.MapClaims{"sub": "not an address@"}, "", "/en/requests"},
	} {
		v := newVisitor(t, h)
		w := v.postFrom(operator, "/en/requests/sign-in", url.Values{"token": {signed(t, "u-1", c.claims)}, "to": {c.to}})
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != c.want {
			t.Errorf("%s: %d to %q, want %q", name, w.Code, got, c.want)
		}
		if got := v.get("/en/requests").Code; got != http.StatusOK {
			t.Errorf("%s: the list answers %d", name, got)
		}
	}
}

// The package identity has the table of forgeries; here is what a browser gets for them.
func TestForgeriesSignNobodyIn(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	h := newHandler(t, engine(t), store, fromSite)
	unsigned, err := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"sub": "u-1"}).SignedString(jwt.UnsafeAllowNoneSignatureType)
	if err != nil {
		t.Fatal(err)
	}
	spent := signed(t, "u-1")
	newVisitor(t, h).come(spent)
	pages := map[string]bool{}
	for name, tokens := range map[string][]string{
		"alg none":   {unsigned},
		"replayed":   {spent},
		"expired":    {signed(t, "u-1", jwt.MapClaims{"iat": time.Now().Add(-time.Hour).Unix(), "exp": time.Now().Add(-time.Hour).Unix()})},
		"other aud":  {signed(t, "u-1", jwt.MapClaims{"aud": "https://evil.example"})},
		"oversized":  {signed(t, strings.Repeat("u", 5000))},
		"two tokens": {signed(t, "u-1"), signed(t, "u-2")},
		"no token":   nil,
	} {
		v := newVisitor(t, h)
		w := v.postFrom(operator, "/en/requests/sign-in", url.Values{"token": tokens})
		if w.Code != http.StatusUnauthorized || len(v.cookies) != 0 || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d with cookies %v", name, w.Code, v.cookies)
		}
		pages[w.Body.String()] = true
	}
	if len(pages) != 1 {
		t.Errorf("%d different pages tell forgeries apart", len(pages))
	}
	for page := range pages {
		if strings.Contains(page, "u-1") || !strings.Contains(page, `href="/en/contact"`) || !strings.Contains(page, operator) {
			t.Errorf("the page tells too much, or no way on: %s", page)
		}
	}
}

func TestOnlyTheOperatorsPagesSignPlayersIn(t *testing.T) {
	t.Parallel()
	h := newHandler(t, engine(t), postgrestest.Store(t), fromSite)
	for origin, want := range map[string]int{
		operator: http.StatusSeeOther, "http://localhost:3000": http.StatusSeeOther,
		"": http.StatusForbidden, "null": http.StatusForbidden, "http://127.0.0.1": http.StatusForbidden,
		"https://evil.example": http.StatusForbidden, "https://www.bet.example.evil.example": http.StatusForbidden,
		"http://www.bet.example": http.StatusForbidden, "https://bet.example": http.StatusForbidden,
		"https://www.bet.example:8443": http.StatusForbidden, "HTTPS://WWW.BET.EXAMPLE": http.StatusForbidden,
	} {
		v := newVisitor(t, h)
		w := v.postFrom(origin, "/en/requests/sign-in", url.Values{"token": {signed(t, "u-1")}})
		if w.Code != want || (len(v.cookies) > 0) != (want == http.StatusSeeOther) {
			t.Errorf("from %q: %d with cookies %v, want %d", origin, w.Code, v.cookies, want)
		}
	}
	v := newVisitor(t, h)
	r := httptest.NewRequest(http.MethodPost, "/en/requests/sign-in", nil)
	r.Header["Origin"] = []string{operator, "https://evil.example"}
	if w := v.do(r); w.Code != http.StatusForbidden {
		t.Errorf("with two origins: %d", w.Code)
	}
	// No other post is open to the operator's pages, and no token goes in an address.
	for _, path := range []string{"/en/contact", "/en/requests/link", "/en/requests/sign-out", "/en/requests/sign-in/AAAAAAAAAAAAAAAAAAAAAA"} {
		if w := v.postFrom(operator, path, url.Values{}); w.Code != http.StatusForbidden {
			t.Errorf("%s can be posted from another site: %d", path, w.Code)
		}
	}
	if w := v.postFrom(operator, "/en/requests/sign-in?token="+signed(t, "u-1"), url.Values{}); w.Code != http.StatusUnauthorized {
		t.Errorf("a token in the address: %d", w.Code)
	}
}

func TestWithoutConfigurationNothingIsSaidOfTheOperatorsSite(t *testing.T) {
	t.Parallel()
	h := newHandler(t, engine(t), postgrestest.Store(t))
	v := newVisitor(t, h)
	if page := v.get("/en/requests").Body.String(); strings.Contains(page, "From your account") || !strings.Contains(page, "By e-mail") {
		t.Errorf("the page offers what is not there: %s", page)
	}
	if w := v.postFrom(operator, "/en/requests/sign-in", url.Values{"token": {signed(t, "u-1")}}); w.Code != http.StatusNotFound || len(v.cookies) != 0 {
		t.Errorf("signing in answers %d", w.Code)
	}
	h = newHandler(t, engine(t), postgrestest.Store(t), func(c *site.Config) { c.MailOut = false })
	v = newVisitor(t, h)
	for _, path := range []string{"/en/", "/en/contact", "/en/requests/AAAAAAAAAAAAAAAAAAAAAA"} {
		if strings.Contains(v.get(path).Body.String(), `href="/en/requests"`) {
			t.Errorf("%s leads to a list that nobody can open", path)
		}
	}
	if page := v.get("/en/requests").Body.String(); strings.Contains(page, "<form") || !strings.Contains(page, "private link") {
		t.Errorf("without any way to sign in: %s", page)
	}
	if w := v.post("/en/requests/link", url.Values{"email": {"ann@example.com"}}); w.Code != http.StatusNotFound {
		t.Errorf("a link without mail: %d", w.Code)
	}
}

func TestALinkByMailSignsIn(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	h := newHandler(t, engine(t), store)
	newVisitor(t, h).open(message("0123456789abcdef0123456789abcdef"))
	v := newVisitor(t, h)
	link := linkFor(t, v, store, "Ann@Example.com", 1)

	scanner := newVisitor(t, h)
	for range 3 { // it opens every link, and follows none of the forms
		if w := scanner.get(link); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "ann@example.com") || len(scanner.cookies) != 0 {
			t.Errorf("looking at the link: %d with cookies %v", w.Code, scanner.cookies)
		}
	}
	if w := v.post(link, nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/en/requests" {
		t.Fatalf("the link answers %d", w.Code)
	}
	if page := v.get("/en/requests").Body.String(); !strings.Contains(page, "Where is my withdrawal?") || !strings.Contains(page, "ann@example.com") {
		t.Errorf("the list: %s", page)
	}
	for _, w := range []*httptest.ResponseRecorder{newVisitor(t, h).post(link, nil), newVisitor(t, h).get(link)} {
		if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "does not work any more") || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("used twice: %d", w.Code)
		}
	}
	// What is written now is known to be of this address, and only of this one.
	own, other := message("11111111111111111111111111111111"), message("22222222222222222222222222222222")
	own.Set("subject", "My second")
	other.Set("contact", "bob@example.com")
	other.Set("subject", "For Bob")
	v.open(own)
	v.open(other)
	page, err := store.OwnTickets(t.Context(), tickets.Identity{Email: "ann@example.com"}, 1)
	if err != nil || len(page.Items) != 2 {
		t.Fatalf("%+v, %v", page, err)
	}
	got := []tickets.Assurance{page.Items[0].Ticket.Assurance, page.Items[1].Ticket.Assurance}
	if diff := cmp.Diff([]tickets.Assurance{tickets.AssuranceEmail, tickets.AssuranceNone}, got); diff != "" {
		t.Errorf("assurance of the second and the first (-want +got):\n%s", diff)
	}
}

// A known and an unknown address get the same answer; that it takes the same time follows
// from postgres.Store.AskSignIn, which does the same for both.
func TestAskingForALinkTellsNothing(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	h := newHandler(t, engine(t), store)
	newVisitor(t, h).open(message("0123456789abcdef0123456789abcdef"))
	answers := map[string]bool{}
	for _, email := range []string{"ann@example.com", "nobody@example.com", "ann+x@example.com"} {
		v := newVisitor(t, h)
		w := v.post("/en/requests/link", url.Values{"email": {email}})
		header := w.Header().Clone()
		for _, differs := range []string{"X-Request-Id", "X-Ratelimit-Remaining", "X-Ratelimit-Reset"} {
			header.Del(differs)
		}
		page := v.get(w.Header().Get("Location"))
		answers[strings.Join([]string{w.Result().Status, fmt.Sprint(header), w.Body.String(), page.Body.String()}, "\n")] = true
		if strings.Contains(page.Body.String(), email) {
			t.Error("the answer repeats the address")
		}
	}
	if len(answers) != 1 {
		t.Errorf("%d different answers", len(answers))
	}
}

func TestAClientAsksForFewLinks(t *testing.T) {
	t.Parallel()
	h := newHandler(t, engine(t), postgrestest.Store(t))
	v := newVisitor(t, h)
	codes := map[int]int{}
	for range 12 {
		w := v.post("/en/requests/link", url.Values{"email": {"nobody@example.com"}})
		codes[w.Code]++
		if w.Code == http.StatusTooManyRequests && (!strings.Contains(w.Body.String(), `value="nobody@example.com"`) || w.Header().Get("Retry-After") == "") {
			t.Errorf("the refusal: %s", w.Body)
		}
	}
	if codes[http.StatusSeeOther] != 10 || codes[http.StatusTooManyRequests] != 2 {
		t.Errorf("answers: %v", codes)
	}
}

func TestWithoutTheDatabaseNoLinkIsSent(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), unready(t), fromSite))
	if w := v.get("/en/requests"); w.Code != http.StatusOK {
		t.Errorf("the page answers %d", w.Code)
	}
	w := v.post("/en/requests/link", url.Values{"email": {"ann@example.com"}})
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `value="ann@example.com"`) || !strings.Contains(w.Body.String(), "No link was sent") {
		t.Errorf("asking for a link: %d %s", w.Code, w.Body)
	}
	if w := v.postFrom(operator, "/en/requests/sign-in", url.Values{"token": {signed(t, "u-1")}}); w.Code != http.StatusServiceUnavailable || len(v.cookies) != 0 {
		t.Errorf("signing in: %d", w.Code)
	}
}

func TestTheSessionsCookie(t *testing.T) {
	t.Parallel()
	base := &url.URL{Scheme: "https", Host: "help.example"}
	player := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t), func(c *site.Config) {
		c.BaseURL, c.Cookies, c.Players = base, web.NewCookies(base), players
	}))
	player.come(signed(t, "u-1"))
	c := player.cookies["__Host-player"]
	if c == nil || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 0 {
		t.Errorf("cookies %v", player.cookies)
	}
}
