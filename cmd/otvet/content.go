package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"otvet/content"
	"otvet/kb"
	"otvet/search"
)

// fsys returns the folder of articles to use.
func (c contentFlags) fsys() fs.FS {
	if c.Content == "" {
		return content.Content()
	}
	return os.DirFS(string(c.Content))
}

// name is what the content is called in messages.
func (c contentFlags) name() string {
	if c.Content == "" {
		return "the compiled-in content"
	}
	return string(c.Content)
}

// engine opens the content: indexed in the store, or loaded and indexed now; a nil store
// keeps nothing.
func (c contentFlags) engine(store *search.Store) (*search.Engine, error) {
	engine, problems, err := search.Open(c.fsys(), time.Now(), store)
	switch {
	case err != nil:
		return nil, fmt.Errorf("load %s: %w", c.name(), err)
	case len(problems) > 0:
		return nil, &problemsError{c, problems}
	}
	return engine, nil
}

// noIndexDir is the value of --index-dir that asks to keep nothing.
const noIndexDir = "none"

// store returns where indexes are kept, by default in standard; nil when they are not kept.
func (f indexFlags) store(standard string, log *slog.Logger) *search.Store {
	dir := cmp.Or(f.IndexDir, standard, noIndexDir)
	if dir == noIndexDir {
		return nil
	}
	return search.NewStore(dir, log)
}

// place returns a problem with a path that an editor can open.
func (c contentFlags) place(p kb.Problem) kb.Problem {
	p.File = c.path(p.File)
	return p
}

// path returns a file of the content as an editor can open it.
func (c contentFlags) path(file string) string {
	return filepath.Join(string(c.Content), filepath.FromSlash(file))
}

// problemsError is content that cannot serve.
type problemsError struct {
	content  contentFlags
	problems []kb.Problem
}

// Error lists the problems, one a line.
func (e *problemsError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s has problems and cannot be served", e.content.name())
	for _, p := range e.problems {
		fmt.Fprintf(&b, "\n%s", e.content.place(p))
	}
	return b.String()
}
