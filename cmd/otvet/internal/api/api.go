// Package api is the JSON API, version 1, below /api/v1, described by the OpenAPI 3.1
// document at /api/v1/openapi.json. Errors are application/problem+json.
//
// # How a request goes
//
// [strict] reads a body before anything else does and refuses what two readers could
// understand differently. huma checks it against the schema that the Go types give and
// calls the operation. An operation returns an error as any handler of ours does;
// [service.problems] turns it, and what huma refuses itself, into a [web.Problem].
//
// # What is never answered
//
// A text of assistant.Safety gets the fixed message of the content's "safety" letter and
// no passage, from every operation that takes a question.
package api

import (
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/search"
	"otvet/tickets/postgres"
)

// Config is what the API needs.
type Config struct {
	Web       *web.Web
	Engine    *search.Engine
	Assistant *assistant.Assistant
	Store     *postgres.Store
	BaseURL   string                   // "https://help.demo.example", no slash at the end; for links
	Operator  string                   // name of the operator, for the safety message
	Helpline  func(lang string) string // help with gambling, for the safety message; nil: none
}

// service answers the operations.
type service struct {
	Config
	now func() time.Time
}

// Root is the path below which every route of the API stands.
const Root = "/api/v1"

// Install adds every route of the API.
func Install(r chi.Router, c Config) {
	s := &service{Config: c, now: time.Now}
	r.Route(Root, func(r chi.Router) {
		r.NotFound(c.Web.Handle(notFound))
		r.Use(noStore, strict(c.Web))
		h := humachi.New(r, s.description())
		huma.Register(h, askOperation(), answering(s, s.ask))
		huma.Register(h, searchOperation(), answering(s, s.search))
		huma.Register(h, suggestOperation(), answering(s, s.suggest))
		huma.Register(h, articleOperation(), answering(s, s.article))
		huma.Register(h, ticketOperation(), answering(s, s.openTicket))
		r.Get("/openapi.json", c.Web.Handle(document(h)))
	})
}

func notFound(http.ResponseWriter, *http.Request) error {
	return web.Failf(web.NotFound, "no such operation")
}

// noStore keeps questions and private addresses out of caches.
func noStore(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
