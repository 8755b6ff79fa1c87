package search

import (
	"context"
	"io/fs"
	"log/slog"
	"time"

	"otvet/kb"
)

// Engine answers from the newest good content. It is safe for concurrent use.
type Engine struct{}

// NewEngine indexes the library and returns an engine that serves it.
func NewEngine(lib *kb.Library) (*Engine, error) { panic("unbuilt") }

// Close releases the index after its last reader.
func (e *Engine) Close() error { panic("unbuilt") }

// Library returns the library that serves now.
func (e *Engine) Library() *kb.Library { panic("unbuilt") }

// Swap indexes lib and puts it in the place of the one that serves.
func (e *Engine) Swap(lib *kb.Library) error { panic("unbuilt") }

// Status says what serves and what was wrong with the last content that was tried.
type Status struct {
	Revision string       `json:"revision"`
	LoadedAt time.Time    `json:"loaded_at"`
	Passages int          `json:"passages"`
	Problems []kb.Problem `json:"problems"` // of a newer content that was refused; empty when all is well
}

// Status returns the current status.
func (e *Engine) Status() Status { panic("unbuilt") }

// Watch looks at fsys every interval until ctx ends and swaps in changed content
// that has no problems; content with problems is logged, kept in Status and not
// served. A Terms version that takes effect is a change too.
func (e *Engine) Watch(ctx context.Context, fsys fs.FS, every time.Duration, log *slog.Logger) {
	panic("unbuilt")
}

// Search returns the best passages for q. Errors: ErrEmpty, ErrTooLong, ErrText.
func (e *Engine) Search(ctx context.Context, q Query) (Results, error) { panic("unbuilt") }

// Suggest is Search for a question that is still being typed: its last word may be
// unfinished. At most q.Limit hits (0 means 5), at most one a heading.
func (e *Engine) Suggest(ctx context.Context, q Query) (Results, error) { panic("unbuilt") }

// Answer decides whether the content answers q. Errors: as Search.
func (e *Engine) Answer(ctx context.Context, q Query) (Answer, error) { panic("unbuilt") }
