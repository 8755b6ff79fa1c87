package main

import (
	"fmt"
	"io/fs"
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

// load reads the content. Content with problems is an error that lists them.
func (c contentFlags) load() (*kb.Library, error) {
	library, problems := kb.Load(c.fsys(), time.Now())
	if len(problems) > 0 {
		return nil, &problemsError{c, problems}
	}
	return library, nil
}

// engine loads the content and indexes it.
func (c contentFlags) engine() (*search.Engine, error) {
	library, err := c.load()
	if err != nil {
		return nil, err
	}
	engine, err := search.NewEngine(library)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", c.name(), err)
	}
	return engine, nil
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
