// Package disk keeps folders that are complete or not there, and tells when one is damaged.
//
// # Life of a folder
//
// [Store.Write] fills a new folder under a name that nobody looks for, writes a manifest with the
// checksum of each file, waits until all of it is on the disk, and renames it: a crash at any moment
// leaves the store as it was, and a remnant that a later Write removes. A folder is never
// changed after that, so that any number of processes can use one store without a lock: they read
// whole folders, and of two that write the same one the second finds it there. One that is
// removed while others read it stays readable for these, as files are on Unix; where it does
// not, it is not removed.
//
// # Trust
//
// Nothing of a folder should be used before [Folder.Copy] or [Folder.Check] found it to be as
// it was written. Checksums are CRC-32C: they guard against a failing disk, a truncated copy, another
// program's files, not against someone who means harm. What is read may be served as it is, HTML
// included, so that on Unix a store is neither read nor written where somebody else may write: it
// and the folders in it must belong to the user who runs the program, or to root, and
// their modes must not let a group or everybody write ([ErrUntrusted]). The folders above are the
// operator's affair, as those of the program are.
//
// The package knows nothing of what it keeps. It is apart from package search, which does no
// I/O by itself.
package disk

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// Store is a folder with the folders that are kept. It is safe for concurrent use, by several
// processes too.
type Store struct {
	dir string
	log *slog.Logger
}

// NewStore returns the store in dir, which need not exist before the first Write.
func NewStore(dir string, log *slog.Logger) *Store { return &Store{dir, log} }

// Dir returns where the store is.
func (s *Store) Dir() string { return s.dir }

// name is what folders are called: all others in the store's are left alone.
var name = regexp.MustCompile(`^[0-9a-f]{20}-[0-9]{8}$`)

// kept is how many folders stay: what is used, and what was used before, to which one may return.
const kept = 2

// What is being written and what is being removed have names of their own, and are left over
// from a crash when they are old.
const (
	unfinished = ".new-"
	discarded  = ".old-"
	stale      = time.Hour
)

var leftover = regexp.MustCompile(`^\.(new|old)-[0-9]+$`)

// Names returns the folders that are there, sorted.
func (s *Store) Names() []string {
	var names []string
	entries, _ := os.ReadDir(s.dir) // none, when it cannot be read
	for _, e := range entries {
		if e.IsDir() && name.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

// ErrUntrusted is a folder into which somebody else may have written.
var ErrUntrusted = errors.New("others may write there")

// Open returns a folder to read from; an error that is fs.ErrNotExist when there is none.
func (s *Store) Open(name string) (*Folder, error) {
	f := &Folder{dir: filepath.Join(s.dir, name)}
	for _, dir := range []string{s.dir, f.dir} {
		info, err := os.Stat(dir)
		if err == nil {
			err = trust(dir, info)
		}
		if err != nil {
			return nil, err
		}
		f.info = info
	}
	if err := f.readManifest(); err != nil {
		return nil, f.explain(err)
	}
	return f, nil
}

// Used notes that a folder is of use, so that others are removed before it.
func (s *Store) Used(name string) {
	now := time.Now()
	_ = os.Chtimes(filepath.Join(s.dir, name), now, now) // where nothing can be written, nothing is removed
}

// Write makes a folder of what fill puts into it. One of that name that is there already was
// made by another process; it stays. The name is 20 hexadecimal digits, a hyphen and 8 digits.
func (s *Store) Write(name string, fill func(Draft) error) error {
	if err := s.prepare(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(s.dir, unfinished)
	if err != nil {
		return err
	}
	if err = fill(Draft{dir}); err == nil {
		err = seal(dir)
	}
	if err == nil {
		err = s.publish(dir, name)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	s.tidy(name)
	return flush(s.dir)
}

// prepare makes the store's folder. The one above it may be shared with others, who may run
// as another user.
func (s *Store) prepare() error {
	if err := os.MkdirAll(filepath.Dir(s.dir), 0o755); err != nil {
		return err
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(s.dir)
	if err != nil {
		return err
	}
	return trust(s.dir, info)
}

// publish gives a folder its name, unless that is taken.
func (s *Store) publish(dir, name string) error {
	err := os.Rename(dir, filepath.Join(s.dir, name))
	if errors.Is(err, fs.ErrExist) {
		return os.RemoveAll(dir)
	}
	return err
}

// Discard removes a folder; under another name first, so that nobody opens half of it.
func (s *Store) Discard(name string) {
	dir, err := os.MkdirTemp(s.dir, discarded)
	if err == nil {
		err = errors.Join(os.Rename(filepath.Join(s.dir, name), filepath.Join(dir, name)), os.RemoveAll(dir))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // else another process was faster
		s.log.Warn("a stored index cannot be removed", "folder", s.dir, "name", name, "cause", err)
	}
}

// tidy removes all folders but the last ones used, and what crashes have left.
func (s *Store) tidy(newest string) {
	var old []fs.FileInfo
	entries, _ := os.ReadDir(s.dir)
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil || !e.IsDir() || e.Name() == newest:
		case name.MatchString(e.Name()):
			old = append(old, info)
		case leftover.MatchString(e.Name()) && time.Since(info.ModTime()) > stale:
			if err := os.RemoveAll(filepath.Join(s.dir, e.Name())); err != nil {
				s.log.Warn("what a crash has left cannot be removed", "folder", s.dir, "cause", err)
			}
		}
	}
	slices.SortFunc(old, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, info := range old[min(len(old), kept-1):] {
		s.Discard(info.Name())
	}
}

// flush makes sure that a file's bytes, or a folder's names, are on the disk.
func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
