package web

import (
	"encoding/json"
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
	Conflict
	TooLarge
	Invalid
	TooMany
	Unavailable
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
	Conflict:    {http.StatusConflict, "conflict"},
	TooLarge:    {http.StatusRequestEntityTooLarge, "too_large"},
	Invalid:     {http.StatusUnprocessableEntity, "invalid"},
	TooMany:     {http.StatusTooManyRequests, "too_many"},
	Unavailable: {http.StatusServiceUnavailable, "unavailable"},
}

// Status returns the HTTP status of a kind.
func (k Kind) Status() int { return kinds[k].status }

// Error is an error whose kind its maker knows. Err is for the log only.
type Error struct {
	Kind Kind
	Err  error
}

// Error returns the cause.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Failf returns an error of a kind with a text for the log.
func Failf(k Kind, text string) error { return &Error{k, errors.New(text)} }

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
	RequestID string
}

// Framing implements Framed.
func (p *failurePage) Framing() *Frame { return &p.Frame }

// Fail answers a request with an error: problem+json below /api, a page elsewhere.
// Faults of ours are logged with their cause.
func (web *Web) Fail(w http.ResponseWriter, r *http.Request, err error) {
	kind := web.KindOf(err)
	web.note(r, kind, err)
	if kind == Unavailable || kind == TooMany {
		if w.Header().Get("Retry-After") == "" {
			w.Header().Set("Retry-After", "5")
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	if strings.HasPrefix(r.URL.Path, "/api/") {
		web.writeProblem(w, r, kind)
		return
	}
	web.writeFailure(w, r, kind)
}

func (web *Web) note(r *http.Request, kind Kind, err error) {
	level := slog.LevelInfo
	if kind == Internal || kind == Unavailable {
		level = slog.LevelError
	}
	web.Log.Log(r.Context(), level, "request failed",
		"request", RequestID(r.Context()), "route", Route(r), "status", kind.Status(), "cause", err)
}

func (web *Web) writeFailure(w http.ResponseWriter, r *http.Request, kind Kind) {
	lang := Lang(r)
	p := web.Catalog.Printer(lang)
	key := "failure." + kinds[kind].key
	page := failurePage{
		Frame:     NewFrame(lang, p.T(key+".title")),
		Status:    kind.Status(),
		Lead:      p.T(key + ".lead"),
		Next:      p.T(key + ".next"),
		RequestID: RequestID(r.Context()),
	}
	page.Operator = web.operator
	page.NoIndex = true
	if err := web.failure.Write(w, kind.Status(), &page); err != nil {
		web.Log.Error("render the error page", "cause", err)
		http.Error(w, page.Title, kind.Status())
	}
}

// Problem is an RFC 9457 problem.
type Problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	ID     string `json:"request_id,omitempty"`
}

func (web *Web) writeProblem(w http.ResponseWriter, r *http.Request, kind Kind) {
	p := web.Catalog.Printer(Lang(r))
	key := "failure." + kinds[kind].key
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(kind.Status())
	problem := Problem{p.T(key + ".title"), kind.Status(), p.T(key + ".next"), RequestID(r.Context())}
	if err := json.NewEncoder(w).Encode(problem); err != nil {
		web.Log.Info("write a problem", "cause", err)
	}
}
