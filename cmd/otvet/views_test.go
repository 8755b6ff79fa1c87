package main

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"testing"
	"time"

	"otvet/tickets"
	"otvet/tickets/postgres/postgrestest"
)

// TestViewsOutliveTheServer also holds that the site knows the desk's cookie by its name:
// what an agent reads does not count.
func TestViewsOutliveTheServer(t *testing.T) {
	t.Parallel()
	database := postgrestest.URL(t)
	agents := postgrestest.Open(t, database)
	password, err := addAgent(t.Context(), agents, "ann@demo.example", "Ann", "en")
	if err != nil {
		t.Fatal(err)
	}
	p := serveOn(t, database)
	base := p.mustFind(t, helpSection)
	reader, agent := newBrowser(t), newBrowser(t)
	read(t, reader, base+"/en/faq/withdrawals")
	signIn(t, agent, base, "ann@demo.example", password)
	read(t, agent, base+"/en/faq/withdrawals")
	if err := p.end(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	uses, err := agents.ContentUse(t.Context(), tickets.LastDays(2, time.Now(), time.UTC))
	if err != nil || len(uses) != 1 || uses[0].Views != 1 {
		t.Errorf("%+v, %v, want one view of one article", uses, err)
	}
}

// newBrowser keeps cookies.
func newBrowser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// signIn signs an agent in.
func signIn(t *testing.T, browser *http.Client, base, email, password string) {
	t.Helper()
	response, err := browser.PostForm(base+"/desk/login", url.Values{"email": {email}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.Request.URL.Path != "/desk/password" {
		t.Fatalf("signing in leads to %s", response.Request.URL)
	}
}

// read opens a page as a browser does.
func read(t *testing.T, browser *http.Client, address string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	response, err := browser.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d", address, response.StatusCode)
	}
}
