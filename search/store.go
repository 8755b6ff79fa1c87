package search

import (
	"errors"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"time"

	"otvet/kb"
	"otvet/search/disk"
)

// Store is a folder in which analysed content is kept from one start to the next. Any number of
// processes may use one folder; whoever has no right to use it, or no room, or finds that others
// may write to it, serves from memory, and the log says why. Everything in it can be made anew: it is safe to delete.
//
// Each content has a folder of its own there, named by what decides what is in it; see generation.
type Store struct {
	disk *disk.Store
	log  *slog.Logger
}

// NewStore returns the store in a folder, which need not exist yet.
func NewStore(dir string, log *slog.Logger) *Store { return &Store{disk.NewStore(dir, log), log} }

// find opens what the store has of a content as it is at now; nil when that is nothing, or nothing
// that can be used.
func (s *Store) find(digest string, now time.Time) *snapshot {
	if s == nil || digest == "" {
		return nil
	}
	for _, name := range slices.Backward(s.disk.Names()) {
		if !strings.HasPrefix(name, key(digest)) || sinceOf(name).After(now) {
			continue
		}
		snap, err := s.open(name)
		if err != nil {
			return nil // snapshot tries again, and says so
		}
		if snap == nil || !snap.library.Due(now) {
			return snap
		}
		s.warn("close stored index", snap.close())
		return nil
	}
	return nil
}

// snapshot returns a library ready to serve: from the store, or analysed, put into the store and
// opened there, or else in memory.
func (s *Store) snapshot(lib *kb.Library, atOnce bool) (*snapshot, error) {
	if s == nil || lib.Digest() == "" {
		return newSnapshot(lib, atOnce)
	}
	name := nameOf(lib)
	stored, unread := s.open(name)
	if stored != nil {
		return stored, nil
	}
	analysed, err := analyse(lib, atOnce)
	if err != nil {
		return nil, err
	}
	if unread == nil {
		stored, unread = s.keep(name, analysed)
	}
	if stored != nil {
		return stored, nil
	}
	s.warn("served without the index on disk: starts take longer", unread)
	return analysed, analysed.inMemory()
}

// keep puts what was analysed into the store and opens it there.
func (s *Store) keep(name string, analysed *snapshot) (*snapshot, error) {
	if err := s.disk.Write(name, func(d disk.Draft) error { return write(d, analysed) }); err != nil {
		return nil, err
	}
	return s.open(name)
}

// open opens a stored content; nil when there is none. What is wrong for good is discarded. What cannot
// be read for another reason, for want of a right, of file descriptors, or of bleve's lock, is an
// error: it may serve the next start, and may be serving another process now.
func (s *Store) open(name string) (*snapshot, error) {
	snap, err := s.read(name)
	switch {
	case err == nil:
		s.disk.Used(name)
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case errors.Is(err, disk.ErrDamaged), errors.Is(err, disk.ErrForeign), errors.Is(err, errTape):
		s.warn("the stored index cannot be used and is built anew", err)
		s.disk.Discard(name)
		return nil, nil
	}
	return snap, err
}

func (s *Store) read(name string) (*snapshot, error) {
	f, err := s.disk.Open(name)
	if err != nil {
		return nil, err
	}
	snap, err := generation{f}.open()
	if err != nil && f.Gone() {
		return nil, fs.ErrNotExist // another process has tidied up
	}
	return snap, err
}

// warn logs an error, if it is one.
func (s *Store) warn(what string, err error) {
	if err != nil {
		s.log.Warn(what, "folder", s.disk.Dir(), "cause", err)
	}
}
