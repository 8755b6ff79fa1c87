package search

import (
	"encoding/binary"
	"errors"
	"math"
	"strings"

	"otvet/kb"
)

// tape is a part of a stored index on its way to disk or back: all its texts in one run, which
// anyone can read, and all its figures in another. Fields follow each other without names; a
// method writes its argument, or sets it to what was written, so that one list of fields serves
// both ways. Texts that were read are cut out of the run, which lives as long as they do.
//
// The first thing that does not fit is kept as err, and from then on nothing is read.
type tape struct {
	reading bool
	text    string // what is left of it
	figures []byte
	limit   int // stems that the vocabulary has: no termID read may reach it
	slab    []termID
	written strings.Builder
	err     error
}

// errTape is a tape that ends too early or holds what cannot be, or an index of bleve's that
// does not go with it.
var errTape = errors.New("fields do not fit the data")

var _ kb.Tape = (*tape)(nil)

// rewound returns a tape that reads what this one has written.
func (t *tape) rewound() *tape {
	return &tape{reading: true, text: t.written.String(), figures: t.figures}
}

func (t *tape) fail() {
	t.err = errTape
	t.figures, t.text = nil, ""
}

// finish returns what went wrong; data that are left over are wrong too.
func (t *tape) finish() error {
	if t.err == nil && t.reading && len(t.figures)+len(t.text) > 0 {
		t.fail()
	}
	return t.err
}

// Int implements kb.Tape.
func (t *tape) Int(n *int64) {
	if !t.reading {
		t.figures = binary.AppendVarint(t.figures, *n)
		return
	}
	v, size := binary.Varint(t.figures)
	if size <= 0 {
		t.fail()
		return
	}
	*n, t.figures = v, t.figures[size:]
}

// Count implements kb.Tape. What is counted takes a byte at least, so that no damage
// can ask for more memory than there are data.
func (t *tape) Count(n int) int {
	wide := int64(n)
	t.Int(&wide)
	if t.reading && (wide < 0 || wide > int64(len(t.figures)+len(t.text))) {
		t.fail()
	}
	if t.err != nil {
		return 0
	}
	return int(wide)
}

// String implements kb.Tape.
func (t *tape) String(s *string) {
	n := t.Count(len(*s))
	if !t.reading {
		t.written.WriteString(*s)
		return
	}
	if n > len(t.text) {
		t.fail()
		n = 0
	}
	*s, t.text = t.text[:n], t.text[n:]
}

// within is String for what mostly is a part of a text that is known anyway.
func (t *tape) within(whole string, part *string) {
	start, size := int64(strings.Index(whole, *part)), int64(len(*part))
	t.Int(&start)
	if start < 0 {
		t.String(part)
		return
	}
	t.Int(&size)
	if start+size < start || size < 0 || start+size > int64(len(whole)) {
		t.fail()
		return
	}
	*part = whole[start : start+size]
}

// strings passes texts that stand in the order of a list.
func (t *tape) strings(list *[]string) { *list = passed(t, *list, t.String) }

// passed passes each item of a list and returns the list.
func passed[T any](t *tape, items []T, each func(*T)) []T {
	if n := t.Count(len(items)); n != len(items) {
		items = make([]T, n)
	}
	for i := range items {
		each(&items[i])
	}
	return items
}

// room returns the next n figures of a size in bytes: to be filled, or as they were written.
func (t *tape) room(n, size int) []byte {
	if !t.reading {
		start := len(t.figures)
		t.figures = append(t.figures, make([]byte, n*size)...)
		return t.figures[start:]
	}
	if n > len(t.figures)/size {
		t.fail()
		return nil
	}
	data := t.figures[:n*size]
	t.figures = t.figures[n*size:]
	return data
}

// terms passes stems of the vocabulary, which must have been passed before.
func (t *tape) terms(list *[]termID) {
	n := t.Count(len(*list))
	data := t.room(n, 4)
	if !t.reading {
		for i, id := range *list {
			binary.LittleEndian.PutUint32(data[4*i:], uint32(id))
		}
		return
	}
	*list = t.cut(len(data) / 4)
	for i := range *list {
		id := binary.LittleEndian.Uint32(data[4*i:])
		if id >= uint32(t.limit) {
			t.fail()
			return
		}
		(*list)[i] = termID(id)
	}
}

// slabSize is how many stems are allocated at a time: passages have many short lists.
const slabSize = 1 << 14

// cut returns room for n stems.
func (t *tape) cut(n int) []termID {
	if n > len(t.slab) {
		t.slab = make([]termID, max(n, slabSize))
	}
	list := t.slab[:n:n]
	t.slab = t.slab[n:]
	return list
}

// numbers passes a list of numbers that take size bytes each.
func numbers[T any](t *tape, list *[]T, size int, put func([]byte, T), get func([]byte) T) {
	n := t.Count(len(*list))
	data := t.room(n, size)
	if !t.reading {
		for i, v := range *list {
			put(data[size*i:], v)
		}
		return
	}
	*list = make([]T, len(data)/size)
	for i := range *list {
		(*list)[i] = get(data[size*i:])
	}
}

func putInt[T ~int32](b []byte, v T) { binary.LittleEndian.PutUint32(b, uint32(v)) }
func getInt[T ~int32](b []byte) T    { return T(binary.LittleEndian.Uint32(b)) }
func putShort(b []byte, v float32)   { binary.LittleEndian.PutUint32(b, math.Float32bits(v)) }
func getShort(b []byte) float32      { return math.Float32frombits(binary.LittleEndian.Uint32(b)) }
func putFloat(b []byte, v float64)   { binary.LittleEndian.PutUint64(b, math.Float64bits(v)) }
func getFloat(b []byte) float64      { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// ints passes 32-bit numbers.
func ints[T ~int32](t *tape, list *[]T) { numbers(t, list, 4, putInt[T], getInt[T]) }

// shorts passes 32-bit fractions.
func (t *tape) shorts(list *[]float32) { numbers(t, list, 4, putShort, getShort) }

// floats passes 64-bit fractions.
func (t *tape) floats(list *[]float64) { numbers(t, list, 8, putFloat, getFloat) }

// hashes passes 64-bit numbers.
func (t *tape) hashes(list *[]uint64) {
	numbers(t, list, 8, binary.LittleEndian.PutUint64, binary.LittleEndian.Uint64)
}

// float passes one 64-bit fraction.
func (t *tape) float(x *float64) {
	if data := t.room(1, 8); !t.reading {
		putFloat(data, *x)
	} else if data != nil {
		*x = getFloat(data)
	}
}
