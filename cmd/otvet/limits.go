package main

import (
	"math"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"otvet/cmd/otvet/internal/api"
	"otvet/cmd/otvet/internal/web"
)

// contactForm is where the form of the site posts to.
var contactForm = regexp.MustCompile(`^/[a-z]{2}/contact$`)

// ticketLimit bounds how many tickets one client may send in a minute, by the form and
// the API together.
type ticketLimit struct {
	*httprate.RateLimiter
	rate int
}

// limitTickets is the middleware of a ticketLimit.
func limitTickets(w *web.Web, rate int) func(http.Handler) http.Handler {
	refuse := func(out http.ResponseWriter, r *http.Request) { tooManyTickets(w, out, r) }
	l := ticketLimit{httprate.NewRateLimiter(rate, time.Minute, httprate.WithLimitHandler(refuse)), rate}
	return func(next http.Handler) http.Handler {
		sent, offered := l.sent(next), l.offered(next)
		return w.Handle(func(out http.ResponseWriter, r *http.Request) error {
			step, err := stepOf(r)
			switch {
			case err != nil:
				return err
			case step == "send":
				sent.ServeHTTP(out, r)
			case step == "offer":
				offered.ServeHTTP(out, r)
			default:
				next.ServeHTTP(out, r)
			}
			return nil
		})
	}
}

// stepOf tells requests that send a ticket, "send", from those of the form's first
// button, "offer", which may send one, and from all others.
func stepOf(r *http.Request) (string, error) {
	switch {
	case r.Method != http.MethodPost:
		return "", nil
	case r.URL.Path == api.Root+"/tickets":
		return "send", nil
	case !contactForm.MatchString(r.URL.Path):
		return "", nil
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return "offer", nil // its files are the site's to read; it counts when it has opened a ticket
	}
	form, err := web.Form(r) // stays in the request for the site
	if err != nil {
		return "", err
	}
	switch step := form.Get("step"); step {
	case "send", "edit", "mask":
		return step, nil
	}
	return "offer", nil
}

// sent counts every request.
func (l ticketLimit) sent(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !l.RespondOnLimit(w, r, keyOf(r)) {
			next.ServeHTTP(w, r)
		}
	})
}

// offered counts a request only when it has opened a ticket, as it does when there is no
// answer to offer.
func (l ticketLimit) offered(next http.Handler) http.Handler {
	sent := l.sent(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, used, _ := l.Status(keyOf(r)) // a counter in memory does not fail
		if int(math.Round(used)) >= l.rate {
			sent.ServeHTTP(w, r) // refuses
			return
		}
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		next.ServeHTTP(ww, r)
		if ww.Status() == http.StatusSeeOther {
			l.OnLimit(w, r, keyOf(r))
		}
	})
}

func keyOf(r *http.Request) string {
	key, _ := web.ClientKey(r) // never fails: its error is of httprate's form
	return key
}

// tooManyTickets refuses a ticket and gives its text back.
func tooManyTickets(w *web.Web, out http.ResponseWriter, r *http.Request) {
	err := web.Failf(web.TooMany, "ticket rate limit")
	if !contactForm.MatchString(r.URL.Path) {
		w.Fail(out, r, err)
		return
	}
	form, unread := web.Upload(out, r, nil)
	if unread != nil {
		err = unread
	}
	w.FailKeeping(out, r, err, strings.TrimSpace(form.Get("subject")+"\n\n"+form.Get("body")))
}
