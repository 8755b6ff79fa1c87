package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/preview"
	"otvet/cmd/otvet/internal/web"
	"otvet/tickets/postgres"
)

// previewCommand is "otvet preview".
type previewCommand struct {
	Addr string `default:"127.0.0.1:8081" placeholder:"HOST:PORT" setting:"OTVET_PREVIEW_ADDR" help:"Address to listen on (${default})."`
	contentFlags
	siteFlags
}

// Help is the end of the command's help.
func (previewCommand) Help() string {
	return `Shows the articles of --content as players will see them, also half-written ones. Letters are listed below /preview/letters, with sample values, as text and as HTML. A page loads itself again when a file is saved, and names at its foot what "otvet check" says of the article. There is no database, and nothing that is sent is kept.

Example:

    otvet preview --content content`
}

// previewEvery is how often the folder is looked at: an editor should not wait.
const previewEvery = 300 * time.Millisecond

// nowhere is the address of a store that nobody needs: pages that would ask it are not served.
const nowhere = "postgres://127.0.0.1:1/preview"

// Run previews until ctx ends.
func (c *previewCommand) Run(ctx context.Context, w world) error {
	if c.Content == "" {
		return &exitError{statusUsage, errors.New("name the folder that you edit: otvet preview --content DIR")}
	}
	log := c.logger(w.stderr)
	engine, err := preview.Load(c.fsys(), time.Now())
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return errors.Join(fmt.Errorf("listen on %s: %w", c.Addr, err), engine.Close())
	}
	c.BaseURL.url = &url.URL{Scheme: "http", Host: reachable(listener.Addr().String())}
	store, err := postgres.Open(ctx, nowhere)
	if err != nil {
		return errors.Join(err, listener.Close(), engine.Close())
	}
	defer store.Close()
	handler, watcher, err := c.handler(parts{settings: c.siteFlags, engine: engine, store: store, log: log})
	if err != nil {
		return errors.Join(err, listener.Close(), engine.Close())
	}
	background, cancel := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		watcher.Watch(background, previewEvery)
	}()
	fmt.Fprintf(w.stdout, "otvet previews %s\n  help section  %s/\n  letters       %s/preview/letters\n  problems      %s/preview/problems\nCtrl-C stops.\n", c.Content, c.BaseURL, c.BaseURL, c.BaseURL)
	err = serveUntil(ctx, web.NewServer(handler, log), listener)
	cancel()
	<-watched // it hands content to the engine
	return errors.Join(err, engine.Close())
}

// serveUntil serves until ctx ends. Pages that wait for a change are cut off.
func serveUntil(ctx context.Context, s *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		return s.Close()
	}
}

// handler puts the site below the preview.
func (c *previewCommand) handler(p parts) (http.Handler, *preview.Preview, error) {
	w, err := newWeb(p, preview.Files())
	if err != nil {
		return nil, nil, err
	}
	pages, err := newSite(w, p)
	if err != nil {
		return nil, nil, err
	}
	watcher, err := preview.New(preview.Config{
		Web: w, Engine: p.engine, FS: c.fsys(), Log: p.log,
		Place: c.path, Letter: specimens{newLetterTexts(p.engine.Library), p.settings}.letter,
	})
	if err != nil {
		return nil, nil, err
	}
	r := chi.NewRouter()
	r.Use(w.Common(nil, 6000)...)
	r.Use(headAsGet, ownName(w, (&url.URL{Host: c.Addr}).Hostname()))
	r.Get("/assets/*", w.Handle(w.Asset))
	watcher.Install(r)
	r.Group(func(r chi.Router) {
		r.Use(watcher.Wrap)
		pages.Install(r)
	})
	r.NotFound(w.Handle(notFound))
	return r, watcher, nil
}

// ownName keeps a preview that listens on the loopback interface to requests that name it so: a page
// elsewhere could point a name of its own at 127.0.0.1 and read drafts by it.
func ownName(w *web.Web, listening string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return w.Handle(func(out http.ResponseWriter, r *http.Request) error {
			name := (&url.URL{Host: r.Host}).Hostname()
			if web.Loopback(listening) && !web.Loopback(name) {
				return web.Failf(web.NotFound, "preview asked for by another name")
			}
			next.ServeHTTP(out, r)
			return nil
		})
	}
}
