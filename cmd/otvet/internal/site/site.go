// Package site is what players see: the start page, search, articles and Terms, the
// contact form, and the private page of a request. Help pages and search need neither
// PostgreSQL nor a model.
package site

import (
	"net/url"

	"github.com/go-chi/chi/v5"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/search"
	"otvet/tickets/postgres"
)

// Config is what the site needs.
type Config struct {
	Web       *web.Web
	Engine    *search.Engine
	Assistant *assistant.Assistant
	Store     *postgres.Store
	Cookies   web.Cookies
	BaseURL   *url.URL
	Operator  string
	Helpline  func(lang string) string // help with gambling: what stands at the bottom of every page
}

// Site serves the public pages.
type Site struct{ Config }

// New parses and checks the pages.
func New(c Config) (*Site, error) { panic("unbuilt") }

// Install adds every public route.
func (s *Site) Install(r chi.Router) { panic("unbuilt") }
