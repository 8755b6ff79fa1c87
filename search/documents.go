package search

import (
	"fmt"
	"strconv"
)

// documents are which passages bleve's documents are: each passage is one of them, once.
type documents struct {
	places []int32 // by bleve's number
	seen   []bool  // by place
	n      int
}

func newDocuments(passages int) *documents {
	return &documents{places: make([]int32, passages), seen: make([]bool, passages)}
}

// add notes the document of a number, whose ID is the place of its passage.
func (d *documents) add(number uint64, id string) error {
	place, err := strconv.Atoi(id)
	if err != nil || place < 0 || place >= len(d.seen) || number >= uint64(len(d.places)) || d.seen[place] {
		return fmt.Errorf("document %d is %q of %d: %w", number, id, len(d.seen), errTape)
	}
	d.places[number], d.seen[place] = int32(place), true
	d.n++
	return nil
}

// complete returns an error when a passage is missing.
func (d *documents) complete() error {
	if d.n < len(d.seen) {
		return fmt.Errorf("%d documents for %d passages: %w", d.n, len(d.seen), errTape)
	}
	return nil
}
