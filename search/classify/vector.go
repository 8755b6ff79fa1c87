package classify

import (
	"math"
	"slices"
)

// vector is a text: the IDs of its features, ascending, and their values. Its length is 1,
// or 0 when nothing in it is known.
type vector struct {
	ids    []int32
	values []float32
}

// vector weighs the features of a text: (1 + ln tf)·weight, where each block has the
// length of blockLengths and the whole the length 1. Familiar is the share of what the
// text says, pairs left out, that some example says too: 0 to 1, 0 for an empty text.
func (d *dictionary) vector(text string) (v vector, familiar float64) {
	var known, strange float64
	features(text, func(b block, f feature) {
		id, ok := d.ids[f]
		if ok {
			v.ids = append(v.ids, id)
		}
		switch {
		case b == pair: // new pairs of known words say little that is new
		case ok:
			known += square(float64(d.weights[id]))
		default:
			strange += square(d.strange)
		}
	})
	slices.Sort(v.ids)
	d.weigh(&v)
	if known > 0 {
		familiar = known / (known + strange)
	}
	return v, familiar
}

// weigh makes one ID of equal ones and sets the values.
func (d *dictionary) weigh(v *vector) {
	var squares [blocks]float64
	kept := v.ids[:0]
	v.values = make([]float32, 0, len(v.ids))
	for i := 0; i < len(v.ids); {
		id, times := v.ids[i], 0
		for ; i < len(v.ids) && v.ids[i] == id; i++ {
			times++
		}
		value := (1 + math.Log(float64(times))) * float64(d.weights[id])
		kept, v.values = append(kept, id), append(v.values, float32(value))
		squares[d.blocks[id]] += square(value)
	}
	v.ids = kept
	scale, whole := blockLengths(), 0.0
	for b, s := range squares {
		if s > 0 {
			whole += square(scale[b])
			scale[b] /= math.Sqrt(s)
		}
	}
	for i, id := range v.ids {
		v.values[i] *= float32(scale[d.blocks[id]] / math.Sqrt(whole))
	}
}

func square(x float64) float64 { return x * x }
