package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"otvet/kb"
	"otvet/tickets"
)

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
