package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// How long a player stays signed in.
const (
	sessionIdle = 30 * time.Minute
	sessionLife = 8 * time.Hour
	// sessionTouch is how much of the idle time may pass unwritten, so that reading pages
	// does not write to the database each time.
	sessionTouch = time.Minute
)

// sessionCookie is the cookie's name, without the prefix that [web.Cookies] adds.
const sessionCookie = "player"

// What a session remembers. The desk's sessions are kept in the same table, by other names:
// neither is of any use as the other.
const (
	keyIssuer  = "player.issuer"
	keyAccount = "player.account"
	keyEmail   = "player.email"
	keyContact = "player.contact"
	keySeen    = "player.seen" // Unix time of the last write
)

// player is who is signed in; the zero player is nobody.
type player struct {
	tickets.Identity
	Contact string // what the contact form begins with: an address or the account's name
}

// SignedIn reports whether it is anybody.
func (p player) SignedIn() bool { return p.Identity != tickets.Identity{} }

// newSessions is made without scs.New, whose default store starts a goroutine that
// nobody ends.
func newSessions(store scs.CtxStore, cookies web.Cookies) *scs.SessionManager {
	return &scs.SessionManager{
		IdleTimeout: sessionIdle,
		Lifetime:    sessionLife,
		Store:       store,
		Codec:       scs.GobCodec{},
		Cookie: scs.SessionCookie{
			Name: cookies.Name(sessionCookie), Path: "/", HttpOnly: true,
			Secure: cookies.Secure(), SameSite: http.SameSiteLaxMode,
		},
	}
}

// resume finds the player of a request, nobody when there is none. Without a cookie it does
// not need the database. The request that it returns carries the session.
func (s *Site) resume(r *http.Request) (*http.Request, player, error) {
	token := s.Cookies.Get(r, sessionCookie)
	if token == "" {
		return r, player{}, nil
	}
	ctx, err := s.sessions.Load(r.Context(), token)
	if err != nil {
		return r, player{}, fmt.Errorf("load a player's session: %w", err)
	}
	p := player{Contact: s.sessions.GetString(ctx, keyContact)}
	p.Account = tickets.Account{Issuer: s.sessions.GetString(ctx, keyIssuer), Subject: s.sessions.GetString(ctx, keyAccount)}
	p.Email = s.sessions.GetString(ctx, keyEmail)
	if !p.SignedIn() {
		return r, player{}, nil
	}
	return r.WithContext(ctx), p, s.touch(ctx)
}

// visitor returns who is signed in for a page that is there for everybody: when the session
// cannot be read, nobody.
func (s *Site) visitor(r *http.Request) player {
	_, p, err := s.resume(r)
	if err != nil {
		s.Web.Log.WarnContext(r.Context(), "session not read", "request", web.RequestID(r.Context()), "cause", err)
		return player{}
	}
	return p
}

// touch moves the idle timeout on.
func (s *Site) touch(ctx context.Context) error {
	now := time.Now()
	if now.Sub(time.Unix(s.sessions.GetInt64(ctx, keySeen), 0)) < sessionTouch {
		return nil
	}
	s.sessions.Put(ctx, keySeen, now.Unix())
	_, _, err := s.sessions.Commit(ctx)
	if errors.Is(err, tickets.ErrUnavailable) {
		s.Web.Log.WarnContext(ctx, "session not prolonged", "cause", err)
		return nil // it ends sooner; a database that can be read lets players read
	}
	if err != nil {
		return fmt.Errorf("prolong a player's session: %w", err)
	}
	return nil
}

// begin signs a player in, under a new token and with nothing left of whoever was signed in
// before: a session that somebody else knew is worth nothing after.
func (s *Site) begin(w http.ResponseWriter, r *http.Request, p player) error {
	ctx, err := s.sessions.Load(r.Context(), s.Cookies.Get(r, sessionCookie))
	if err != nil {
		return fmt.Errorf("load a player's session: %w", err)
	}
	if err := errors.Join(s.sessions.RenewToken(ctx), s.sessions.Clear(ctx)); err != nil {
		return fmt.Errorf("renew a player's session: %w", err)
	}
	s.sessions.Put(ctx, keyIssuer, p.Account.Issuer)
	s.sessions.Put(ctx, keyAccount, p.Account.Subject)
	s.sessions.Put(ctx, keyEmail, p.Email)
	s.sessions.Put(ctx, keyContact, p.Contact)
	s.sessions.Put(ctx, keySeen, time.Now().Unix())
	token, expiry, err := s.sessions.Commit(ctx)
	if err != nil {
		return fmt.Errorf("write a player's session: %w", err)
	}
	s.sessions.WriteSessionCookie(ctx, w, token, expiry)
	return nil
}

// signOut answers POST /{lang}/requests/sign-out. Signing out twice is no error.
func (s *Site) signOut(w http.ResponseWriter, r *http.Request) error {
	r, p, err := s.resume(r)
	if err == nil && p.SignedIn() {
		err = s.sessions.Destroy(r.Context())
	}
	if err != nil {
		return fmt.Errorf("end a player's session: %w", err)
	}
	if p.SignedIn() {
		s.sessions.WriteSessionCookie(r.Context(), w, "", time.Time{})
	}
	http.Redirect(w, r, minePath(langOf(r))+"?out=1", http.StatusSeeOther)
	return nil
}
