// Package desk is what agents see: the queue, a ticket with its correspondence, and what
// there is for editors of the content to do.
//
// # Who may come in
//
// Every route of [Desk.Install] but the sign-in page goes through [Desk.agent], which
// hands the signed-in [tickets.Agent] to the handler: a handler that needs an agent
// cannot be installed without the guard. A session remembers the agent's epoch; a new
// password or a disabled account ends it at the next request. A one-time password leads
// to the password page and nowhere else.
//
// # How a ticket is changed
//
// Each form of the ticket page is an [act]: its fields, and the change that they make. Only
// the acts that are possible now are on the page, which is asked of the ticket itself with
// an example of the change (act.go); the next step of a case stands open (next.go). A form
// posts a [step]: the act with its texts, the version of the ticket that the agent saw, and
// the page's random key. The store refuses a step on another version; the agent then gets
// the conflict page with what is new and their own text. The same step sent twice is
// applied once.
//
// # What is said to a player
//
// A step that sends a letter can be looked at before, as the player will get it
// (preview.go). A text with an unfilled place is not sent, and one with words that promise
// something only after a tick (doubt.go).
//
// # Who sees what
//
// For the agent whom a case is about there is no such ticket (sight.go).
//
// # Nothing typed is lost
//
// A refused text comes back in its form: with the reason (422), beside what is new
// (409), or alone when the database is away (503) or the session has ended (401). Files
// come back with it, except when nobody was signed in to send them.
//
// # The content's pages
//
// Below /desk/content editors find what serves, what players read, what did not help,
// what they said of it, what they asked in vain, and what is due to be read again; every
// place links to its file ([EditURL]). Of a question or a reader's word only what cannot
// lead to its player is shown, and nothing of somebody who may be in distress
// (questions.go, feedback.go).
//
// # Words
//
// Go code turns domain values into words (frame.go, words.go), templates place them.
// The desk speaks the agent's language, the sign-in page the browser's.
package desk

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/casefile"
	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// Config is what the desk needs.
type Config struct {
	Web      *web.Web
	Engine   *search.Engine
	Store    *postgres.Store
	Cookies  web.Cookies
	BaseURL  *url.URL
	Operator string
	TimeZone *time.Location // whose days the figures are of; nil: UTC
	EditURL  EditURL        // where articles are changed
	Uploads  *upload.Intake // takes attachments

	// Compose writes a letter as the workers will send it. A *kb.UnfilledError says which
	// fields have no value.
	Compose func(tickets.Letter) (kb.Writing, error)
}

// Desk serves the agents' pages below /desk.
type Desk struct {
	Config
	sessions  *scs.SessionManager
	passwords hasher
	pages     pages
	cases     *casefile.Writer
}

// New parses and checks the pages.
func New(c Config) (*Desk, error) {
	ts, err := web.ParseTemplates(c.Web.Catalog, c.Web.Assets, files, upload.Templates())
	if err != nil {
		return nil, fmt.Errorf("prepare the desk: %w", err)
	}
	pages, err := newPages(ts)
	if err != nil {
		return nil, fmt.Errorf("prepare the desk: %w", err)
	}
	cases, err := casefile.New(c.Web.Catalog.Zone())
	if err != nil {
		return nil, fmt.Errorf("prepare the desk: %w", err)
	}
	c.TimeZone = cmp.Or(c.TimeZone, time.UTC)
	sessions := newSessions(c.Store.Sessions(), c.Cookies)
	return &Desk{Config: c, sessions: sessions, passwords: newHasher(), pages: pages, cases: cases}, nil
}

// Install adds every route of the desk.
func (d *Desk) Install(r chi.Router) {
	r.Get("/desk/login", d.visitor(d.showLogin))
	r.Post("/desk/login", d.visitor(d.signIn))
	r.Post("/desk/logout", d.signedIn(d.signOut))
	r.Get("/desk/password", d.signedIn(d.showPassword))
	r.Post("/desk/password", d.signedIn(d.changePassword))

	r.Get("/desk", d.agent(d.showQueue))
	r.Get("/desk/tickets/{number}", d.agent(d.showTicket))
	r.Get("/desk/tickets/{number}/files/{id}/{name}", d.agent(d.showFile))
	r.Get("/desk/tickets/{number}/pack.zip", d.agent(d.sendPack))
	r.Get("/desk/tickets/{number}/data", d.agent(d.showData))
	r.Post("/desk/tickets/{number}/data/export", d.agent(d.exportData))
	r.Post("/desk/tickets/{number}/data/erase", d.agent(d.eraseData))
	for _, a := range acts() {
		r.Post("/desk/tickets/{number}/"+a.name, d.agent(d.take(a)))
	}
	r.Get(newTicketPath, d.agent(d.showOpening))
	r.Post(newTicketPath, d.agent(d.openTicket))
	r.Get("/desk/reports", d.agent(d.showReport))
	r.Get("/desk/content", d.agent(d.showContent))
	r.Get("/desk/content/articles", d.agent(d.showArticles))
	r.Get("/desk/content/passages", d.agent(d.showPassages))
	r.Get("/desk/content/feedback", d.agent(d.showFeedback))
	r.Get("/desk/content/questions", d.agent(d.showQuestions))
	r.Get("/desk/content/reviews", d.agent(d.showReviews))
	r.Get("/desk/citations", d.agent(d.showCitation))
	r.Post("/desk/language", d.agent(d.setLanguage))
}

// pages are the templates with their types.
type pages struct {
	login     web.Page[loginPage]
	password  web.Page[passwordPage]
	queue     web.Page[queuePage]
	ticket    web.Page[ticketPage]
	conflict  web.Page[conflictPage]
	unsent    web.Page[unsentPage]
	preview   web.Page[previewPage]
	opening   web.Page[openingPage]
	data      web.Page[dataPage]
	erase     web.Page[erasePage]
	content   web.Page[contentPage]
	articles  web.Page[articlesPage]
	passages  web.Page[passagesPage]
	feedback  web.Page[feedbackPage]
	questions web.Page[questionsPage]
	reviews   web.Page[reviewsPage]
	report    web.Page[reportPage]
	citation  web.Page[citationPage]
	failure   web.Page[failurePage]
}

func newPages(ts *web.Templates) (pages, error) {
	var p pages
	return p, errors.Join(
		web.LoadPage(&p.login, ts, "login"),
		web.LoadPage(&p.password, ts, "password"),
		web.LoadPage(&p.queue, ts, "queue"),
		web.LoadPage(&p.ticket, ts, "ticket"),
		web.LoadPage(&p.conflict, ts, "conflict"),
		web.LoadPage(&p.unsent, ts, "unsent"),
		web.LoadPage(&p.preview, ts, "preview"),
		web.LoadPage(&p.opening, ts, "opening"),
		web.LoadPage(&p.data, ts, "data"),
		web.LoadPage(&p.erase, ts, "erase"),
		web.LoadPage(&p.content, ts, "content"),
		web.LoadPage(&p.articles, ts, "articles"),
		web.LoadPage(&p.passages, ts, "passages"),
		web.LoadPage(&p.feedback, ts, "feedback"),
		web.LoadPage(&p.questions, ts, "questions"),
		web.LoadPage(&p.reviews, ts, "reviews"),
		web.LoadPage(&p.report, ts, "report"),
		web.LoadPage(&p.citation, ts, "citation"),
		web.LoadPage(&p.failure, ts, "failure"),
	)
}
