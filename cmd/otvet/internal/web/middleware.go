package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
)

type contextKey int

const requestIDKey contextKey = 0

// RequestID returns the request's random name, for the log and for error pages.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}

// Route returns the pattern that matched, never the path: paths hold tokens.
func Route(r *http.Request) string {
	if c := chi.RouteContext(r.Context()); c != nil && c.RoutePattern() != "" {
		return c.RoutePattern()
	}
	return "none"
}

// Common returns the middleware of every route, outermost first. rate is how many
// requests one client may make in a minute.
func (web *Web) Common(proxies []netip.Prefix, rate int) chi.Middlewares {
	return chi.Middlewares{
		identify, clientIP(proxies), web.observe, web.recoverer, secure, web.wellFormed,
		web.limit(rate), web.sameOrigin().Handler, limitBody,
	}
}

func identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b := make([]byte, 8)
		_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
		id := hex.EncodeToString(b)
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey, id)))
	})
}

func clientIP(proxies []netip.Prefix) func(http.Handler) http.Handler {
	if len(proxies) == 0 {
		return middleware.ClientIPFromRemoteAddr
	}
	trusted := make([]string, len(proxies))
	for i, p := range proxies {
		trusted[i] = p.String()
	}
	return middleware.ClientIPFromXFF(trusted...)
}

// observe logs one line a request: no path, no query, no address, no text.
func (web *Web) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, level := time.Now(), slog.LevelInfo
		if incidental(r) {
			level = slog.LevelDebug
		}
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() { // a handler that aborts its answer has a line too
			web.Log.LogAttrs(r.Context(), level, "request",
				slog.String("request", RequestID(r.Context())), slog.String("method", r.Method),
				slog.String("route", Route(r)), slog.Int("status", cmp.Or(ww.Status(), http.StatusOK)),
				slog.Int("bytes", ww.BytesWritten()), slog.Duration("took", time.Since(start)))
		}()
		next.ServeHTTP(ww, r)
	})
}

// incidental tells the requests that nobody makes on purpose: probes, and what a page
// loads.
func incidental(r *http.Request) bool {
	path := r.URL.Path
	return path == "/healthz" || path == "/readyz" || strings.HasPrefix(path, "/assets/")
}

// recoverer answers a panic with the error page. http.ErrAbortHandler goes on: net/http
// knows it as the way to break an answer off.
func (web *Web) recoverer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				web.Fail(w, r, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		next.ServeHTTP(w, r)
	})
}

// MaxQuery is the longest query string, in bytes: a question of 2,000 bytes, escaped.
const MaxQuery = 8 << 10

// wellFormed refuses addresses that no page of ours makes: NUL or bytes that are not
// UTF-8 in path or query, broken escapes, and query strings over MaxQuery.
func (web *Web) wellFormed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.URL.RawQuery) > MaxQuery {
			web.Fail(w, r, Failf(TooLarge, "query string too long"))
			return
		}
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil || !goodText(r.URL.Path) {
			web.Fail(w, r, Failf(BadRequest, "path or query is malformed"))
			return
		}
		for key, values := range query {
			if !goodText(key) || !goodText(values...) {
				web.Fail(w, r, Failf(BadRequest, "query holds NUL or is not UTF-8"))
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses posts from other sites, but those of Config.Foreign. Requests without Origin and Sec-Fetch-Site
// pass it, which is why cookies are SameSite too.
func (web *Web) sameOrigin() *http.CrossOriginProtection {
	c := http.NewCrossOriginProtection()
	for _, pattern := range web.foreign {
		c.AddInsecureBypassPattern(pattern)
	}
	c.SetDenyHandler(web.Handle(func(http.ResponseWriter, *http.Request) error {
		return Failf(Forbidden, "cross-origin request")
	}))
	return c
}

func goodText(texts ...string) bool {
	for _, s := range texts {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return false
		}
	}
	return true
}

// limit counts requests by client: an IPv4 address or an IPv6 /64. What is incidental
// does not count: a page must not cost a reader more than one request.
func (web *Web) limit(rate int) func(http.Handler) http.Handler {
	count := httprate.LimitBy(rate, time.Minute, ClientKey,
		httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
			web.Fail(w, r, Failf(TooMany, "rate limit"))
		}))
	return func(next http.Handler) http.Handler {
		counted := count(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if incidental(r) {
				next.ServeHTTP(w, r)
				return
			}
			counted.ServeHTTP(w, r)
		})
	}
}

// ClientKey names the client for limits: an IPv4 address or an IPv6 /64, never a header
// that the client could have made up.
func ClientKey(r *http.Request) (string, error) {
	return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context())), nil
}

// MaxBody is the largest request body, in bytes. The longest message, 8,000 characters of
// four bytes each, takes 96,000 in a form, where a byte is written as three.
const MaxBody = 128 << 10

func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = &limitedBody{http.MaxBytesReader(w, r.Body, MaxBody), r.Body}
		next.ServeHTTP(w, r)
	})
}

// limitedBody is a body within its limit. Upload alone takes the whole one, to give it
// another limit.
type limitedBody struct {
	io.ReadCloser
	whole io.ReadCloser
}
