package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

type loginPage struct {
	frame
	Email   string
	Next    string
	Trouble string
}

// newLoginPage makes the page; on a trouble it keeps everything but the password.
func (d *Desk) newLoginPage(r *http.Request, email, next, trouble string) *loginPage {
	p := d.printer(r, tickets.Agent{})
	page := &loginPage{Email: email, Next: local(next)}
	page.frame = d.newFrame(r, tickets.Agent{}, p.T("desk.login.title"))
	if trouble != "" {
		page.Trouble = p.T("desk.login." + trouble)
	}
	return page
}

// showLogin serves GET /desk/login.
func (d *Desk) showLogin(w http.ResponseWriter, r *http.Request) error {
	next, trouble := r.URL.Query().Get("next"), ""
	_, _, err := d.resume(r)
	switch {
	case err == nil:
		http.Redirect(w, r, local(next), http.StatusSeeOther)
		return nil
	case !errors.Is(err, errSignedOut):
		// The form is of no use now, but the page says so better than an error page.
		d.Web.Note(r, err)
		trouble = "unavailable"
	}
	status := http.StatusOK
	if trouble != "" {
		status = http.StatusServiceUnavailable
	}
	return d.pages.login.Write(w, status, d.newLoginPage(r, "", next, trouble))
}

// signIn serves POST /desk/login.
func (d *Desk) signIn(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(r)
	if err != nil {
		return err
	}
	email, next := strings.ToLower(strings.TrimSpace(form.Get("email"))), form.Get("next")
	me, err := d.authenticate(r, email, form.Get("password"))
	if err == nil {
		err = d.welcome(w, r, me)
	}
	if err == nil {
		http.Redirect(w, r, local(next), http.StatusSeeOther)
		return nil
	}
	kind := d.Web.KindOf(err)
	trouble, ok := map[web.Kind]string{web.Invalid: "wrong", web.TooMany: "too_many", web.Unavailable: "unavailable"}[kind]
	if !ok {
		return err
	}
	d.Web.Note(r, err)
	if kind == web.TooMany {
		w.Header().Set("Retry-After", "60")
	}
	return d.pages.login.Write(w, kind.Status(), d.newLoginPage(r, email, next, trouble))
}

// welcome begins the session of an agent who has just proved who they are.
func (d *Desk) welcome(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	ctx, err := d.sessions.Load(r.Context(), d.Cookies.Get(r, sessionCookie))
	if err != nil {
		return fmt.Errorf("load session: %w", err)
	}
	return d.begin(w, r.WithContext(ctx), me)
}

// authenticate finds the agent with this address and password. An unknown address, a
// disabled agent and a wrong password are the same web.Invalid, after the same work.
func (d *Desk) authenticate(r *http.Request, email, password string) (tickets.Agent, error) {
	ctx := r.Context()
	if err := d.limitSignIn(r, email); err != nil {
		return tickets.Agent{}, err
	}
	me, err := d.Store.AgentByEmail(ctx, email)
	if err != nil && !errors.Is(err, tickets.ErrNotFound) {
		return tickets.Agent{}, fmt.Errorf("find agent: %w", err)
	}
	known := err == nil && !me.Disabled
	hash := nobody
	if known {
		hash = me.PasswordHash
	}
	ok, err := d.passwords.matches(ctx, password, hash)
	if err != nil {
		return tickets.Agent{}, err
	}
	if !ok || !known {
		return tickets.Agent{}, web.Failf(web.Invalid, "no such agent or wrong password")
	}
	return me, nil
}

// limitSignIn counts an attempt. One client runs dry on one account long before the
// account does for everybody, so that nobody can lock an agent out from one place.
func (d *Desk) limitSignIn(r *http.Request, email string) error {
	client, err := web.ClientKey(r)
	if err != nil {
		return fmt.Errorf("name the client: %w", err)
	}
	buckets := []struct {
		key   string
		limit int
	}{
		{"client " + client, 60}, // an office behind one address signs in of a morning
		{"client and account " + client + " " + email, 10},
		{"account " + email, 60},
	}
	for _, b := range buckets {
		if err := d.allow(r.Context(), "desk sign-in "+b.key, b.limit); err != nil {
			return err
		}
	}
	return nil
}

// allow takes one of limit attempts in a quarter of an hour. The store keeps the key's
// hash only.
func (d *Desk) allow(ctx context.Context, key string, limit int) error {
	ok, err := d.Store.Allow(ctx, key, limit, 15*time.Minute)
	if err != nil {
		return fmt.Errorf("count attempts: %w", err)
	}
	if !ok {
		return web.Failf(web.TooMany, "too many attempts")
	}
	return nil
}

// signOut serves POST /desk/logout.
func (d *Desk) signOut(w http.ResponseWriter, r *http.Request, _ tickets.Agent) error {
	if err := d.end(w, r); err != nil {
		return err
	}
	http.Redirect(w, r, "/desk/login", http.StatusSeeOther)
	return nil
}
