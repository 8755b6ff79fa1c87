// Package web is what the public site, the desk and the JSON API stand on: handlers
// that return errors, one table from error to status, pages with typed data, messages
// in two languages, assets, limits and security headers. It knows nothing of tickets,
// search or content; main tells it how to classify their errors.
//
// # A handler
//
// A [Handler] returns an error instead of writing one. [Web.Handle] runs it, and
// [Web.Fail] alone turns an error into a page or a problem+json body: the person reads
// what to do next, the log has the cause.
//
// # A page
//
// A page is a template in a package's templates folder and a struct that embeds [Frame].
// [NewPage] checks the template against the struct's type at start; [Page.Write] renders
// into a buffer first, so that a broken page never leaves half written.
//
// # Messages
//
// Every string that a person reads on a page or in a problem stands in messages/ru.yaml
// and messages/en.yaml of the package that shows it; a key that one of them lacks stops the program at start.
package web

import (
	"log/slog"
	"net/http"
)

// Handler answers a request or says why not.
type Handler func(http.ResponseWriter, *http.Request) error

// Web holds what every handler needs. It is made once, by New.
type Web struct {
	Catalog  *Catalog
	Assets   *Assets
	Log      *slog.Logger
	operator string
	helpline func(lang string) string
	classify func(error) Kind
	foreign  []string
	failure  Page[failurePage]
}

// Config is what New needs.
type Config struct {
	Catalog  *Catalog
	Assets   *Assets
	Log      *slog.Logger
	Operator string                   // name of the operator, on error pages
	Helpline func(lang string) string // help with gambling, at the foot of error pages; nil: none
	Classify func(error) Kind         // what a foreign error means; Internal when unknown
	Foreign  []string                 // patterns of http.ServeMux: posts whose handler looks at the origin itself, so that another site can make them
}

// New prepares the error page and returns a Web.
func New(c Config) (*Web, error) {
	if c.Helpline == nil {
		c.Helpline = func(string) string { return "" }
	}
	w := &Web{Catalog: c.Catalog, Assets: c.Assets, Log: c.Log, operator: c.Operator, helpline: c.Helpline, classify: c.Classify, foreign: c.Foreign}
	ts, err := ParseTemplates(c.Catalog, c.Assets, templates)
	if err != nil {
		return nil, err
	}
	w.failure, err = NewPage[failurePage](ts, "failure")
	return w, err
}

// Handle turns a Handler into what the router wants.
func (web *Web) Handle(h Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			web.Fail(w, r, err)
		}
	}
}
