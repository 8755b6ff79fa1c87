package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// requestPage is the page of a ticket for its player: GET /{lang}/requests/{token}, the
// private page, and GET /{lang}/requests/mine/{number}, for somebody signed in.
type requestPage struct {
	frame
	Path     string          // of this page
	Link     string          // of the private page, with scheme and host, to keep; else empty
	Ticket   *tickets.Ticket // nil when the database is away; only Reply is there then
	Category string
	Messages []said
	Due      time.Time
	Mailed   bool // each answer comes by e-mail too
	Reply    response
	Files    upload.Field
	Care     []care
	New      bool // just opened
	Sent     bool // a reply has just been added
	Mistakes mistakes
	Refused  bool   // the reply was not accepted
	Stale    bool   // the step is not possible any more
	Done     string // the step that has just been taken
	progress
}

// said is a message as the player reads it.
type said struct {
	Author string
	Mine   bool
	Body   string
	At     time.Time
	Files  []upload.Shown
}

// response is what stands in the reply form.
type response struct {
	Key, Body string
	Files     upload.Basket
}

// Closed reports whether nothing can be added any more.
func (p *requestPage) Closed() bool {
	return p.Ticket != nil && p.Ticket.Status == tickets.StatusClosed
}

// Safety reports whether the page must show care instead of times and queues.
func (p *requestPage) Safety() bool {
	return p.Ticket != nil && p.Ticket.Priority == tickets.PrioritySafety
}

// categoryID and kind are those of the ticket, empty when it could not be read.
func (p *requestPage) categoryID() string {
	if p.Ticket == nil {
		return ""
	}
	return p.Ticket.Category
}

func (p *requestPage) kind() tickets.Kind {
	if p.Ticket == nil {
		return ""
	}
	return p.Ticket.Kind
}

// Told reports whether an outcome was told on which the player has the word.
func (p *requestPage) Told() bool { return p.May.Accept || p.May.Clarify }

// Asks reports whether the page asks how it was: after the end, or again when the answer
// was not taken.
func (p *requestPage) Asks() bool {
	return p.May.Rate && (p.Closed() || p.Rating.Mistake != "" || p.Rating.Refused)
}

// Staged reports whether the ticket goes through stages, which say more than its status.
func (p *requestPage) Staged() bool { return len(p.Steps) > 0 }

// requestPath returns the address of the page that a pass opens.
func requestPath(lang string, p tickets.Pass) string {
	switch p := p.(type) {
	case tickets.Token:
		return address(lang, "requests/"+string(p))
	case tickets.Own:
		return address(lang, "requests/mine/"+string(p.Number))
	}
	return minePath(lang)
}

// errSignedOut says that a page is for somebody who is signed in.
var errSignedOut = errors.New("not signed in")

// pass returns what a request opens a ticket with: the token in its address, or the session
// and the number in its address. Errors: tickets.ErrNotFound, errSignedOut.
func (s *Site) pass(r *http.Request) (tickets.Pass, error) {
	number := chi.URLParam(r, "number")
	if number == "" {
		return tickets.ParseToken(chi.URLParam(r, "token"))
	}
	_, who, err := s.resume(r)
	switch {
	case err != nil:
		return nil, err
	case !who.SignedIn():
		return nil, errSignedOut
	}
	n, err := tickets.ParseNumber(number)
	return tickets.Own{Identity: who.Identity, Number: n}, err
}

// noPass answers a request that opens nothing. A text that was posted after the session had
// ended comes back, to be sent again after signing in elsewhere.
func (s *Site) noPass(w http.ResponseWriter, r *http.Request, err error) error {
	switch {
	case errors.Is(err, errSignedOut):
		p := s.newSignInPage(langOf(r), noticeNeeded)
		p.Kept = r.PostFormValue("body")
		return s.writeSignIn(w, http.StatusUnauthorized, p)
	case errors.Is(err, tickets.ErrNotFound):
		return s.missingRequest(w, r)
	}
	return err
}

// request answers GET /{lang}/requests/{token} and GET /{lang}/requests/mine/{number}.
func (s *Site) request(w http.ResponseWriter, r *http.Request) error {
	pass, err := s.pass(r)
	if err != nil {
		return s.noPass(w, r, err)
	}
	p, err := s.readRequest(r.Context(), langOf(r), pass)
	switch {
	case errors.Is(err, tickets.ErrNotFound):
		return s.missingRequest(w, r)
	case err != nil:
		return err
	}
	query := r.URL.Query()
	p.New, p.Sent = query.Has("new"), query.Has("sent")
	if done := query.Get("done"); s.Web.Catalog.Has("done." + done) {
		p.Done = done
	}
	if p.Safety() && p.New || query.Has("care") {
		p.Care = s.careFor(p.Lang, p.ownWords(), assistant.CareReceived, p.Path+"#body")
	}
	return s.writeRequest(w, http.StatusOK, p)
}

// newRequestPage returns the page without its ticket.
func (s *Site) newRequestPage(lang string, pass tickets.Pass) *requestPage {
	path := requestPath(lang, pass)
	p := &requestPage{
		frame: s.frame(lang, s.words(lang).T("request.title"), strings.TrimPrefix(path, address(lang, ""))).unlisted(),
		Path:  path,
		Reply: response{Key: web.NewKey()},
	}
	p.Finder, p.Script = false, "private.js"
	if _, private := pass.(tickets.Token); private {
		p.Link = s.absolute(p.Path)
	}
	return p
}

// readRequest returns the page with its ticket and correspondence.
func (s *Site) readRequest(ctx context.Context, lang string, pass tickets.Pass) (*requestPage, error) {
	d, err := s.Store.PlayerDossier(ctx, pass)
	if err != nil {
		return nil, fmt.Errorf("read a player's request: %w", err)
	}
	p := s.newRequestPage(lang, pass)
	p.Ticket = &d.Ticket
	p.progress = s.newProgress(lang, d.Ticket, p.Path)
	p.Rating.Key = web.NewKey()
	p.Due = p.Next.By
	p.Mailed = s.MailOut && d.Ticket.Requester.Email != ""
	p.Title = s.words(lang).T("request.title.for", d.Ticket.Number)
	p.Category = s.categoryTitle(lang, d.Ticket.Category)
	for _, m := range d.Messages {
		if m.Public { // the store sends no other; a note must not slip through here either
			files := upload.Show(s.words(lang), p.Path, m.Files, false)
			p.Messages = append(p.Messages, said{s.author(lang, m), m.Author.Kind == tickets.ByPlayer, m.Body, m.At, files})
		}
	}
	return p, nil
}

// categoryTitle returns what a category is called, for one that the content has dropped
// the name of "not sure".
func (s *Site) categoryTitle(lang, id string) string {
	if c, ok := s.Engine.Library().Category(kb.Locale(lang), id); ok {
		return c.Title
	}
	return s.words(lang).T("contact.unsure")
}

// author returns who wrote a message, support where no name is known.
func (s *Site) author(lang string, m tickets.Message) string {
	if m.AuthorName != "" {
		return m.AuthorName
	}
	return s.words(lang).T("request.support", s.Operator)
}

// ownWords returns what the player wrote.
func (p *requestPage) ownWords() string {
	text := p.Ticket.Subject
	for _, m := range p.Messages {
		if m.Mine {
			text += "\n" + m.Body
		}
	}
	return text
}

func (s *Site) writeRequest(w http.ResponseWriter, status int, p *requestPage) error {
	p.Files = s.Uploads.Field(s.words(p.Lang), "files", p.Reply.Key, p.Reply.Files)
	p.Mistakes = p.Mistakes.andFiles(p.Files)
	private(w)
	w.Header().Set("X-Robots-Tag", "noindex")
	return s.pages.request.Write(w, status, p)
}
