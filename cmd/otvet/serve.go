package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/site"
	"otvet/cmd/otvet/internal/web"
	"otvet/search"
)

// serveCommand is "otvet serve".
type serveCommand struct {
	settings
}

// Help is the end of the command's help.
func (serveCommand) Help() string {
	return `Loads the content, answers at once, and brings the database up meanwhile; while the database is away, help pages and search go on. With --content, changed articles go live without a restart, and articles with problems do not replace good ones: /readyz, the desk and the log say why.

Without --database-url the program starts a PostgreSQL server of its own, migrates it, and prints a one-time password for a first agent. With it, run "otvet migrate" before the first start and after each update.

Ctrl-C stops cleanly; a second one, a second later or more, at once.

GET /healthz says that the process lives. GET /readyz is 200 when tickets can be taken ("degraded" when newer content was refused) and 503 when the database is away or the program is stopping.`
}

// shutdownTime is how long requests and jobs may take to end after a signal.
const shutdownTime = 10 * time.Second

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context, w world) error {
	log := c.logger(w.stderr)
	go assistant.Prepare() // while the content is opened
	engine, err := c.engine(c.store(c.indexFolder(), log))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return errors.Join(fmt.Errorf("listen on %s: %w", c.Addr, err), engine.Close())
	}
	c.settleAddress(listener.Addr(), log)
	if c.lacksHelpline() {
		log.Warn("a placeholder stands where people look for help with gambling: set --helpline-ru and --helpline-en")
	}
	s, err := newServer(ctx, c.settings, engine, log)
	if err != nil {
		return errors.Join(err, listener.Close(), engine.Close())
	}
	return s.serve(ctx, listener, w)
}

// settleAddress takes the listener's address for the site's unless one was given.
func (c *serveCommand) settleAddress(addr net.Addr, log *slog.Logger) {
	if c.BaseURL.url == nil {
		c.BaseURL.url = &url.URL{Scheme: "http", Host: reachable(addr.String())}
	}
	if c.BaseURL.url.Scheme == "http" && !web.Loopback(c.BaseURL.url.Hostname()) {
		log.Warn("the site's address is not https: what players write can be read on the way, and the desk cannot be used; put a TLS proxy in front and set --base-url")
	}
}

// reachable replaces the address that means "every interface" by a name to open.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	return addr
}

// server is a program that serves.
type server struct {
	settings settings
	engine   *search.Engine
	database *database
	health   *health
	views    *site.Counter
	http     *http.Server
	log      *slog.Logger
	news     chan string // for the person at the terminal
}

func newServer(ctx context.Context, c settings, engine *search.Engine, log *slog.Logger) (*server, error) {
	if _, err := c.players(c.BaseURL); err != nil { // before anything is made on disk
		return nil, err
	}
	store, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.use(c.TimeZone, store); err != nil {
		store.Close()
		return nil, err
	}
	s := &server{settings: c, engine: engine, log: log, news: make(chan string, 4)}
	uploads := c.uploads(store, log)
	s.health = &health{engine: engine, store: store, uploads: uploads}
	config, err := letters(c.siteFlags, engine, log)
	if err != nil {
		return nil, err
	}
	config.Sweep = uploads.Sweep
	s.database = &database{flags: c.databaseFlags, store: store, letters: config, log: log, tell: s.tell, ended: make(chan struct{})}
	s.views = site.NewCounter(store, c.TimeZone.Location, log)
	handler, err := newHandler(parts{c.siteFlags, engine, store, uploads, s.health, s.views, log})
	if err != nil {
		return nil, err
	}
	s.http = web.NewServer(handler, log)
	return s, nil
}

// tell prints a message on the terminal.
func (s *server) tell(format string, args ...any) { s.news <- fmt.Sprintf(format, args...) }

// serve answers on the listener until ctx ends or something fails that cannot be mended.
func (s *server) serve(ctx context.Context, listener net.Listener, w world) error {
	background, cancel := context.WithCancel(ctx)
	defer cancel()
	failed, up := make(chan error, 1), make(chan error, 1)
	go func() { failed <- s.http.Serve(listener) }()
	go s.engine.Watch(background, s.settings.fsys(), s.settings.watchEvery(), s.log)
	go func() { up <- s.database.run(background) }()
	go s.views.Run(background)
	go popularity{s.engine, s.database.store, s.settings.TimeZone.Location, s.log}.run(background)
	fmt.Fprint(w.stdout, s.greeting())
	go debug.FreeOSMemory() // a start leaves much behind

	err := s.wait(ctx, failed, up, w)
	s.health.stopping.Store(true)
	cancel()
	if err == nil { // a server that has failed has nobody to wait for
		s.drain(w)
	}
	err = errors.Join(err, s.stop())
	fmt.Fprint(w.stdout, s.unread())
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, "Stopped. Goodbye.")
	return nil
}

// wait prints the news until ctx ends, the server fails, or the database cannot be had.
func (s *server) wait(ctx context.Context, failed, up <-chan error, w world) error {
	for {
		select {
		case text := <-s.news:
			fmt.Fprint(w.stdout, text)
		case err := <-up:
			if err != nil {
				return err
			}
			up = nil
			fmt.Fprint(w.stdout, s.unread(), "Ready: tickets are taken.\n")
		case err := <-failed:
			return err
		case <-ctx.Done():
			return nil
		}
	}
}

// unread returns the news that nobody has printed yet.
func (s *server) unread() (text string) {
	for {
		select {
		case t := <-s.news:
			text += t
		default:
			return text
		}
	}
}

// greeting says what to open.
func (s *server) greeting() string {
	base := s.settings.BaseURL
	return fmt.Sprintf("otvet serves %s\n  help section  %s/\n  desk          %s/desk\n  API           %s/api/v1/openapi.json\nCtrl-C stops.\n",
		s.settings.contentFlags.name(), base, base, base)
}

// watchEvery is how often the content is looked at: the compiled-in one changes only
// when a version of the Terms takes effect.
func (c contentFlags) watchEvery() time.Duration {
	if c.Content == "" {
		return time.Minute
	}
	return time.Second
}

// drain goes on serving while a load balancer learns from /readyz to turn away.
func (s *server) drain(w world) {
	if s.settings.Drain > 0 {
		fmt.Fprintf(w.stdout, "Stopping in %s.\n", s.settings.Drain)
		time.Sleep(s.settings.Drain)
	}
}

// stop ends everything in the order in which it depends on each other.
func (s *server) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	err := s.hangUp(ctx)
	s.lastViews(ctx)
	err = errors.Join(err, s.database.stop(ctx), s.engine.Close())
	if err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// lastViews hands over what was read since the last time, unless the database takes
// longer than figures are worth.
func (s *server) lastViews(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, shutdownTime/10)
	defer cancel()
	s.views.Flush(ctx)
}

// hangUp lets requests end, and cuts off those that take most of the time there is: a
// slow reader must not keep the jobs from ending well.
func (s *server) hangUp(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, shutdownTime*2/3)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return s.http.Close()
	}
	return err
}
