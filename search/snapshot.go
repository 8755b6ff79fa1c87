package search

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"otvet/kb"
)

// snapshot is a library with the indexes of its languages, never changed once made. The indexes
// close when the last reader has released it.
type snapshot struct {
	library        *kb.Library
	revision       string
	loaded         time.Time
	indexes        map[kb.Locale]*index
	transliterator *Transliterator
	atOnce         bool // fill all languages at once
	caches         caches
	readers        atomic.Int64 // the engine's own hold counts as one
}

// emptySnapshot is a snapshot without indexes. Those of its languages are made at once where
// somebody waits for it, or one after the other, which leaves processors to those who ask meanwhile.
func emptySnapshot(lib *kb.Library, atOnce bool) *snapshot {
	s := &snapshot{
		library: lib, revision: lib.Revision(), loaded: time.Now(),
		indexes: map[kb.Locale]*index{}, transliterator: NewTransliterator(), atOnce: atOnce, caches: newCaches(),
	}
	s.readers.Store(1)
	return s
}

// newSnapshot indexes a library in memory.
func newSnapshot(lib *kb.Library, atOnce bool) (*snapshot, error) {
	s, err := analyse(lib, atOnce)
	if err != nil {
		return nil, err
	}
	return s, s.inMemory()
}

// analyse indexes a library, but for bleve's part.
func analyse(lib *kb.Library, atOnce bool) (*snapshot, error) {
	s := emptySnapshot(lib, atOnce)
	return s, s.fill(func(loc kb.Locale) (*index, error) {
		return newIndex(loc, lib.Passages(loc), lib.Synonyms(loc), s.transliterator)
	})
}

// fill makes the index of each language.
func (s *snapshot) fill(one func(kb.Locale) (*index, error)) error {
	limitClauses()
	locales := kb.Locales()
	indexes, errs := make([]*index, len(locales)), make([]error, len(locales))
	var all sync.WaitGroup
	for i, loc := range locales {
		if build := func() { indexes[i], errs[i] = one(loc) }; s.atOnce {
			all.Go(build)
		} else {
			build()
		}
	}
	all.Wait()
	for i, loc := range locales {
		if errs[i] != nil {
			errs[i] = fmt.Errorf("index %s: %w", loc, errs[i])
			continue
		}
		s.indexes[loc] = indexes[i]
	}
	return errors.Join(errs...)
}

// inMemory gives a snapshot that was analysed all that it needs to serve without a disk. What was
// analysed goes over a tape and back: one form of an index serves, wherever it came from, and
// the scraps of its making are left behind.
func (s *snapshot) inMemory() error {
	err := s.fill(func(loc kb.Locale) (*index, error) {
		var t tape
		s.indexes[loc].transfer(&t)
		x, err := readIndex(loc, s.library.Passages(loc), s.transliterator, t.rewound())
		if err != nil {
			return nil, err
		}
		return x, x.inMemory()
	})
	if err != nil {
		return errors.Join(err, s.close())
	}
	return nil
}

// acquire takes a hold on the snapshot, unless its last reader has gone.
func (s *snapshot) acquire() bool {
	for {
		n := s.readers.Load()
		if n == 0 {
			return false
		}
		if s.readers.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// release gives a hold back; the last one closes the indexes.
func (s *snapshot) release() error {
	if s.readers.Add(-1) > 0 {
		return nil
	}
	return s.close()
}

// close closes what is open.
func (s *snapshot) close() error {
	var errs []error
	for _, x := range s.indexes {
		errs = append(errs, x.close())
	}
	return errors.Join(errs...)
}

// passages returns how many passages can be found.
func (s *snapshot) passages() int {
	n := 0
	for _, x := range s.indexes {
		n += len(x.entries)
	}
	return n
}
