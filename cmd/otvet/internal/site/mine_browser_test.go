package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"

	"otvet/cmd/otvet/internal/site"
	"otvet/cmd/otvet/internal/web"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// TestAPlayersWalk goes the whole way in a browser: from the operator's site to the list,
// writes, opens the request under the session, signs out, and comes back by a link.
func TestAPlayersWalk(t *testing.T) {
	t.Parallel()
	for _, lang := range web.Langs() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			store := postgrestest.Store(t)
			account, help := twoSites(t, store, lang)
			ctx := chromium(t, account)
			at := func(path string) string { return fmt.Sprintf(`location.pathname === "/%s/%s"`, lang, path) }
			// By script, since a page that still settles may move away from under a mouse.
			press := func(selector string) {
				until(t, ctx, `document.querySelector('`+selector+`') !== null && (document.querySelector('`+selector+`').click(), true)`)
			}
			button := func(form string) { press(`form[action$="` + form + `"] button`) }

			button("/requests/sign-in")
			until(t, ctx, at("requests")+` && document.querySelector(".who strong").textContent === "ann@example.com"`)
			do(t, ctx, chromedp.Navigate(help+"/"+lang+"/contact?category=withdrawals&q=zzz"))
			until(t, ctx, `document.querySelector("#contact").value === "ann@example.com"`)
			do(t, ctx, chromedp.SendKeys(chromedp.CSS("#body"), "qqq 4711"))
			press(".actions [data-next]")
			until(t, ctx, `document.querySelector(".accepted") !== null || document.querySelector("button[value=send]") !== null`)
			until(t, ctx, `document.querySelector(".accepted") !== null || (window.sent ||= document.querySelector("button[value=send]")?.click() === undefined) && false`)

			do(t, ctx, chromedp.Navigate(help+"/"+lang+"/requests"))
			press(".request h2 a")
			until(t, ctx, `location.pathname.startsWith("/`+lang+`/requests/mine/") && document.querySelector(".talk") !== null`)
			do(t, ctx, chromedp.SendKeys(chromedp.CSS("#body"), "more"))
			button("/reply")
			until(t, ctx, `document.querySelectorAll(".talk .said").length === 2`)
			press(".back a")
			button("/sign-out")
			until(t, ctx, `location.search === "?out=1"`)

			do(t, ctx, chromedp.SendKeys(chromedp.CSS("#email"), "Ann@example.com"))
			button("/requests/link")
			until(t, ctx, `location.search === "?asked=1" && document.querySelector(".accepted") !== null`)
			letter, err := store.SignInLetter(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			do(t, ctx, chromedp.Navigate(help+"/"+lang+"/requests/sign-in/"+string(letter.Token)))
			button(string(letter.Token))
			until(t, ctx, at("requests")+` && document.querySelectorAll(".request").length === 1`)
		})
	}
}

// twoSites serves a page of the operator's with the form that signs a player in, and the
// help site.
func twoSites(t *testing.T, store *postgres.Store, lang string) (account, help string) {
	t.Helper()
	var server *httptest.Server
	theirs := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		token := signed(t, "u-1", map[string]any{"email": "ann@example.com", "email_verified": true})
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><form method="post" action="%s/%s/requests/sign-in"><input type="hidden" name="token" value="%s"><button>Go</button></form>`, server.URL, lang, token)
	}))
	t.Cleanup(theirs.Close)
	server = httptest.NewServer(newHandler(t, engine(t), store, fromSite, func(c *site.Config) { c.Players.Origins = []string{theirs.URL} }))
	t.Cleanup(server.Close)
	return theirs.URL, server.URL
}
