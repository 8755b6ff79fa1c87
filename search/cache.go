package search

import (
	"hash/maphash"
	"maps"
	"slices"
	"sync/atomic"
	"unsafe"

	"otvet/kb"
)

// cache keeps what a snapshot found for the questions of late, in memory only and as long as
// the snapshot. It holds at most cacheSets*cacheWays values of at most cacheValue bytes each,
// so 4 MiB. It is safe for concurrent use without a lock: a value has a few slots to be in,
// and when two questions take the same slot at once, one of them is asked again some day.
//
// The key is the query as it was asked: a reading and the parts of an answer keep the
// person's own letters.
type cache[T any] struct {
	seed      maphash.Seed
	sets      [cacheSets][cacheWays]atomic.Pointer[cached[T]]
	forgotten atomic.Uint64 // how often all was forgotten
}

const (
	cacheSets  = 128
	cacheWays  = 4
	cacheValue = 8 << 10
)

// cached is a value with the query that it is for.
type cached[T any] struct {
	query     Query
	value     T
	forgotten uint64      // the cache's when it was asked for: what was under way is forgotten too
	used      atomic.Bool // since a newcomer last looked for a slot
}

func newCache[T any]() *cache[T] { return &cache[T]{seed: maphash.MakeSeed()} }

// cacheKey returns what a query has in common with those that get the same.
func cacheKey(q Query) Query {
	if !q.Locale.Valid() {
		q.Locale = kb.EN
	}
	return q
}

// get returns the value of a key.
func (c *cache[T]) get(key Query) (value T, ok bool) {
	set, forgotten := c.set(key), c.forgotten.Load()
	for i := range set {
		if kept := set[i].Load(); kept != nil && kept.query == key && kept.forgotten == forgotten {
			if !kept.used.Load() {
				kept.used.Store(true)
			}
			return kept.value, true
		}
	}
	return value, false
}

// put keeps a value of so many bytes in the place of one that nobody has asked for lately.
func (c *cache[T]) put(value *cached[T], size int) {
	if size+len(value.query.Text) > cacheValue {
		return
	}
	set := c.set(value.query)
	slot := &set[0] // when all are in use
	for i := range set {
		kept := set[i].Load()
		if kept == nil || !kept.used.Swap(false) {
			slot = &set[i]
			break
		}
	}
	slot.Store(value)
}

func (c *cache[T]) set(key Query) *[cacheWays]atomic.Pointer[cached[T]] {
	return &c.sets[maphash.Comparable(c.seed, key)%cacheSets]
}

// forget empties the cache, of what is being asked for as well.
func (c *cache[T]) forget() {
	c.forgotten.Add(1)
	for i := range c.sets {
		for j := range c.sets[i] {
			c.sets[i][j].Store(nil)
		}
	}
}

// copyFor returns a copy that whoever asked q may change.
func (a Answer) copyFor(q Query) Answer {
	a.Query, a.Reading.Changes, a.Parts = q, slices.Clone(a.Reading.Changes), slices.Clone(a.Parts)
	for i, part := range a.Parts {
		a.Parts[i] = part.copyFor(part.Query)
	}
	a.Passages, a.Citations, a.Related = slices.Clone(a.Passages), slices.Clone(a.Citations), slices.Clone(a.Related)
	a.Explanation = slices.Clone(a.Explanation)
	return a
}

// size returns how many bytes keeping the answer takes; texts are the library's.
func (a Answer) size() int {
	parts := 0
	for _, part := range a.Parts {
		parts += part.size()
	}
	return parts + len(a.Reading.Text) + int(unsafe.Sizeof(a)) + (len(a.Passages)+len(a.Related))*int(unsafe.Sizeof(kb.Passage{})) +
		len(a.Citations)*int(unsafe.Sizeof(kb.Citation{})) + sizeOf(a.Explanation)
}

// copyFor returns a copy that whoever asked q may change.
func (r Results) copyFor(q Query) Results {
	r.Query, r.Reading.Changes = q, slices.Clone(r.Reading.Changes)
	r.Counts.Kinds, r.Counts.Categories = maps.Clone(r.Counts.Kinds), maps.Clone(r.Counts.Categories)
	r.Hits = slices.Clone(r.Hits)
	for i := range r.Hits {
		r.Hits[i].Heading, r.Hits[i].Quoted = slices.Clone(r.Hits[i].Heading), slices.Clone(r.Hits[i].Quoted)
		r.Hits[i].Explanation = slices.Clone(r.Hits[i].Explanation)
	}
	return r
}

// size returns how many bytes keeping the results takes; texts are the library's.
func (r Results) size() int {
	n := int(unsafe.Sizeof(r)) + len(r.Reading.Text) + 32*(len(r.Counts.Kinds)+len(r.Counts.Categories))
	for _, h := range r.Hits {
		n += (len(h.Heading)+len(h.Quoted))*int(unsafe.Sizeof(Span{})) + int(unsafe.Sizeof(h)) + sizeOf(h.Explanation)
	}
	return n
}

func sizeOf(texts []string) int {
	n := 0
	for _, text := range texts {
		n += int(unsafe.Sizeof(text)) + len(text)
	}
	return n
}

// caches are those of one snapshot.
type caches struct {
	answers              *cache[Answer]
	searches, unfinished *cache[Results]
}

func newCaches() caches {
	return caches{newCache[Answer](), newCache[Results](), newCache[Results]()}
}

// value is what a cache may hold.
type value[T any] interface {
	copyFor(Query) T
	size() int
}

// remembered returns what the cache has for a query, or else asks and keeps it. An error is
// never kept.
//
// Questions are personal data: what is kept is never written anywhere.
func remembered[T value[T]](c *cache[T], q Query, ask func() (T, error)) (T, error) {
	if c == nil || checkText(q.Text) != nil {
		return ask()
	}
	key, forgotten := cacheKey(q), c.forgotten.Load()
	if kept, ok := c.get(key); ok {
		return kept.copyFor(q), nil
	}
	found, err := ask()
	if err == nil {
		c.put(&cached[T]{query: key, value: found.copyFor(q), forgotten: forgotten}, found.size())
	}
	return found, err
}
