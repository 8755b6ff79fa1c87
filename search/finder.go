package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
)

// finder finds the passages that hold stems in the order that a disjunction of bleve would
// (tf-idf, times the share of the stems that a passage holds). bleve keeps the postings,
// packed; those of a stem are unpacked when a question first names it and stay so. A
// question has synonyms and relatives for most of its words, and walking dozens of packed
// lists in step takes ten times as long as adding up plain ones.
type finder struct {
	unpacked []atomic.Pointer[[]posting] // by termID; nil when nobody has asked yet
	stems    []string                    // by termID
	passages int
	unpack   func(stem string) ([]posting, error)
	close    func() error
	scratch  sync.Pool // of *tally
}

// posting is a passage that holds a stem.
type posting struct {
	place  int32   // in the library
	weight float32 // the root of how often, over the root of the passage's length
}

// newFinder reads from an index of so many passages, whose document IDs are their places.
func newFinder(b bleve.Index, stems []string, passages int) (*finder, error) {
	advanced, err := b.Advanced()
	if err != nil {
		return nil, fmt.Errorf("read postings: %w", err)
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, fmt.Errorf("read postings: %w", err)
	}
	f := &finder{unpacked: make([]atomic.Pointer[[]posting], len(stems)), stems: stems, passages: passages, close: reader.Close}
	f.scratch.New = func() any { return &tally{of: make([]score, passages)} }
	ids, err := reader.DocIDReaderAll()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read postings: %w", err), f.close())
	}
	docs := newDocuments(passages)
	for id, err := ids.Next(); id != nil || err != nil; id, err = ids.Next() {
		var name string
		if err == nil {
			name, err = reader.ExternalID(id)
		}
		if err == nil {
			err = docs.add(id.Value(), name)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("read postings: %w", err), ids.Close(), f.close())
		}
	}
	if err := errors.Join(docs.complete(), ids.Close()); err != nil {
		return nil, errors.Join(fmt.Errorf("read postings: %w", err), f.close())
	}
	f.unpack = func(stem string) ([]posting, error) {
		list, err := reader.TermFieldReader(context.Background(), []byte(stem), everything, true, true, false)
		if err != nil {
			return nil, err
		}
		found := make([]posting, 0, list.Count())
		doc, err := list.Next(nil)
		for ; doc != nil && err == nil; doc, err = list.Next(doc.Reset()) {
			found = append(found, posting{docs.places[doc.ID.Value()], float32(math.Sqrt(float64(doc.Freq)) * doc.Norm)})
		}
		return found, errors.Join(err, list.Close())
	}
	return f, nil
}

// postings returns the passages that hold a stem.
func (f *finder) postings(id termID) ([]posting, error) {
	if list := f.unpacked[id].Load(); list != nil {
		return *list, nil
	}
	list, err := f.unpack(f.stems[id])
	if err != nil {
		return nil, fmt.Errorf("read postings: %w", err)
	}
	f.unpacked[id].Store(&list)
	return list, nil
}

// find returns the places of up to n passages, of the accepted ones unless accept is nil, that hold any of the weighted stems, the best
// first, equals in the order of the library.
func (f *finder) find(terms []weightedTerm, n int, accept func(place int32) bool) ([]int32, error) {
	t := f.scratch.Get().(*tally)
	defer f.giveBack(t)
	for _, term := range terms {
		list, err := f.postings(term.id)
		if err != nil {
			return nil, err
		}
		idf := 1 + math.Log(float64(f.passages)/float64(len(list)+1))
		t.add(list, term.weight*idf*idf)
	}
	return t.best(n, accept), nil
}

// giveBack lets another question use the memory.
func (f *finder) giveBack(t *tally) {
	for _, place := range t.touched {
		t.of[place] = score{}
	}
	t.touched = t.touched[:0]
	f.scratch.Put(t)
}

// tally adds up what the passages get for one question.
type tally struct {
	of      []score // by place
	touched []int32 // places with stems
}

// score is what a passage got for how many stems.
type score struct {
	sum   float64
	stems int32
}

func (t *tally) add(list []posting, weight float64) {
	for _, p := range list {
		of := &t.of[p.place]
		if of.stems == 0 {
			t.touched = append(t.touched, p.place)
		}
		of.stems++
		of.sum += weight * float64(p.weight)
	}
}

// best returns the accepted places of the n highest scores, in order.
func (t *tally) best(n int, accept func(place int32) bool) []int32 {
	kept := make([]int32, 0, n) // a heap, the worst on top
	least := math.Inf(-1)       // of a heap that is full
	for _, place := range t.touched {
		of := &t.of[place]
		of.sum *= float64(of.stems)
		switch {
		case of.sum < least, accept != nil && !accept(place):
		case len(kept) < n:
			kept = append(kept, place)
			for i := len(kept) - 1; i > 0 && t.worse(kept[i], kept[(i-1)/2]); i = (i - 1) / 2 {
				kept[i], kept[(i-1)/2] = kept[(i-1)/2], kept[i]
			}
		case t.worse(kept[0], place):
			kept[0] = place
			t.sink(kept)
		}
		if len(kept) == n {
			least = t.of[kept[0]].sum
		}
	}
	slices.SortFunc(kept, func(a, b int32) int { return cmp.Or(cmp.Compare(t.of[b].sum, t.of[a].sum), cmp.Compare(a, b)) })
	return kept
}

// worse reports whether a stands behind b.
func (t *tally) worse(a, b int32) bool {
	if t.of[a].sum != t.of[b].sum {
		return t.of[a].sum < t.of[b].sum
	}
	return a > b
}

// sink moves the top of a heap down to where it belongs.
func (t *tally) sink(heap []int32) {
	for i := 0; ; {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if t.worse(heap[child], heap[worst]) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		heap[i], heap[worst] = heap[worst], heap[i]
		i = worst
	}
}
