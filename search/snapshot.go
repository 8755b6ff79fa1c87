package search

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"otvet/kb"
)

// snapshot is a library with the indexes of its languages, never changed after
// newSnapshot. The indexes close when the last reader has released it.
type snapshot struct {
	library        *kb.Library
	revision       string
	loaded         time.Time
	indexes        map[kb.Locale]*index
	transliterator *Transliterator
	caches         caches
	readers        atomic.Int64 // the engine's own hold counts as one
}

// newSnapshot indexes the languages of a library: at once where somebody waits for it, or one
// after the other, which leaves processors to those who ask meanwhile.
func newSnapshot(lib *kb.Library, atOnce bool) (*snapshot, error) {
	s := &snapshot{
		library: lib, revision: lib.Revision(), loaded: time.Now(),
		indexes: map[kb.Locale]*index{}, transliterator: NewTransliterator(), caches: newCaches(),
	}
	s.readers.Store(1)
	locales := kb.Locales()
	indexes, errs := make([]*index, len(locales)), make([]error, len(locales))
	var all sync.WaitGroup
	for i, loc := range locales {
		build := func() {
			if indexes[i], errs[i] = newIndex(loc, lib.Passages(loc), lib.Synonyms(loc)); errs[i] == nil {
				indexes[i].transliterator = s.transliterator
				indexes[i].skeletons = skeletons(indexes[i].vocabulary, s.transliterator)
			}
		}
		if atOnce {
			all.Go(build)
		} else {
			build()
		}
	}
	all.Wait()
	for i, loc := range locales {
		if errs[i] == nil {
			s.indexes[loc] = indexes[i]
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
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
