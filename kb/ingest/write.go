package ingest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"otvet/kb"
)

// maxExisting is the size of the largest file of the target folder that is looked at, one
// byte more than kb reads.
const maxExisting = 256<<10 + 1

// readExisting reads the content of the target folder, if there is one.
func (r *run) readExisting() error {
	r.existing = map[string][]byte{}
	info, err := os.Stat(r.Into)
	switch {
	case isMissing(err):
		return nil
	case err != nil:
		return fmt.Errorf("look at %s: %w", r.Into, err)
	case !info.IsDir():
		return fmt.Errorf("%w: %s is not a folder", ErrUsage, r.Into)
	}
	root, err := os.OpenRoot(r.Into)
	if err != nil {
		return fmt.Errorf("open %s: %w", r.Into, err)
	}
	defer root.Close()
	for _, locale := range kb.Locales() {
		if err := r.readLocale(root.FS(), string(locale)); err != nil {
			return fmt.Errorf("read %s: %w", r.Into, err)
		}
	}
	return nil
}

// readLocale reads the files of one language.
func (r *run) readLocale(fsys fs.FS, locale string) error {
	return fs.WalkDir(fsys, locale, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case isMissing(err):
			return nil
		case err != nil:
			return err
		case entry.IsDir() && isHidden(path.Base(name)):
			return fs.SkipDir
		case entry.IsDir() || isHidden(path.Base(name)):
			return nil
		case !entry.Type().IsRegular():
			r.existing[name] = nil // in the way, but not to be read
			return nil
		}
		r.existing[name], err = readExistingFile(fsys, name)
		return err
	})
}

// readExistingFile reads as much of a file as is looked at.
func readExistingFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxExisting))
}

// write puts the files into the target folder, categories first, and completes the items.
func (r *run) write(ctx context.Context) error {
	for _, locale := range kb.Locales() {
		for _, a := range r.additions(locale) {
			r.items = append(r.items, a.item)
		}
	}
	for _, a := range r.live() {
		a.item.File = a.file(r.Kind)
		for _, s := range a.sections {
			if s.item != nil {
				s.item.File = a.item.File + "#" + s.anchor
			}
		}
	}
	if r.DryRun || len(r.files) == 0 {
		return nil
	}
	return r.writeAll(ctx)
}

// writeAll writes through a root, which no name and no link leads out of.
func (r *run) writeAll(ctx context.Context) error {
	if err := os.MkdirAll(r.Into, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	root, err := os.OpenRoot(r.Into)
	if err != nil {
		return fmt.Errorf("open %s: %w", r.Into, err)
	}
	defer root.Close()
	swept := map[string]bool{}
	for i, name := range slices.SortedFunc(maps.Keys(r.files), categoriesFirst) {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped after %d of %d files: %w", i, len(r.files), err)
		}
		if dir := path.Dir(name); !swept[dir] {
			swept[dir] = true
			sweep(root, dir)
		}
		if err := r.writeFile(root, name, r.files[name]); err != nil {
			return fmt.Errorf("write %s, after %d of %d files: %w", path.Join(r.Into, name), i, len(r.files), err)
		}
	}
	return nil
}

// What a file is called until it is whole, and after which time it has been left behind by
// a run that was killed.
const (
	temporaryPrefix = ".import-"
	leftAfter       = time.Hour
)

// sweep removes what killed runs have left in a folder. What cannot be removed stays: it
// is in nobody's way.
func sweep(root *os.Root, dir string) {
	entries, _ := fs.ReadDir(root.FS(), dir)
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && info.Mode().IsRegular() && strings.HasPrefix(entry.Name(), temporaryPrefix) && time.Since(info.ModTime()) > leftAfter {
			_ = root.Remove(path.Join(dir, entry.Name()))
		}
	}
}

// categoriesFirst orders files so that no article is there before its category.
func categoriesFirst(a, b string) int {
	isList := func(name string) int { return strings.Count(name, "/") }
	if isList(a) != isList(b) {
		return isList(a) - isList(b)
	}
	return strings.Compare(a, b)
}

// writeFile writes a file whole or not at all: a reader never sees half of it, and a name
// with a dot in front is passed over by whoever watches the folder.
func (r *run) writeFile(root *os.Root, name string, text []byte) (err error) {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	if err := r.unchanged(root, name); err != nil {
		return err
	}
	temporary := path.Join(path.Dir(name), temporaryPrefix+rand.Text())
	defer func() {
		if err != nil {
			_ = root.Remove(temporary)
		}
	}()
	f, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return root.Rename(temporary, name)
}

// unchanged returns an error when a file is not what it was when the run began: somebody
// has written to it meanwhile, and their work must not be lost. A link that was there is
// replaced, and never followed.
func (r *run) unchanged(root *os.Root, name string) error {
	was, there := r.existing[name]
	info, err := root.Lstat(name)
	switch {
	case isMissing(err) && !there:
		return nil
	case err != nil && !isMissing(err):
		return err
	case err == nil && !there:
		return errors.New("it has come into being meanwhile: run again")
	case err == nil && was == nil && !info.Mode().IsRegular():
		return nil
	case err == nil && info.Mode().IsRegular():
		is, err := readExistingFile(root.FS(), name)
		if err != nil || bytes.Equal(was, is) {
			return err
		}
	}
	return errors.New("it has changed meanwhile: run again")
}
