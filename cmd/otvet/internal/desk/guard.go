package desk

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// agentHandler answers an agent's request or says why not.
type agentHandler func(w http.ResponseWriter, r *http.Request, me tickets.Agent) error

// visitor runs a handler for anybody.
func (d *Desk) visitor(h web.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if err := h(w, r); err != nil {
			d.fail(w, r, tickets.Agent{}, err)
		}
	}
}

// signedIn runs a handler for a signed-in agent and sends everybody else to sign in.
func (d *Desk) signedIn(h agentHandler) http.HandlerFunc {
	return d.visitor(func(w http.ResponseWriter, r *http.Request) error {
		r, me, err := d.resume(r)
		switch {
		case errors.Is(err, errSignedOut):
			return d.askToSignIn(w, r)
		case err != nil:
			return err
		}
		if err := h(w, r, me); err != nil {
			d.fail(w, r, me, err)
		}
		return nil
	})
}

// agent runs a handler for a signed-in agent with a password of their own.
func (d *Desk) agent(h agentHandler) http.HandlerFunc {
	return d.signedIn(func(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
		if me.MustChange {
			http.Redirect(w, r, "/desk/password", http.StatusSeeOther)
			return nil
		}
		return h(w, r, me)
	})
}

// askToSignIn leads to the sign-in page, which leads back. A text that was posted comes
// back instead, to be sent again after signing in elsewhere.
func (d *Desk) askToSignIn(w http.ResponseWriter, r *http.Request) error {
	if page, ok := d.unsent(w, r, tickets.Agent{}); ok {
		page.SignIn = "/desk/login"
		return d.pages.unsent.Write(w, http.StatusUnauthorized, page)
	}
	next := r.URL.RequestURI()
	if r.Method == http.MethodPost {
		next = path.Dir(r.URL.Path) // of a ticket's form: the ticket
	}
	to := "/desk/login"
	if next != "/desk" {
		to += "?next=" + url.QueryEscape(next)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// local returns the address if it is a page of the desk, else the queue: an address from
// outside must never lead to another site.
func local(address string) string {
	const queue = "/desk"
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" {
		return queue
	}
	if strings.ContainsAny(address, "\\\r\n\t") || u.Path != path.Clean(u.Path) {
		return queue
	}
	if u.Path != queue && !strings.HasPrefix(u.Path, queue+"/") {
		return queue
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}
