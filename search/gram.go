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
	holders map[uint64][]termID // stems that hold a gram
	idf     map[uint64]float64
	unseen  float64   // idf of a gram that no passage holds
	scratch sync.Pool // of *kinship
}

// newGramSet learns the grams of the entries' stems and how rare each is, and sets the lengths
// of the entries' vectors.
func newGramSet(v *vocabulary, entries []entry) *gramSet {
	g := &gramSet{holders: map[uint64][]termID{}, idf: map[uint64]float64{}, unseen: math.Log(float64(2*len(entries)) + 2)}
	of := make([][]uint64, len(v.stems))
	for id, stem := range v.stems {
		of[id] = grams(stem)
		for _, gram := range of[id] {
			g.holders[gram] = append(g.holders[gram], termID(id))
		}
	}
	for i := range entries {
		for _, gram := range union(of, entries[i].all) {
			g.idf[gram]++
		}
	}
	for gram, df := range g.idf {
		g.idf[gram] = math.Log(1 + (float64(len(entries))-df+0.5)/(df+0.5))
	}
	for i := range entries {
		e := &entries[i]
		e.length, e.namedLength = g.length(union(of, e.all)), g.length(union(of, e.named))
	}
	g.scratch.New = func() any { return &kinship{worth: make([]float64, len(v.stems))} }
	return g
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

// union returns the distinct grams of several stems, in order; of holds those of each stem.
func union(of [][]uint64, terms []termID) []uint64 {
	var all []uint64
	for _, id := range terms {
		all = append(all, of[id]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// length returns the length of the vector of distinct grams.
func (g *gramSet) length(distinct []uint64) float64 {
	sum := 0.0
	for _, gram := range distinct {
		sum += g.idf[gram] * g.idf[gram]
	}
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
	for _, gram := range slices.Compact(asked) {
		idf, known := g.idf[gram]
		if !known {
			idf = g.unseen
		}
		sum += idf * idf
		for _, id := range g.holders[gram] {
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
