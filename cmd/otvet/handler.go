package main

import (
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/api"
	"otvet/cmd/otvet/internal/desk"
	"otvet/cmd/otvet/internal/site"
	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets/postgres"
)

// parts are what the handler is made of.
type parts struct {
	settings siteFlags // with BaseURL set
	engine   *search.Engine
	store    *postgres.Store
	uploads  *upload.Intake // nil: no files are taken
	health   *health
	views    *site.Counter // nil: views are not counted
	log      *slog.Logger
}

// newHandler puts the packages together: every route of the program.
func newHandler(p parts) (http.Handler, error) {
	w, err := newWeb(p)
	if err != nil {
		return nil, err
	}
	pages, err := newSite(w, p)
	if err != nil {
		return nil, err
	}
	agents, err := desk.New(desk.Config{
		Web: w, Engine: p.engine, Store: p.store,
		Cookies: web.NewCookies(p.settings.BaseURL.url), BaseURL: p.settings.BaseURL.url, Operator: p.settings.Operator,
		TimeZone: p.settings.TimeZone.Location, EditURL: p.settings.EditURL,
		Uploads: p.uploads,
		Compose: writer(p.settings, p.engine).Write,
	})
	if err != nil {
		return nil, err
	}
	r := chi.NewRouter()
	r.Use(w.Common(p.settings.TrustedProxies, int(p.settings.RateLimit))...)
	r.Use(limitTickets(w, int(p.settings.TicketRateLimit)), headAsGet)
	r.NotFound(w.Handle(notFound))
	r.MethodNotAllowed(w.Handle(notAllowed(r)))
	r.Get("/healthz", live)
	r.Get("/readyz", p.health.ready)
	r.Get("/assets/*", w.Handle(w.Asset))
	pages.Install(r)
	agents.Install(r)
	api.Install(r, api.Config{
		Web: w, Engine: p.engine, Assistant: assistant.New(p.engine), Store: p.store,
		BaseURL: p.settings.BaseURL.String(), Operator: p.settings.Operator, Helpline: p.settings.helpline,
	})
	return r, nil
}

// newSite makes the public pages.
func newSite(w *web.Web, p parts) (*site.Site, error) {
	players, err := p.settings.players(p.settings.BaseURL)
	if err != nil {
		return nil, err
	}
	return site.New(site.Config{
		Web: w, Engine: p.engine, Assistant: assistant.New(p.engine), Store: p.store,
		Cookies: web.NewCookies(p.settings.BaseURL.url), BaseURL: p.settings.BaseURL.url,
		Operator: p.settings.Operator, Helpline: p.settings.helpline,
		MailOut: p.settings.Host != "",
		Dispute: func(lang string) string { return p.settings.disputeService(kb.Locale(lang)) },
		Views:   p.views, Uploads: p.uploads, Players: players,
	})
}

// newWeb loads the messages and assets of all packages with pages, and of more of them.
func newWeb(p parts, more ...fs.FS) (*web.Web, error) {
	folders := append([]fs.FS{site.Files(), desk.Files(), upload.Templates()}, more...)
	catalog, err := web.LoadCatalog(p.settings.TimeZone.Location, slices.Concat([]fs.FS{web.Messages()}, folders)...)
	if err != nil {
		return nil, fmt.Errorf("load messages: %w", err)
	}
	assets, err := web.LoadAssets(folders...)
	if err != nil {
		return nil, err
	}
	players, err := p.settings.players(p.settings.BaseURL)
	if err != nil {
		return nil, err
	}
	return web.New(web.Config{Catalog: catalog, Assets: assets, Log: p.log, Operator: p.settings.Operator, Helpline: p.settings.helpline, Classify: classify, Foreign: players.Foreign()})
}

func notFound(http.ResponseWriter, *http.Request) error {
	return web.Failf(web.NotFound, "no such route")
}
