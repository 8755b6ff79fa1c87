package search

import (
	"hash/maphash"
	"sync/atomic"
)

// stemCache keeps the stems of the words that were stemmed last: a question's words are
// stemmed several times each, and many questions have the same ones. It is safe for
// concurrent use without a lock: a slot holds one word with its stem, and the next word that
// falls into it takes its place.
type stemCache struct {
	seed  maphash.Seed
	slots [1 << 12]atomic.Pointer[stemmed]
}

// stemmed is a word with its stem.
type stemmed struct{ word, stem string }

// longestStemmed is how many bytes a word has at most that is kept: what is longer was not
// typed by a person.
const longestStemmed = 64

func newStemCache() *stemCache { return &stemCache{seed: maphash.MakeSeed()} }

// stem returns the stem of a word, computed by stem when it is not there.
func (c *stemCache) stem(word string, stem func(string) string) string {
	if len(word) > longestStemmed {
		return stem(word)
	}
	slot := &c.slots[maphash.String(c.seed, word)%uint64(len(c.slots))]
	if kept := slot.Load(); kept != nil && kept.word == word {
		return kept.stem
	}
	s := stem(word)
	slot.Store(&stemmed{word, s})
	return s
}
