package search

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// Recent keeps what was computed for the texts of late. It is safe for concurrent use without
// a lock: a slot holds one text with its value, and the next text that falls into it takes its
// place. Values are shared by all who ask: they must not be changed.
type Recent[V any] struct {
	seed    maphash.Seed
	slots   []atomic.Pointer[computed[V]]
	longest int
}

// computed is a text with its value.
type computed[V any] struct {
	text  string
	value V
}

// NewRecent returns a Recent of so many slots, for texts of at most so many bytes: longer ones
// are computed each time.
func NewRecent[V any](slots, longest int) *Recent[V] {
	return &Recent[V]{seed: maphash.MakeSeed(), slots: make([]atomic.Pointer[computed[V]], slots), longest: longest}
}

// Get returns the value of a text, from compute when it is not there.
func (r *Recent[V]) Get(text string, compute func(string) V) V {
	if len(text) > r.longest {
		return compute(text)
	}
	slot := &r.slots[maphash.String(r.seed, text)%uint64(len(r.slots))]
	if kept := slot.Load(); kept != nil && kept.text == text {
		return kept.value
	}
	value := compute(text)
	slot.Store(&computed[V]{strings.Clone(text), value}) // a part of a text would keep all of it
	return value
}
