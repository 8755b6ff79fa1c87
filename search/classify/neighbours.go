package classify

// neighbours find the example that is most alike a text.
type neighbours struct {
	examples []Example
	postings [][]posting // by feature
}

type posting struct {
	example int32
	value   float32
}

// maxPostings bounds the time of a search: what more examples have says little, and is
// left out of the likeness.
const maxPostings = 400

// newNeighbours remembers the vectors of examples.
func newNeighbours(examples []Example, vectors []vector, features int) *neighbours {
	n := &neighbours{examples: examples, postings: make([][]posting, features)}
	uses := make([]int, features)
	for _, v := range vectors {
		for _, id := range v.ids {
			uses[id]++
		}
	}
	for i, v := range vectors {
		for k, id := range v.ids {
			if uses[id] <= maxPostings {
				n.postings[id] = append(n.postings[id], posting{int32(i), v.values[k]})
			}
		}
	}
	return n
}

// nearest returns the example in scope with the largest cosine to a text, the first of
// equals, and the cosine: 0, and no example, when none has anything in common with it.
func (n *neighbours) nearest(v vector) (Example, float64) {
	likeness := make([]float32, len(n.examples))
	for i, id := range v.ids {
		for _, p := range n.postings[id] {
			likeness[p.example] += v.values[i] * p.value
		}
	}
	var alike Example
	best := float32(0)
	for i, l := range likeness {
		if l > best && n.examples[i].Label != OutOfScope {
			alike, best = n.examples[i], l
		}
	}
	return alike, min(float64(best), 1)
}
