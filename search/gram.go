package search

import (
	"math"
	"slices"
	"sync"
	"unicode/utf8"
)

// A gram is a run of this many letters of a stem, its ends marked. Grams find what no stemmer
// joins ("монетизация" and "монетизировать"), and words that are spelt a little otherwise.
const (
	shortestGram = 3
	longestGram  = 4
)

// gramSet compares texts by the grams of their stems: the cosine of two sets whose members
// weigh their idf.
//
// The texts of passages are not kept as grams. A question is compared with the stems that share a
// gram with it, and a passage adds up what its stems are worth, so that a passage costs
// no more than it has stems.
type gramSet struct {
	hashes  []uint64  // of all grams, sorted
	idf     []float64 // parallel
	ends    []int32   // parallel: where in holders those of a gram end, and those of the next begin
	holders []termID  // stems that hold a gram, gram by gram
	unseen  float64   // idf of a gram that no passage holds
	scratch sync.Pool // of *kinship
}

// newGramSet learns the grams of the entries' stems and how rare each is, and sets the lengths
// of the entries' vectors.
func newGramSet(v *vocabulary, entries []entry) *gramSet {
	g := &gramSet{unseen: math.Log(float64(2*len(entries)) + 2)}
	of := g.collect(v.stems)
	g.hold(of)
	counting := newGramTally(of, len(g.hashes))
	g.idf = make([]float64, len(g.hashes))
	for i := range entries {
		counting.each(entries[i].all, func(gram int32) { g.idf[gram]++ })
	}
	for gram, df := range g.idf {
		g.idf[gram] = math.Log(1 + (float64(len(entries))-df+0.5)/(df+0.5))
	}
	for i := range entries {
		e := &entries[i]
		e.length, e.namedLength = g.length(counting, e.all), g.length(counting, e.named)
	}
	g.prepare(len(v.stems))
	return g
}

// prepare makes room for questions about a number of stems.
func (g *gramSet) prepare(stems int) {
	g.scratch.New = func() any { return &kinship{worth: make([]float64, stems)} }
}

// transfer passes the grams over a tape.
func (g *gramSet) transfer(t *tape) {
	t.hashes(&g.hashes)
	t.floats(&g.idf)
	ints(t, &g.ends)
	t.terms(&g.holders)
	t.float(&g.unseen)
	if t.reading && !g.sound() {
		t.fail()
	}
	if t.reading {
		g.prepare(t.limit)
	}
}

// sound reports whether no list of grams that were read points outside another.
func (g *gramSet) sound() bool {
	n := len(g.hashes)
	return len(g.idf) == n && len(g.ends) == n && slices.IsSorted(g.ends) &&
		(n == 0 || g.ends[0] >= 0 && int(g.ends[n-1]) == len(g.holders))
}

// collect finds all grams and returns those of each stem, by their places in hashes.
func (g *gramSet) collect(stems []string) [][]int32 {
	hashed := make([][]uint64, len(stems))
	for id, stem := range stems {
		hashed[id] = grams(stem)
		g.hashes = append(g.hashes, hashed[id]...)
	}
	slices.Sort(g.hashes)
	g.hashes = slices.Clip(slices.Compact(g.hashes))
	of := make([][]int32, len(stems))
	for id := range hashed {
		for _, h := range hashed[id] {
			i, _ := slices.BinarySearch(g.hashes, h)
			of[id] = append(of[id], int32(i))
		}
	}
	return of
}

// hold lists the stems of each gram.
func (g *gramSet) hold(of [][]int32) {
	lists := make([][]termID, len(g.hashes))
	for id := range of {
		for _, gram := range of[id] {
			lists[gram] = append(lists[gram], termID(id))
		}
	}
	for _, list := range lists {
		g.holders = append(g.holders, list...)
		g.ends = append(g.ends, int32(len(g.holders)))
	}
}

// of returns the place of a gram and the stems that hold it, or false.
func (g *gramSet) of(hash uint64) (gram int, holders []termID, ok bool) {
	gram, ok = slices.BinarySearch(g.hashes, hash)
	if !ok {
		return 0, nil, false
	}
	start := int32(0)
	if gram > 0 {
		start = g.ends[gram-1]
	}
	return gram, g.holders[start:g.ends[gram]], true
}

// gramTally goes over the grams of several stems, each once.
type gramTally struct {
	of   [][]int32 // by termID
	last []int     // by gram: the round that saw it last
	now  int
}

func newGramTally(of [][]int32, grams int) *gramTally {
	return &gramTally{of: of, last: make([]int, grams)}
}

func (t *gramTally) each(terms []termID, do func(gram int32)) {
	t.now++
	for _, id := range terms {
		for _, gram := range t.of[id] {
			if t.last[gram] != t.now {
				t.last[gram] = t.now
				do(gram)
			}
		}
	}
}

// grams returns the distinct grams of a stem, hashed, in order.
func grams(stem string) []uint64 {
	marked := "_" + stem + "_"
	var found []uint64
	for n := shortestGram; n <= longestGram; n++ {
		for start, end := 0, prefixLen(marked, n); end > 0; {
			found = append(found, hash(marked[start:end]))
			if end == len(marked) {
				break
			}
			_, first := utf8.DecodeRuneInString(marked[start:])
			_, next := utf8.DecodeRuneInString(marked[end:])
			start, end = start+first, end+next
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// hash is FNV-1a of 64 bits.
func hash(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}

// prefixLen returns how many bytes the first n letters take; 0 when there are fewer.
func prefixLen(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	if n == 0 {
		return len(text)
	}
	return 0
}

// length returns the length of the vector of a text's grams.
func (g *gramSet) length(t *gramTally, terms []termID) float64 {
	sum := 0.0
	t.each(terms, func(gram int32) { sum += g.idf[gram] * g.idf[gram] })
	return math.Sqrt(sum)
}

// kinship is how much each stem of the vocabulary has in common with one question.
type kinship struct {
	worth   []float64 // by termID
	touched []termID  // those that are not 0
	length  float64   // of the question's vector
}

// kin compares the vocabulary with the stems of a question. The caller gives it back.
func (g *gramSet) kin(stems []string) *kinship {
	k := g.scratch.Get().(*kinship)
	var asked []uint64
	for _, stem := range stems {
		asked = append(asked, grams(stem)...)
	}
	slices.Sort(asked)
	sum := 0.0
	for _, hash := range slices.Compact(asked) {
		gram, holders, known := g.of(hash)
		if !known {
			sum += g.unseen * g.unseen
			continue
		}
		idf := g.idf[gram]
		sum += idf * idf
		for _, id := range holders {
			if k.worth[id] == 0 {
				k.touched = append(k.touched, id)
			}
			k.worth[id] += idf * idf
		}
	}
	k.length = math.Sqrt(sum)
	return k
}

// giveBack lets another question use the memory.
func (g *gramSet) giveBack(k *kinship) {
	for _, id := range k.touched {
		k.worth[id] = 0
	}
	k.touched = k.touched[:0]
	g.scratch.Put(k)
}

// with returns how alike the question is to a text of some stems whose vector has a length,
// 0..1; two stems of the text that share a gram count it twice, so that 1 is a bound and
// not the mark of equality.
func (k *kinship) with(terms []termID, length float64) float64 {
	if length == 0 || k.length == 0 {
		return 0
	}
	sum := 0.0
	for _, id := range terms {
		sum += k.worth[id]
	}
	return min(sum/(length*k.length), 1)
}
