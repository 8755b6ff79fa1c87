// Package desk is what agents see: the queue, a ticket with its correspondence, and the
// state of the content.
package desk

import (
	"net/url"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
	"otvet/search"
	"otvet/tickets/postgres"
)

// Config is what the desk needs.
type Config struct {
	Web      *web.Web
	Engine   *search.Engine
	Store    *postgres.Store
	Cookies  web.Cookies
	BaseURL  *url.URL
	Operator string
}

// Desk serves the agents' pages below /desk.
type Desk struct{ Config }

// New parses and checks the pages.
func New(c Config) (*Desk, error) { panic("unbuilt") }

// Install adds every route of the desk.
func (d *Desk) Install(r chi.Router) { panic("unbuilt") }

// NewPassword draws a one-time password for a new or locked-out agent and returns it with
// its argon2id hash.
func NewPassword() (password, hash string, err error) { panic("unbuilt") }
