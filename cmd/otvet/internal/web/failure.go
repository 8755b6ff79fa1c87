package web

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
)

// Kind is what an error means to the person who asked.
type Kind int

// The kinds. The zero value is Internal: what nobody classified is a fault.
const (
	Internal Kind = iota
	BadRequest
	Forbidden
	NotFound
	NotAllowed
	Conflict
	TooLarge
	Unsupported
	Invalid
	TooMany
	Unavailable
	FileAway // a file that should be there cannot be read
)

// kinds is the one table from a kind to its status and its words.
var kinds = map[Kind]struct {
	status int
	key    string
}{
	Internal:    {http.StatusInternalServerError, "internal"},
	BadRequest:  {http.StatusBadRequest, "bad_request"},
	Forbidden:   {http.StatusForbidden, "forbidden"},
	NotFound:    {http.StatusNotFound, "not_found"},
	NotAllowed:  {http.StatusMethodNotAllowed, "not_allowed"},
	Conflict:    {http.StatusConflict, "conflict"},
	TooLarge:    {http.StatusRequestEntityTooLarge, "too_large"},
	Unsupported: {http.StatusUnsupportedMediaType, "unsupported"},
	Invalid:     {http.StatusUnprocessableEntity, "invalid"},
	TooMany:     {http.StatusTooManyRequests, "too_many"},
	Unavailable: {http.StatusServiceUnavailable, "unavailable"},
	FileAway:    {http.StatusServiceUnavailable, "file_away"},
}

// Status returns the HTTP status of a kind.
func (k Kind) Status() int { return kinds[k].status }

// Key returns the beginning of the keys of a kind's messages, such as
// "failure.not_found"; ".title", ".lead" and ".next" follow.
func (k Kind) Key() string { return "failure." + kinds[k].key }

// Error is an error whose kind its maker knows. Err is for the log only.
type Error struct {
	Kind    Kind
	Err     error
	Details []Detail // what a problem lists; pages do not show it
}

// Error returns the cause.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Failf returns an error of a kind with a text for the log.
func Failf(k Kind, text string) error { return &Error{Kind: k, Err: errors.New(text)} }

// KindOf classifies an error: a web.Error by its kind, a body over its limit as
// TooLarge, everything else as Config.Classify says.
func (web *Web) KindOf(err error) Kind {
	var e *Error
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &e):
		return e.Kind
	case errors.As(err, &tooLarge):
		return TooLarge
	}
	return web.classify(err)
}

type failurePage struct {
	Frame
	Status    int
	Lead      string
	Next      string
	Kept      string // what was posted and not taken; empty: nothing
	Helpline  string
	RequestID string
}

// Framing implements Framed.
func (p *failurePage) Framing() *Frame { return &p.Frame }

// Fail answers a request with an error: problem+json below /api, a page elsewhere.
// Faults of ours are logged with their cause.
func (web *Web) Fail(w http.ResponseWriter, r *http.Request, err error) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		web.writeProblem(w, web.Problem(w, r, err))
		return
	}
	web.FailKeeping(w, r, err, "")
}

// FailKeeping is Fail for a page that gives back a text which was posted and not taken.
func (web *Web) FailKeeping(w http.ResponseWriter, r *http.Request, err error, text string) {
	web.writeFailure(w, r, web.prepare(w, r, err), text)
}

// prepare notes a failed request, sets the headers of its answer and returns its kind.
func (web *Web) prepare(w http.ResponseWriter, r *http.Request, err error) Kind {
	kind := web.Note(r, err)
	if kind == Unavailable || kind == TooMany {
		if w.Header().Get("Retry-After") == "" {
			w.Header().Set("Retry-After", "5")
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	return kind
}

// Note logs an error and returns its kind, for a package that answers with a page of its
// own instead of calling Fail.
func (web *Web) Note(r *http.Request, err error) Kind {
	kind := web.KindOf(err)
	level := slog.LevelInfo
	if kind == Internal || kind == Unavailable || kind == FileAway {
		level = slog.LevelError
	}
	web.Log.Log(r.Context(), level, "request failed",
		"request", RequestID(r.Context()), "route", Route(r), "status", kind.Status(), "cause", err)
	return kind
}

func (web *Web) writeFailure(w http.ResponseWriter, r *http.Request, kind Kind, text string) {
	lang := Lang(r)
	p := web.Catalog.Printer(lang)
	key := kind.Key()
	page := failurePage{
		Frame:     NewFrame(lang, p.T(key+".title")),
		Status:    kind.Status(),
		Lead:      p.T(key + ".lead"),
		Next:      p.T(key + ".next"),
		Kept:      text,
		Helpline:  web.helpline(lang),
		RequestID: RequestID(r.Context()),
	}
	page.Operator = web.operator
	page.NoIndex = true
	if err := web.failure.Write(w, kind.Status(), &page); err != nil {
		web.Log.Error("render the error page", "cause", err)
		http.Error(w, page.Title, kind.Status())
	}
}
