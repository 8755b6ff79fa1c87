package desk

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

// How long a session lasts.
const (
	sessionIdle = 8 * time.Hour
	sessionLife = 24 * time.Hour
	// sessionTouch is how much of the idle time may pass unwritten, so that reading
	// pages does not write to the database each time.
	sessionTouch = 5 * time.Minute
)

// sessionCookie is the cookie's name, without the prefix that [web.Cookies] adds.
const sessionCookie = "desk"

// What a session remembers.
const (
	keyAgent = "agent"
	keyEpoch = "epoch"
	keySeen  = "seen" // Unix time of the last write
)

var errSignedOut = errors.New("not signed in")

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

// resume finds the agent of a request. The request that it returns carries the session.
// Sessions are loaded and written by hand instead of by scs's middleware: a session that
// cannot be written must become an honest error before anything is sent.
func (d *Desk) resume(r *http.Request) (*http.Request, tickets.Agent, error) {
	ctx, err := d.sessions.Load(r.Context(), d.Cookies.Get(r, sessionCookie))
	if err != nil {
		return r, tickets.Agent{}, fmt.Errorf("load session: %w", err)
	}
	r = r.WithContext(ctx)
	id := tickets.AgentID(d.sessions.GetInt64(ctx, keyAgent))
	if id == 0 {
		return r, tickets.Agent{}, errSignedOut
	}
	me, err := d.Store.Agent(ctx, id)
	if err != nil && !errors.Is(err, tickets.ErrNotFound) {
		return r, tickets.Agent{}, fmt.Errorf("load the session's agent %d: %w", id, err)
	}
	if err != nil || me.Disabled || me.Epoch != d.sessions.GetInt(ctx, keyEpoch) {
		if err := d.sessions.Destroy(ctx); err != nil {
			return r, tickets.Agent{}, fmt.Errorf("end a dead session: %w", err)
		}
		return r, tickets.Agent{}, errSignedOut
	}
	return r, me, d.touch(ctx)
}

// touch moves the idle timeout on.
func (d *Desk) touch(ctx context.Context) error {
	now := time.Now()
	if now.Sub(time.Unix(d.sessions.GetInt64(ctx, keySeen), 0)) < sessionTouch {
		return nil
	}
	d.sessions.Put(ctx, keySeen, now.Unix())
	_, _, err := d.sessions.Commit(ctx)
	if errors.Is(err, tickets.ErrUnavailable) {
		d.Web.Log.WarnContext(ctx, "session not prolonged", "cause", err)
		return nil // it ends sooner; a database that can be read lets agents read
	}
	if err != nil {
		return fmt.Errorf("prolong session: %w", err)
	}
	return nil
}

// begin makes the request's session the agent's, under a new token: one that somebody
// else knew before is worth nothing after.
func (d *Desk) begin(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	ctx := r.Context()
	if err := d.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew session: %w", err)
	}
	d.sessions.Put(ctx, keyAgent, int64(me.ID))
	d.sessions.Put(ctx, keyEpoch, me.Epoch)
	d.sessions.Put(ctx, keySeen, time.Now().Unix())
	token, expiry, err := d.sessions.Commit(ctx)
	if err != nil {
		return fmt.Errorf("write session: %w", err)
	}
	d.sessions.WriteSessionCookie(ctx, w, token, expiry)
	return nil
}

// end deletes the request's session and its cookie.
func (d *Desk) end(w http.ResponseWriter, r *http.Request) error {
	if err := d.sessions.Destroy(r.Context()); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	d.sessions.WriteSessionCookie(r.Context(), w, "", time.Time{})
	return nil
}
