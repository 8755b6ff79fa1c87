package main

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"otvet/kb"
	"otvet/tickets/jobs"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// story is the whole program as its people know it: the site, the desk, and letters that
// really leave. People do everything by the forms that they find on pages; only time is
// moved by hand.
type story struct {
	t        *testing.T
	base     string
	database string
	store    *postgres.Store
	post     *postOffice
}

// What the operator of the stories has told the program.
const (
	storyZone    = "Europe/Berlin"
	storySite    = "https://www.demo.example"
	storySecret  = "a secret for tokens of the tests"
	storyDispute = "Example Arbitration, 1 Sample Street, https://arbitration.example; free of charge."
)

func storySettings(t *testing.T, listener net.Listener, post *postOffice) siteFlags {
	t.Helper()
	berlin, err := time.LoadLocation(storyZone)
	if err != nil {
		t.Fatal(err)
	}
	return siteFlags{
		identityFlags: identityFlags{
			BaseURL:  baseURL{&url.URL{Scheme: "http", Host: listener.Addr().String()}},
			Operator: "Demo Bet", HelplineEN: "Helpline 0800", HelplineRU: "Линия 8-800",
			DisputeServiceEN: storyDispute, DisputeServiceRU: storyDispute,
		},
		TimeZone: zone{berlin}, rulesFlags: rulesFlags{Pack: "default"},
		mailFlags:   mailFlags{Host: "127.0.0.1", Port: post.port(), From: "Demo Bet <help@demo.example>", TLS: "none"},
		playerFlags: playerFlags{Secret: storySecret, Issuer: storySite, Origins: []string{storySite}},
		limitFlags:  limitFlags{RateLimit: 100_000, TicketRateLimit: 100_000},
	}
}

// begin starts the program for a story.
func begin(t *testing.T) *story {
	t.Helper()
	database := postgrestest.URL(t)
	s := &story{t: t, database: database, store: postgrestest.Open(t, database), post: openPostOffice(t)}
	server := httptest.NewUnstartedServer(nil)
	settings := storySettings(t, server.Listener, s.post)
	if err := settings.use(settings.TimeZone, s.store); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	config := serverConfig(t)
	h, err := newHandler(parts{
		settings: settings, engine: shipped(t), store: s.store, uploads: config.uploads(s.store, log),
		health: &health{engine: shipped(t), store: s.store}, log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.work(settings, log)
	server.Config.Handler = h
	server.Start()
	t.Cleanup(server.Close)
	s.base = server.URL
	return s
}

// serverConfig says where files go.
func serverConfig(t *testing.T) settings {
	t.Helper()
	var c settings
	c.Files.Dir, c.Files.Limit, c.Files.Quota, c.Files.PerDay = t.TempDir(), 10, 100, 100
	return c
}

// work sends the letters.
func (s *story) work(settings siteFlags, log *slog.Logger) {
	s.t.Helper()
	config, err := letters(settings, shipped(s.t), log)
	if err != nil {
		s.t.Fatal(err)
	}
	client, err := jobs.Start(s.t.Context(), s.store, config)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = client.Stop(s.t.Context()) })
}

// passes lets time go by: what the clocks demand until then is done.
func (s *story) passes(span time.Duration) {
	s.t.Helper()
	s.reaches(time.Now().Add(span))
}

func (s *story) reaches(at time.Time) {
	s.t.Helper()
	if _, err := s.store.RunDeadlines(s.t.Context(), at); err != nil {
		s.t.Fatal(err)
	}
}

// storyDay is the day of a moment as letters write it, white space folded.
func storyDay(l kb.Locale, at time.Time) string {
	berlin, _ := time.LoadLocation(storyZone) // was loaded before
	return strings.Join(strings.Fields(l.Day(at.In(berlin))), " ")
}

// types runs a command of the program as the operator does, and returns what it prints.
func (s *story) types(args ...string) string {
	s.t.Helper()
	var out strings.Builder
	env := func(name string) (string, bool) { return s.database, name == "DATABASE_URL" }
	if status := run(s.t.Context(), world{args, env, strings.NewReader(""), &out, &out}); status != 0 {
		s.t.Fatalf("otvet %s ended with %d: %s", strings.Join(args, " "), status, out.String())
	}
	return out.String()
}

// person is somebody with a phone whose browser runs no script.
type person struct {
	t      *testing.T
	story  *story
	client *http.Client

	at     *url.URL
	status int
	page   *html.Node
	text   string // what stands on the page, white space folded
}

func (s *story) visitor() *person {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &person{t: s.t, story: s, client: &http.Client{Jar: jar, Timeout: time.Minute}}
}

// opens goes to an address and returns the person, who reads the page.
func (p *person) opens(address string) *person {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.whole(address), nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.does(r)
}

func (p *person) whole(address string) string {
	if strings.HasPrefix(address, "http") {
		return address
	}
	return p.story.base + address
}

// does sends a request and follows where it leads.
func (p *person) does(r *http.Request) *person {
	p.t.Helper()
	response, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	p.at, p.status = response.Request.URL, response.StatusCode
	if p.page, err = html.Parse(bytes.NewReader(body)); err != nil {
		p.t.Fatal(err)
	}
	p.text = textOf(p.page)
	return p
}

// reads fails the test unless the page says all this.
func (p *person) reads(texts ...string) *person {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.text, text) {
			p.t.Errorf("%s (%d) does not say %q: %s", p.at, p.status, text, p.text)
		}
	}
	return p
}

// readsNot fails the test if the page says any of this.
func (p *person) readsNot(texts ...string) *person {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.text, text) {
			p.t.Errorf("%s says %q: %s", p.at, text, p.text)
		}
	}
	return p
}

// downloads returns the file at a link of the page whose address ends so.
func (p *person) downloads(end string) []byte {
	p.t.Helper()
	for link := range p.page.Descendants() {
		if href := attribute(link, "href"); link.Data == "a" && strings.HasSuffix(href, end) {
			response, err := p.client.Get(p.whole(href))
			if err != nil {
				p.t.Fatal(err)
			}
			defer response.Body.Close()
			data, err := io.ReadAll(response.Body)
			if err != nil || response.StatusCode != http.StatusOK {
				p.t.Fatalf("%s answers %d, %v", href, response.StatusCode, err)
			}
			return data
		}
	}
	p.t.Fatalf("%s has no link to %s", p.at, end)
	return nil
}

// sends fills in a form of the page, "field=value" each, and sends it. A field that is not
// there, or does not offer the value, fails the test: nobody can fill in what they do not
// see.
func (p *person) sends(action string, fields ...string) *person {
	p.t.Helper()
	f := p.form(action)
	if f == nil {
		p.t.Fatalf("%s (%d) has no form to %s: %s", p.at, p.status, action, p.text)
	}
	for _, field := range fields {
		name, value, _ := strings.Cut(field, "=")
		if err := f.fill(name, value); err != "" {
			p.t.Fatalf("%s: the form to %s %s", p.at, action, err)
		}
	}
	return p.does(f.request(p.t, p.at))
}

// couldSend reports whether the page has the form.
func (p *person) couldSend(action string) bool { return p.form(action) != nil }

// form returns the form of the page whose address ends so and that has fields.
func (p *person) form(action string) *pageForm {
	for n := range p.page.Descendants() {
		if n.Data != "form" || !strings.HasSuffix(attribute(n, "action"), action) {
			continue
		}
		if f := readForm(n); f.buttons > 0 {
			return f
		}
	}
	return nil
}
