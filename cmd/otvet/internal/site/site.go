// Package site is what players see: the start page, search, articles and Terms, the
// contact form, and the private page of a request. Help pages and search need neither
// PostgreSQL nor a model.
//
// # A page
//
// A page is a struct that embeds frame, a template of the same name in templates, and a
// handler, all in one file named for it. Parts that pages share stand in templates/_*.html;
// every string stands in messages. [Site.Install] shows all routes on one screen.
//
// # Without script
//
// Everything works as plain forms and links. The three small modules in assets add search
// as you type and answers beside the contact form, both HTML fragments made by the same
// templates, and a button that copies a link.
//
// # Results
//
// A results page (search.go) shows what the text was read as, the answer or one for each of
// several questions, what else is asked (alsoasked.go), and the list of hits, which plain
// links narrow (finding.go); a narrowed list is no new ask. Links to articles name the ask
// that they come from, so that the article's page notes that something was opened
// (opened.go) without a redirect; that a suggestion was unfolded is told by the script.
//
// Each answer that comes to stand beside the form is an ask of its own (enquiry.show): the
// form remembers the last and how many there were, the server nothing.
//
// # When the database is away
//
// Asks and feedback are recorded if that is possible at once, and never hold a page up.
// The contact form answers 503 with everything that was typed; its idempotency key stays,
// so that sending again opens one ticket, whatever became of the first attempt.
//
// # Files
//
// The contact form and the reply form take files (package upload). A file that is refused brings
// the form back with everything in it, but never holds up somebody who may be in distress.
//
// # My requests
//
// A player signs in with a token of the operator's site or with a link sent by e-mail
// (signin.go) and sees a list of their own requests (mine.go). Each opens below
// requests/mine under the session: no private link is made for it, so that nothing in the
// browser's history opens it after signing out. The handlers are those of the private page;
// [Site.pass] alone knows how somebody came. Another's number is answered like one that
// does not exist. The session (session.go) is read only where it matters, so that help
// pages need no database for it.
//
// # Views
//
// Each look of a player at an article counts (view.go), as a number of the day and nothing
// else; the database gets the sums every few seconds (counter.go). Agents, robots and what
// browsers load unasked do not count.
//
// # Safety
//
// Text of a person who may be in distress gets the care message (care.go) and the way to
// a person, in search, while typing, in the form, in replies and in feedback; no article
// is shown beside it and its words are not recorded with the ask.
package site

import (
	"fmt"
	"net/url"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/casefile"
	"otvet/cmd/otvet/internal/identity"
	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets/postgres"
)

// Config is what the site needs.
type Config struct {
	Web       *web.Web
	Engine    *search.Engine
	Assistant *assistant.Assistant
	Store     *postgres.Store
	Cookies   web.Cookies
	BaseURL   *url.URL
	Operator  string
	Helpline  func(lang string) string // help with gambling: what stands at the bottom of every page
	MailOut   bool                     // letters go out: an answer comes by e-mail too
	Uploads   *upload.Intake           // takes attachments
	Views     *Counter                 // counts what players read; nil: nobody does
	Players   Players                  // how the operator's site proves who they are
	Dispute   func(lang string) string // who decides disputes that we cannot settle, in words; nil: nobody is named
}

// Site serves the public pages.
type Site struct {
	Config
	identity *identity.Verifier // nil: players cannot come from the operator's site
	sessions *scs.SessionManager
	reports  *publications
	pages    pages
	cases    *casefile.Writer
}

// New parses and checks the pages.
func New(c Config) (*Site, error) {
	ts, err := web.ParseTemplates(c.Web.Catalog, c.Web.Assets, files, upload.Templates())
	if err != nil {
		return nil, fmt.Errorf("make the site: %w", err)
	}
	p, err := newPages(ts)
	if err != nil {
		return nil, fmt.Errorf("make the site: %w", err)
	}
	cases, err := casefile.New(c.Web.Catalog.Zone())
	if err != nil {
		return nil, fmt.Errorf("make the site: %w", err)
	}
	verifier, err := c.Players.Verifier()
	if err != nil {
		return nil, fmt.Errorf("make the site: %w", err)
	}
	return &Site{c, verifier, newSessions(c.Store.Sessions(), c.Cookies), newPublications(c.Store, c.Web.Catalog.Zone()), p, cases}, nil
}

// Install adds every public route.
func (s *Site) Install(r chi.Router) {
	r.Get("/", s.Web.Handle(s.choose))
	r.Get("/robots.txt", s.Web.Handle(s.robots))
	r.Get("/sitemap.xml", s.Web.Handle(s.sitemap))
	r.Route("/{lang:(?:ru|en)}", func(r chi.Router) {
		get := func(pattern string, h web.Handler) { r.Get(pattern, s.Web.Handle(h)) }
		post := func(pattern string, h web.Handler) { r.Post(pattern, s.Web.Handle(h)) }
		get("/", s.start)
		get("/search", s.search)
		get("/suggest", s.suggest)
		get("/categories/{id}", s.category)
		get("/faq/{slug}", s.article(kb.FAQ))
		get("/help/{slug}", s.article(kb.Help))
		get("/terms", s.termsList)
		get("/terms/{slug}", s.terms)
		get("/terms/{slug}/{date}", s.termsVersion)
		post("/feedback", s.feedback)
		post("/asks/{key}/solved", s.solved)
		post("/asks/{key}/opened", s.unfolded)
		get("/contact", s.contact)
		post("/contact", s.send)
		post("/contact/answers", s.answers)
		post("/contact/facts", s.facts)
		get("/standards", s.standards)
		get("/requests", s.mine)
		post("/requests/link", s.askLink)
		post("/requests/sign-in", s.signInBySite)
		get("/requests/sign-in/{token}", s.showLink)
		post("/requests/sign-in/{token}", s.useLink)
		post("/requests/sign-out", s.signOut)
		get("/requests/{form:(?:link|sign-in|sign-out)}", s.toMine)
		for _, page := range []string{"/requests/{token}", "/requests/mine/{number}"} { // see Site.pass
			get(page, s.request)
			get(page+"/files/{id}/{name}", s.file)
			get(page+"/case.zip", s.keepArchive)
			get(page+"/case.html", s.keepPage)
			get(page+"/case.json", s.keepData)
			post(page+"/reply", s.reply)
			post(page+"/close", s.close)
			post(page+"/{act:(?:accept|clarify|appeal|object|escalate|unsolved|rate|facts)}", s.act)
		}
		get("/reports", s.latestReport)
		get("/reports/{period}", s.report)
		r.NotFound(s.Web.Handle(s.missing))
	})
}
