// Package preview shows editors their articles as players will see them, while they write.
// It wraps the public site: each page gets a bar at its foot that names what is wrong with the
// article, and loads itself again when a file is saved. No database stands behind it, and
// nothing that is sent is kept.
//
// # Content with problems
//
// A site that serves never takes content with problems; a preview always does, because
// half-written articles are what it is for. It loads as far as it can and lists the rest.
//
// # Letters
//
// GET /preview/letters lists every letter, and each is shown with sample values in both of its
// forms, the HTML in a frame of its own: its looks are in its elements, which the policy of the
// other pages forbids.
//
// # How a page learns of a change
//
// The bar carries the state of the content that its page was made from. The script asks
// GET /preview/state with it, and the answer comes when the state is another one.
package preview

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
)

// Config is what a preview needs.
type Config struct {
	Web    *web.Web
	Engine *search.Engine
	FS     fs.FS                    // the folder that is edited
	Place  func(file string) string // of a file of the content, as the editor knows it
	Letter func(l kb.Locale, name string) (Specimen, bool)
	Log    *slog.Logger
}

// Preview watches a folder and adds the bar to pages.
type Preview struct {
	Config
	pages pages

	warned string // what the log knows already; for look alone

	mu  sync.Mutex
	now shown
}

// shown is the state of the content that pages are made from.
type shown struct {
	seen     string        // its fingerprint
	problems []kb.Problem  // of that content
	changed  chan struct{} // closed when it is shown no more
}

// Load reads the folder for the first time, whatever is wrong with it.
func Load(fsys fs.FS, now time.Time) (*search.Engine, error) {
	library, _ := kb.Load(fsys, now)
	engine, err := search.NewEngine(library)
	if err != nil {
		return nil, fmt.Errorf("preview content: %w", err)
	}
	return engine, nil
}

// New checks the pages.
func New(c Config) (*Preview, error) {
	ts, err := web.ParseTemplates(c.Web.Catalog, c.Web.Assets, files)
	if err != nil {
		return nil, fmt.Errorf("make the preview: %w", err)
	}
	ps, err := newPages(ts)
	if err != nil {
		return nil, fmt.Errorf("make the preview: %w", err)
	}
	return &Preview{Config: c, pages: ps, now: shown{changed: make(chan struct{})}}, nil
}

// Install adds the preview's own routes.
func (p *Preview) Install(r chi.Router) {
	r.Get("/preview/state", p.Web.Handle(p.state))
	r.Get("/preview/problems", p.Web.Handle(p.list))
	r.With(p.Wrap).Get(lettersAt, p.Web.Handle(p.letters))
	r.With(p.Wrap).Get(lettersAt+"/{lang}/{name}", p.Web.Handle(p.letter))
	r.Get(lettersAt+"/{lang}/{name}/page", p.Web.Handle(p.letterHTML))
}

// Watch looks at the folder until ctx ends and shows what it holds.
func (p *Preview) Watch(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		p.look(time.Now())
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// look loads the folder when it has changed.
func (p *Preview) look(now time.Time) {
	seen, err := kb.Fingerprint(p.FS)
	if err != nil {
		p.warn("the content cannot be read, the old one is shown on", err)
		return
	}
	if seen == p.shown().seen {
		return
	}
	library, problems := kb.Check(p.FS, now)
	if err := p.Engine.Swap(library); err != nil {
		p.warn("the content cannot be indexed, the old one is shown on", err)
		return
	}
	p.warned = ""
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.now.changed)
	p.now = shown{seen, problems, make(chan struct{})}
}

// warn logs what is in the way, once and not at every look.
func (p *Preview) warn(message string, cause error) {
	if p.warned != message {
		p.warned = message
		p.Log.Warn(message, "cause", cause)
	}
}

// shown returns the state of what is shown.
func (p *Preview) shown() shown {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

// patience is how long a page waits for a change before it asks again.
const patience = 20 * time.Second

// state serves GET /preview/state?seen=X: 200 when the content is not X any more, 204 after
// a while when it still is.
func (p *Preview) state(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	now := p.shown()
	if token(now.seen) != r.URL.Query().Get("seen") {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	select {
	case <-now.changed:
		w.WriteHeader(http.StatusOK)
	case <-time.After(patience):
		w.WriteHeader(http.StatusNoContent)
	case <-r.Context().Done():
	}
	return nil
}
