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
// processes may use one folder; whoever has no right to write to it, or no room, serves from
// memory, and the log says why. Everything in it can be made anew: it is safe to delete.
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
		snap := s.open(name)
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
	if snap := s.open(name); snap != nil {
		return snap, nil
	}
	analysed, err := analyse(lib, atOnce)
	if err != nil {
		return nil, err
	}
	err = s.disk.Write(name, func(d disk.Draft) error { return write(d, analysed) })
	s.warn("the index is not kept on disk: the next start will take longer", err)
	if err == nil {
		if snap := s.open(name); snap != nil {
			return snap, nil
		}
	}
	return analysed, analysed.inMemory()
}

// open opens a stored content. What cannot be used is discarded.
func (s *Store) open(name string) *snapshot {
	snap, err := s.read(name)
	switch {
	case err == nil:
		s.disk.Used(name)
		return snap
	case !errors.Is(err, fs.ErrNotExist):
		s.warn("the stored index cannot be used and is built anew", err)
		s.disk.Discard(name)
	}
	return nil
}

func (s *Store) read(name string) (*snapshot, error) {
	f, err := s.disk.Open(name)
	if err != nil {
		return nil, err
	}
	return generation{f}.open()
}

// warn logs an error, if it is one.
func (s *Store) warn(what string, err error) {
	if err != nil {
		s.log.Warn(what, "folder", s.disk.Dir(), "cause", err)
	}
}
