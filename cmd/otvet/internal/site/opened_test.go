package site_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/jackc/pgx/v5"

	"otvet/tickets/postgres/postgrestest"
)

// lure has only similar passages to show.
const lure = "/en/search?q=money"

// hit is the address of the first result, as a browser sends it, and the key of the ask in
// it.
var hit = regexp.MustCompile(`<ol class="plainlist hits">\s*<li><a href="(/en/[^"?]+\?from=([0-9a-f]{32}))[#"]`)

func TestWhatIsOpenedOfTheResultsIsNoted(t *testing.T) {
	t.Parallel()
	const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
	for name, c := range map[string]struct {
		agent string
		path  func(link, key string) (method, path string)
		want  int
	}{
		"a result followed":      {browser, func(link, _ string) (string, string) { return "GET", link }, 1},
		"an answer unfolded":     {browser, func(_, key string) (string, string) { return "POST", "/en/asks/" + key + "/opened" }, 1},
		"a robot":                {"Mozilla/5.0 (compatible; Somebot/1.0; bot)", func(link, _ string) (string, string) { return "GET", link }, 0},
		"an address with no ask": {browser, func(string, string) (string, string) { return "GET", "/en/faq/withdrawals?from=nonsense" }, 0},
		"an ask that never was": {browser, func(string, string) (string, string) {
			return "POST", "/en/asks/00000000000000000000000000000000/opened"
		}, 0},
		"the results looked over": {browser, func(string, string) (string, string) { return "GET", lure + "&kind=faq" }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := postgrestest.URL(t)
			store := postgrestest.Open(t, address)
			v := newVisitor(t, newHandler(t, engine(t), store))
			found := hit.FindStringSubmatch(v.get(lure).Body.String())
			if found == nil {
				t.Fatal("the results have no link that names its ask")
			}
			method, path := c.path(found[1], found[2])
			for range 2 { // going back and again is no second time
				r := httptest.NewRequest(method, path, http.NoBody)
				r.Header.Set("User-Agent", c.agent)
				if w := v.do(r); w.Code >= http.StatusMultipleChoices {
					t.Errorf("%s %s answered %d", method, path, w.Code)
				}
			}
			store.Close() // waits for what goes on in the background
			if n := opened(t, address); n != c.want {
				t.Errorf("%d asks are opened, want %d", n, c.want)
			}
		})
	}
}

// opened counts the asks of which something was opened.
func opened(t *testing.T, address string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	if err := conn.QueryRow(t.Context(), `SELECT count(*) FROM asks WHERE opened`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A page is not worse for the note that cannot be made.
func TestResultsOpenWithoutTheDatabase(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), unready(t)))
	found := hit.FindStringSubmatch(v.get(lure).Body.String())
	if found == nil {
		t.Fatal("the results have no link that names its ask")
	}
	r := httptest.NewRequest(http.MethodGet, found[1], http.NoBody)
	r.Header.Set("User-Agent", "Mozilla/5.0 Firefox/140.0")
	if w := v.do(r); w.Code != http.StatusOK {
		t.Errorf("the article answered %d", w.Code)
	}
}
