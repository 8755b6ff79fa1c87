package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/identity"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// Why the sign-in page is shown, other than to somebody who has just come.
const (
	noticeAsked   = "asked"   // for a link by e-mail
	noticeOut     = "out"     // just signed out
	noticeNeeded  = "needed"  // a page of somebody who is signed in
	noticeForged  = "forged"  // the operator's token is not good
	noticeUsed    = "used"    // the link is not good any more
	noticeTooMany = "toomany" // links asked for
	noticeAway    = "away"    // the database
)

// signInPage tells how to get to one's own requests, with the form for a link by e-mail.
type signInPage struct {
	frame
	Notice   string
	BySite   bool
	Account  link // where the player's account is
	ByMail   bool
	Email    string
	Mistakes mistakes
	Kept     string // what was written and not taken
}

// byMail reports whether a link to sign in by can be sent in a language. The letter is part
// of the content, and older content may lack it.
func (s *Site) byMail(lang string) bool {
	_, ok := s.Engine.Library().Letter(kb.Locale(lang), string(tickets.LetterVerify))
	return s.MailOut && ok
}

// canSignIn reports whether there is any way to sign in.
func (s *Site) canSignIn(lang string) bool { return s.identity != nil || s.byMail(lang) }

func (s *Site) newSignInPage(lang, notice string) *signInPage {
	p := &signInPage{
		frame: s.frame(lang, s.words(lang).T("mine.title"), "requests"), Notice: notice,
		BySite: s.identity != nil, ByMail: s.byMail(lang),
	}
	p.NoIndex, p.Finder = true, false
	if p.BySite {
		u, _ := url.Parse(s.Players.Origins[0]) // was checked by New
		p.Account = link{Path: s.Players.Origins[0], Title: u.Host}
	}
	return p
}

func (s *Site) writeSignIn(w http.ResponseWriter, status int, p *signInPage) error {
	private(w)
	return s.pages.signIn.Write(w, status, p)
}

// askLink answers POST /{lang}/requests/link. What it answers, and how long it takes, does
// not depend on whether we know the address: see postgres.Store.AskSignIn.
func (s *Site) askLink(w http.ResponseWriter, r *http.Request) error {
	lang := langOf(r)
	form, err := web.Form(r)
	if err != nil {
		return err
	}
	if !s.byMail(lang) {
		return s.missing(w, r)
	}
	address, code := emailOf(form.Get("email"))
	if code == "" {
		err = s.sendLink(r, address)
	}
	switch kind := s.Web.KindOf(err); {
	case code != "":
		return s.linkRefused(w, lang, form.Get("email"), http.StatusUnprocessableEntity, "", code)
	case err == nil:
		http.Redirect(w, r, minePath(lang)+"?asked=1", http.StatusSeeOther)
		return nil
	case kind == web.TooMany:
		s.Web.Note(r, err)
		w.Header().Set("Retry-After", "3600")
		return s.linkRefused(w, lang, form.Get("email"), kind.Status(), noticeTooMany, "")
	case kind == web.Unavailable:
		s.Web.Note(r, err)
		w.Header().Set("Retry-After", "30")
		return s.linkRefused(w, lang, form.Get("email"), kind.Status(), noticeAway, "")
	}
	return err
}

// emailOf reads the field of an address.
func emailOf(s string) (string, tickets.Code) {
	r, code := tickets.ParseRequester(s)
	if code == "" && r.Email == "" {
		code = tickets.BadEmail
	}
	return r.Email, code
}

// Limits of letters that anybody can ask for. What one mailbox gets is bounded where the
// letter is decided.
const (
	linksPerClient = 10
	linksPerHour   = 1000
)

// sendLink counts the request and decides the letter.
func (s *Site) sendLink(r *http.Request, address string) error {
	ctx := r.Context()
	client, err := web.ClientKey(r)
	if err != nil {
		return fmt.Errorf("name the client: %w", err)
	}
	for _, b := range []struct {
		key   string
		limit int
	}{{"links of client " + client, linksPerClient}, {"links", linksPerHour}} {
		ok, err := s.Store.Allow(ctx, b.key, b.limit, time.Hour)
		if err != nil {
			return fmt.Errorf("count links to sign in: %w", err)
		}
		if !ok {
			return web.Failf(web.TooMany, "too many links to sign in")
		}
	}
	return s.Store.AskSignIn(ctx, address, kb.Locale(langOf(r)))
}

// linkRefused writes the sign-in page with the address still in its form.
func (s *Site) linkRefused(w http.ResponseWriter, lang, typed string, status int, notice string, code tickets.Code) error {
	p := s.newSignInPage(lang, notice)
	p.Email = typed
	if code != "" {
		p.Mistakes = newMistakes(s.words(lang), []tickets.FieldError{{Field: "email", Code: code}})
		p.Title = s.words(lang).T("mistakes.title", p.Title)
	}
	return s.writeSignIn(w, status, p)
}

// linkPage asks for the press of a button before a link signs in: mail scanners open links
// too. It names the address, so that nobody is led into another person's session.
type linkPage struct {
	frame
	Path  string
	Email string
}

// showLink answers GET /{lang}/requests/sign-in/{token} and leaves the link as it is.
func (s *Site) showLink(w http.ResponseWriter, r *http.Request) error {
	token, err := tickets.ParseToken(chi.URLParam(r, "token"))
	var email string
	if err == nil {
		email, err = s.Store.SignInAddress(r.Context(), token)
	}
	if err != nil {
		return s.linkFailed(w, r, err)
	}
	lang, path := langOf(r), "requests/sign-in/"+string(token)
	p := linkPage{s.frame(lang, s.words(lang).T("link.title"), path).unlisted(), address(lang, path), email}
	p.Finder, p.Script = false, ""
	private(w)
	return s.pages.link.Write(w, http.StatusOK, &p)
}

// useLink answers POST /{lang}/requests/sign-in/{token}.
func (s *Site) useLink(w http.ResponseWriter, r *http.Request) error {
	token, err := tickets.ParseToken(chi.URLParam(r, "token"))
	var email string
	if err == nil {
		email, err = s.Store.SignIn(r.Context(), token)
	}
	if err != nil {
		return s.linkFailed(w, r, err)
	}
	if err := s.begin(w, r, player{tickets.Identity{Email: email}, email}); err != nil {
		return err
	}
	http.Redirect(w, r, minePath(langOf(r)), http.StatusSeeOther)
	return nil
}

// linkFailed says that a link is not good any more, whatever the reason.
func (s *Site) linkFailed(w http.ResponseWriter, r *http.Request, err error) error {
	if !errors.Is(err, tickets.ErrNotFound) {
		return err
	}
	return s.writeSignIn(w, http.StatusNotFound, s.newSignInPage(langOf(r), noticeUsed))
}

// signInBySite answers POST /{lang}/requests/sign-in, which a page of the operator's posts
// with a signed token. It is the one post that another site may make, so it looks at the
// origin itself: a browser always tells it, and nobody else can sign a player in, not even
// with a token of their own.
func (s *Site) signInBySite(w http.ResponseWriter, r *http.Request) error {
	lang := langOf(r)
	if s.identity == nil {
		return s.missing(w, r)
	}
	if origins := r.Header.Values("Origin"); len(origins) != 1 || !slices.Contains(s.Players.Origins, origins[0]) {
		return web.Failf(web.Forbidden, "sign-in from an origin that is not one of --player-origins")
	}
	form, err := web.Form(r)
	if err != nil {
		return err
	}
	p, proof, err := s.prove(r.Context(), form["token"])
	if errors.Is(err, errForged) {
		s.Web.Log.InfoContext(r.Context(), "sign-in refused", "request", web.RequestID(r.Context()), "cause", err)
		return s.writeSignIn(w, http.StatusUnauthorized, s.newSignInPage(lang, noticeForged))
	}
	if err == nil {
		err = s.begin(w, r, p)
	}
	if err != nil {
		return err
	}
	if kb.Locale(proof.Locale).Valid() {
		lang = proof.Locale
	}
	to := minePath(lang)
	if form.Get("to") == "contact" {
		to = address(lang, "contact")
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

var errForged = errors.New("token refused")

// prove checks the one token of a post and uses it up.
func (s *Site) prove(ctx context.Context, posted []string) (player, identity.Proof, error) {
	if len(posted) != 1 {
		return player{}, identity.Proof{}, fmt.Errorf("%w: want one", errForged)
	}
	proof, err := s.identity.Verify(posted[0], time.Now())
	if err != nil {
		return player{}, proof, fmt.Errorf("%w: %w", errForged, err)
	}
	fresh, err := s.Store.Spend(ctx, proof.Issuer+"\n"+proof.ID, proof.Spent())
	if err != nil {
		return player{}, proof, err
	}
	if !fresh {
		return player{}, proof, fmt.Errorf("%w: used before", errForged)
	}
	return playerOf(proof), proof, nil
}

// playerOf returns the player whom a token proves. An address is part of the identity only
// when the issuer has verified it.
func playerOf(proof identity.Proof) player {
	p := player{Identity: tickets.Identity{Account: tickets.Account{Issuer: proof.Issuer, Subject: proof.Subject}}}
	email, code := emailOf(proof.Email)
	if code == "" && proof.Verified {
		p.Email = strings.ToLower(email)
	}
	if login, bad := tickets.ParseRequester(proof.Subject); bad == "" {
		p.Contact = login.Contact()
	}
	if code == "" {
		p.Contact = email
	}
	return p
}

// toMine answers GET at the addresses of forms that are only posted.
func (s *Site) toMine(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, minePath(langOf(r)), http.StatusSeeOther)
	return nil
}
