package search

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"otvet/kb"
)

// ErrClosed is returned by an engine after Close.
var ErrClosed = errors.New("search engine is closed")

// Engine answers from the newest good content. It is safe for concurrent use.
type Engine struct {
	store      *Store // nil: everything is in memory only
	current    atomic.Pointer[snapshot]
	problems   atomic.Pointer[[]kb.Problem] // of the last content that was refused, or nil
	popularity atomic.Pointer[Popularity]   // see Prefer

	changing sync.Mutex // held by Swap and Close
	closed   atomic.Bool
}

// NewEngine indexes the library and returns an engine that serves it.
func NewEngine(lib *kb.Library) (*Engine, error) {
	s, err := newSnapshot(lib, true)
	if err != nil {
		return nil, fmt.Errorf("index content %s: %w", lib.Revision(), err)
	}
	return newEngine(s, nil), nil
}

func newEngine(s *snapshot, store *Store) *Engine {
	e := &Engine{store: store}
	e.current.Store(s)
	return e
}

// Open returns an engine on the content of fsys as it is at now. What the store has of that content
// is used as it is, and what it has not is loaded, indexed and stored. Content with problems gives
// these and no engine. A nil store keeps nothing.
func Open(fsys fs.FS, now time.Time, store *Store) (*Engine, []kb.Problem, error) {
	digest, err := kb.Digest(fsys)
	if err != nil {
		digest = "" // Load says what cannot be read
	}
	if s := store.find(digest, now); s != nil {
		return newEngine(s, store), nil, nil
	}
	lib, problems := kb.Load(fsys, now)
	if len(problems) > 0 {
		return nil, problems, nil
	}
	s, err := store.snapshot(lib, true)
	if err != nil {
		return nil, nil, fmt.Errorf("index content %s: %w", lib.Revision(), err)
	}
	return newEngine(s, store), nil, nil
}

// Close releases the index after its last reader. Searching then returns ErrClosed;
// Library and Status go on telling what served last.
func (e *Engine) Close() error {
	e.changing.Lock()
	defer e.changing.Unlock()
	if e.closed.Swap(true) {
		return nil
	}
	if err := e.current.Load().release(); err != nil {
		return fmt.Errorf("close search engine: %w", err)
	}
	return nil
}

// Library returns the library that serves now.
func (e *Engine) Library() *kb.Library { return e.current.Load().library }

// Swap indexes lib and puts it in the place of the one that serves. Questions being
// answered finish on the old one; there is no moment without content.
func (e *Engine) Swap(lib *kb.Library) error {
	e.changing.Lock()
	defer e.changing.Unlock()
	if e.closed.Load() {
		return ErrClosed
	}
	s, err := e.store.snapshot(lib, false)
	if err != nil {
		return fmt.Errorf("index content %s: %w", lib.Revision(), err)
	}
	old := e.current.Swap(s)
	e.problems.Store(nil)
	if err := old.release(); err != nil {
		return fmt.Errorf("close content %s: %w", old.revision, err)
	}
	return nil
}

// Status says what serves and what was wrong with the last content that was tried.
type Status struct {
	Revision string       `json:"revision"`
	LoadedAt time.Time    `json:"loaded_at"`
	Passages int          `json:"passages"`
	Problems []kb.Problem `json:"problems"` // of a newer content that was refused; empty when all is well
}

// Status returns the current status.
func (e *Engine) Status() Status {
	s := e.current.Load()
	status := Status{Revision: s.revision, LoadedAt: s.loaded, Passages: s.passages()}
	if problems := e.problems.Load(); problems != nil {
		status.Problems = *problems
	}
	return status
}

// Search returns the best passages for q. Errors: ErrEmpty, ErrTooLong, ErrText,
// ErrClosed.
func (e *Engine) Search(ctx context.Context, q Query) (Results, error) {
	return read(e, func(s *snapshot) (Results, error) {
		return remembered(s.caches.searches, q, func() (Results, error) { return s.search(ctx, q) })
	})
}

// Suggest is Search for a question that is still being typed: its last word may be
// unfinished. At most q.Limit hits (0 means 5), at most one a heading,
// without quote and explanation.
func (e *Engine) Suggest(ctx context.Context, q Query) (Results, error) {
	return read(e, func(s *snapshot) (Results, error) {
		return remembered(s.caches.unfinished, q, func() (Results, error) { return s.suggest(ctx, q, e.preferred()) })
	})
}

// Answer decides whether the content answers q. Errors: as Search.
func (e *Engine) Answer(ctx context.Context, q Query) (Answer, error) {
	return read(e, func(s *snapshot) (Answer, error) {
		return remembered(s.caches.answers, q, func() (Answer, error) { return s.answer(ctx, q) })
	})
}

// read runs f on the snapshot that serves and holds it open meanwhile.
func read[T any](e *Engine, f func(*snapshot) (T, error)) (T, error) {
	s := e.acquire()
	if s == nil {
		var none T
		return none, ErrClosed
	}
	result, err := f(s)
	if e := s.release(); e != nil {
		return result, errors.Join(err, e)
	}
	return result, err
}

// acquire holds the snapshot that serves, or returns nil when the engine is closed.
// A snapshot that closes between the look and the hold has a successor.
func (e *Engine) acquire() *snapshot {
	for !e.closed.Load() {
		if s := e.current.Load(); s.acquire() {
			return s
		}
	}
	return nil
}
