package main

import (
	"net/http"
	"regexp"
	"time"

	"github.com/go-chi/httprate"

	"otvet/cmd/otvet/internal/web"
)

// ticketPath is where tickets are sent.
var ticketPath = regexp.MustCompile(`^/(api/v1/tickets|[a-z]{2}/contact)$`)

// limitTickets bounds how many tickets one client may send in a minute, by the form and
// the API together.
func limitTickets(w *web.Web, rate int) func(http.Handler) http.Handler {
	limiter := httprate.NewRateLimiter(rate, time.Minute, httprate.WithKeyFuncs(web.ClientKey),
		httprate.WithLimitHandler(w.Handle(func(http.ResponseWriter, *http.Request) error {
			return web.Failf(web.TooMany, "ticket rate limit")
		})))
	return func(next http.Handler) http.Handler {
		limited := limiter.Handler(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost && ticketPath.MatchString(r.URL.Path) {
				limited.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
