// Package api is the JSON API, version 1, below /api/v1, described by the OpenAPI 3.1
// document at /api/v1/openapi.json. Errors are application/problem+json.
package api

import (
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
	BaseURL   string // for links to a request's private page
}

// Install adds every route of the API.
func Install(r chi.Router, c Config) { panic("unbuilt") }
