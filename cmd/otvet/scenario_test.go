package main

import (
	"bytes"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/net/html"

	"otvet/kb"
	"otvet/tickets"
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

// pageForm is a form as a browser would send it.
type pageForm struct {
	action  string
	multi   bool
	values  url.Values
	offers  map[string][]string // of fields to choose from
	free    map[string]bool     // fields to write into
	upload  string              // the field for files
	files   []string            // paths
	buttons int
}

func readForm(n *html.Node) *pageForm {
	f := &pageForm{
		action: attribute(n, "action"), multi: attribute(n, "enctype") == "multipart/form-data",
		values: url.Values{}, offers: map[string][]string{}, free: map[string]bool{},
	}
	for field := range n.Descendants() {
		name, value := attribute(field, "name"), attribute(field, "value")
		switch field.Data {
		case "input":
			f.input(field, name, value)
		case "textarea":
			f.values.Set(name, rawText(field))
			f.free[name] = true
		case "select":
			f.selection(field, name)
		case "button":
			f.buttons++
			f.offers[name] = append(f.offers[name], value)
		}
	}
	return f
}

func (f *pageForm) input(n *html.Node, name, value string) {
	switch attribute(n, "type") {
	case "radio", "checkbox":
		f.offers[name] = append(f.offers[name], value)
		if hasAttribute(n, "checked") {
			f.values.Add(name, value)
		}
	case "file":
		f.upload = name
	case "hidden":
		f.values.Add(name, value)
	default:
		f.values.Set(name, value)
		f.free[name] = true
	}
}

func (f *pageForm) selection(n *html.Node, name string) {
	for o := range n.Descendants() {
		if o.Data != "option" {
			continue
		}
		value := attribute(o, "value")
		if len(f.offers[name]) == 0 || hasAttribute(o, "selected") {
			f.values.Set(name, value)
		}
		f.offers[name] = append(f.offers[name], value)
	}
}

// fill sets a field, and returns in words why it cannot be; empty: it is set.
func (f *pageForm) fill(name, value string) string {
	switch {
	case name == f.upload && name != "":
		f.files = append(f.files, value)
		return ""
	case f.free[name] || slices.Contains(f.offers[name], value):
		f.values.Set(name, value)
		return ""
	case len(f.offers[name]) > 0:
		return "does not offer " + value + " for " + name
	}
	return "has no field " + name
}

func (f *pageForm) request(t *testing.T, from *url.URL) *http.Request {
	t.Helper()
	to, err := from.Parse(f.action)
	if err != nil {
		t.Fatal(err)
	}
	body, media := strings.NewReader(f.values.Encode()), "application/x-www-form-urlencoded"
	if f.multi {
		body, media = f.parts(t)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, to.String(), body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", media)
	return r
}

func (f *pageForm) parts(t *testing.T) (*strings.Reader, string) {
	t.Helper()
	var body strings.Builder
	w := multipart.NewWriter(&body)
	for name, values := range f.values {
		for _, v := range values {
			_ = w.WriteField(name, v) // into memory
		}
	}
	for _, path := range f.files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		part, _ := w.CreateFormFile(f.upload, filepath.Base(path))
		_, _ = part.Write(data)
	}
	_ = w.Close()
	return strings.NewReader(body.String()), w.FormDataContentType()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// rawText returns the text in an element.
func rawText(n *html.Node) string {
	var text strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text.WriteString(c.Data)
		}
	}
	return text.String()
}

// inline are the elements that do not end a word.
var inline = []string{"a", "abbr", "b", "bdi", "em", "i", "q", "span", "strong", "time"}

// textOf returns what can be read in an element, white space folded.
func textOf(n *html.Node) string {
	var text strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data)
		case n.Data == "script", n.Data == "style", n.Data == "head", hasAttribute(n, "hidden"):
			return
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		if !slices.Contains(inline, n.Data) && n.Type == html.ElementNode {
			text.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.Fields(text.String()), " ")
}

// reads fails the test unless an element of the browser's page says all this.
func (p *tab) reads(selector string, texts ...string) {
	p.t.Helper()
	shown := strings.Join(strings.Fields(p.text(selector)), " ")
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			p.t.Errorf("%s does not say %q: %s", selector, text, shown)
		}
	}
}

// player is somebody with a request.
type player struct {
	*person
	private string // address of the request's page
	number  string
	email   string
	lang    string
}

func (s *story) player(lang, email string) *player {
	return &player{person: s.visitor(), email: email, lang: lang}
}

var ticketNumberShape = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`)

// writes sends the contact form of a kind and a category. What it is asked for in between
// is not asked twice.
func (p *player) writes(kind, category string, fields ...string) *player {
	p.t.Helper()
	p.opens("/" + p.lang + "/contact?kind=" + kind + "&category=" + category)
	p.sends("/"+p.lang+"/contact", append(fields, "contact="+p.email, "step=offer")...)
	if p.couldSend("/contact") { // answers were offered first
		p.sends("/"+p.lang+"/contact", "step=send")
	}
	p.accepted()
	return p
}

// accepted reads the number and the private link of the request that was taken.
func (p *player) accepted() {
	p.t.Helper()
	if p.status != http.StatusOK || !strings.Contains(p.at.RawQuery, "new=1") {
		p.t.Fatalf("the request was not taken: %s answered %d: %s", p.at, p.status, p.text)
	}
	p.private = p.at.Path
	p.number = ticketNumberShape.FindString(p.text)
}

// looks opens the private page.
func (p *player) looks() *player {
	p.t.Helper()
	p.opens(p.private)
	return p
}

// steps takes a step that the private page offers.
func (p *player) steps(act string, fields ...string) *player {
	p.t.Helper()
	p.looks()
	p.sends("/"+act, fields...)
	if p.status != http.StatusOK {
		p.t.Fatalf("%s answered %d: %s", act, p.status, p.text)
	}
	return p
}

// letter returns the text of the player's latest letter whose subject says this.
func (p *player) letter(subject string) string {
	p.t.Helper()
	return p.story.post.letter(p.email, subject)
}

// agent is somebody at the desk.
type agent struct {
	*person
	tickets.Agent
}

// storyPassword is what every agent of the stories has.
const storyPassword = "a long sentence for tests"

// agent hires somebody, who signs in.
func (s *story) agent(name string, l kb.Locale) *agent {
	s.t.Helper()
	// Weak on purpose: hashing is what most of the time would be spent on.
	weak := &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	hash, err := argon2id.CreateHash(storyPassword, weak)
	if err != nil {
		s.t.Fatal(err)
	}
	email := strings.ToLower(name) + "@desk.example"
	hired, err := s.store.AddAgent(s.t.Context(), tickets.Agent{Email: email, Name: name, Locale: l, PasswordHash: hash, CreatedAt: time.Now()})
	if err != nil {
		s.t.Fatal(err)
	}
	a := &agent{s.visitor(), hired}
	a.opens("/desk").sends("/desk/login", "email="+email, "password="+storyPassword)
	if a.at.Path != "/desk" || a.status != http.StatusOK {
		s.t.Fatalf("%s cannot sign in: %s %d %s", name, a.at, a.status, a.text)
	}
	return a
}

// sees opens a ticket at the desk.
func (a *agent) sees(number string) *agent {
	a.t.Helper()
	a.opens("/desk/tickets/" + number)
	if a.status != http.StatusOK {
		a.t.Fatalf("%s cannot open %s: %d %s", a.Name, number, a.status, a.text)
	}
	return a
}

// acts fills in a form of the ticket's page, which is taken.
func (a *agent) acts(number, act string, fields ...string) *agent {
	a.t.Helper()
	a.sees(number).sends("/"+number+"/"+act, fields...)
	if a.status != http.StatusOK {
		a.t.Fatalf("%s: %s of %s answered %d: %s", a.Name, act, number, a.status, a.text)
	}
	return a
}

// mayNot holds that a step is not possible: the page has no form for it, or says why it is
// refused; and sent all the same it changes nothing.
func (a *agent) mayNot(number, act, because string, fields ...string) {
	a.t.Helper()
	stamp := a.sees(number).form("/" + number + "/note")
	if stamp == nil {
		a.t.Fatalf("%s has no form for a note: %s", a.at, a.text)
	}
	f := &pageForm{action: "/desk/tickets/" + number + "/" + act, values: url.Values{"version": stamp.values["version"], "key": stamp.values["key"]}}
	for _, field := range fields {
		name, value, _ := strings.Cut(field, "=")
		f.values.Set(name, value)
	}
	a.does(f.request(a.t, a.at))
	if a.status != http.StatusUnprocessableEntity {
		a.t.Errorf("%s of %s by %s answered %d", act, number, a.Name, a.status)
	}
	a.reads(because)
}

// The forms of the desk as these stories fill them in.

func (a *agent) assesses(number string) {
	a.t.Helper()
	a.acts(number, "assess", "severity=medium", "complexity=normal", "impact=one", "nature=transaction")
}

func (a *agent) findsOut(number, what, cause string) {
	a.t.Helper()
	a.acts(number, "findings", "findings="+what, "cause="+cause)
}

func (a *agent) asksDepartment(number, department, what string) {
	a.t.Helper()
	a.acts(number, "task", "department="+department, "what="+what)
}

func (a *agent) decides(number, outcome, ending, reasons, remedy, measures string) {
	a.t.Helper()
	a.acts(number, "decide", "outcome="+outcome, "ending="+ending, "reasons="+reasons, "remedy="+remedy, "measures="+measures)
}

func (a *agent) approves(number string) {
	a.t.Helper()
	a.acts(number, "review", "verdict=approve")
}
