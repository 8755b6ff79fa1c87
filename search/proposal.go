package search

import (
	"cmp"
	"math"
	"slices"

	"otvet/kb"
)

// Proposal is two words that the content's own questions use for the same thing, for an editor to
// look at: nothing is joined by itself.
type Proposal struct {
	Word     string   // of headings
	Other    string   // that phrasings say instead of it
	Sections []string // article#anchor of those whose phrasings do
	Strength float64  // of the association: the log-likelihood ratio
	Set      []string // the editors' set that Word is in, or nil
}

// What is proposed: at least so many sections, and an association that chance gives in one of a
// thousand cases (chi-squared with one degree of freedom).
const (
	enoughSections   = 3
	notChance        = 10.83
	maxProposedPairs = 1_000_000
)

// ProposeSynonyms compares each section's heading with the other ways in which players ask for it.
// A word of the heading and a word of a phrasing that lacks it stand for each other when that
// happens in several sections and more often than by chance: the log-likelihood ratio of Dunning
// (1993) over sections. What is joined already, by editors, by the everyday groups or by a common
// beginning, is left out. The strongest come first.
func (e *Engine) ProposeSynonyms(loc kb.Locale) ([]Proposal, error) {
	return read(e, func(s *snapshot) ([]Proposal, error) {
		x, ok := s.indexes[loc]
		if !ok {
			return nil, nil
		}
		return x.propose(s.library.Synonyms(loc)), nil
	})
}

// pair is a stem of headings and one of phrasings.
type pair struct{ word, other termID }

// association counts where words stand in for each other.
type association struct {
	together map[pair][]int // sections, by place
	words    map[termID]int // sections with the stem in their heading
	others   map[termID]int // sections with the stem in a phrasing and not in their heading
	sections int
}

func (x *index) propose(sets [][]string) []Proposal {
	a := association{together: map[pair][]int{}, words: map[termID]int{}, others: map[termID]int{}}
	for i := range x.entries {
		x.associate(&a, i)
	}
	names := x.names()
	var found []Proposal
	for p, places := range a.together {
		strength := a.strength(p)
		if len(places) < enoughSections || strength < notChance {
			continue
		}
		proposal := Proposal{Word: names[p.word], Other: names[p.other], Strength: strength}
		for _, place := range places {
			ref := x.entries[place].passage.Ref
			proposal.Sections = append(proposal.Sections, ref.Article+"#"+ref.Anchor)
		}
		proposal.Set = x.setOf(sets, p.word)
		found = append(found, proposal)
	}
	slices.SortFunc(found, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.Word, b.Word), cmp.Compare(a.Other, b.Other))
	})
	return found
}

// associate counts one section.
func (x *index) associate(a *association, place int) {
	phrases := x.entries[place].phrases
	if len(phrases) < 2 {
		return
	}
	a.sections++
	heading := x.subjects(phrases[0].terms)
	for _, word := range heading {
		a.words[word]++
	}
	seen := map[pair]bool{}
	said := map[termID]bool{}
	for _, p := range phrases[1:] {
		asked := x.subjects(p.terms)
		for _, other := range asked {
			if slices.Contains(heading, other) || x.joined(other, heading) {
				continue
			}
			said[other] = true
			for _, word := range heading {
				if at := (pair{word, other}); !seen[at] && !slices.Contains(asked, word) && !x.joined(word, asked) && len(a.together) < maxProposedPairs {
					seen[at] = true
					a.together[at] = append(a.together[at], place)
				}
			}
		}
	}
	for other := range said {
		a.others[other]++
	}
}

// subjects returns the distinct stems that are no fillers and no numbers.
func (x *index) subjects(terms []termID) []termID {
	return slices.DeleteFunc(distinct(slices.Clone(terms)), func(id termID) bool {
		stem := x.vocabulary.stems[id]
		return x.vocabulary.lexicon.filler[stem] || isNumber(stem)
	})
}

// joined reports whether search takes a stem for one of the others already.
func (x *index) joined(id termID, others []termID) bool {
	_, readings := x.synonyms.at([]termID{id})
	for _, other := range others {
		if slices.ContainsFunc(readings, func(r reading) bool { return slices.Contains(r.terms, other) }) {
			return true
		}
		a := []rune(x.vocabulary.stems[id])
		if n := commonPrefix(a, x.vocabulary.stems[other]); n >= familyPrefix || n == len(a) {
			return true
		}
	}
	return false
}

// strength is the log-likelihood ratio of the pair, 0 where the words avoid each other.
func (a *association) strength(p pair) float64 {
	both, word, other, all := float64(len(a.together[p])), float64(a.words[p.word]), float64(a.others[p.other]), float64(a.sections)
	if both*all <= word*other {
		return 0
	}
	cells := [][3]float64{ // count, its row, its column
		{both, word, other},
		{word - both, word, all - other},
		{other - both, all - word, other},
		{all - word - other + both, all - word, all - other},
	}
	sum := 0.0
	for _, c := range cells {
		if c[0] > 0 {
			sum += c[0] * math.Log(c[0]*all/(c[1]*c[2]))
		}
	}
	return 2 * sum
}

// names returns for each stem the word of headings and phrasings that has it most often.
func (x *index) names() map[termID]string {
	counts := map[termID]map[string]int{}
	for i := range x.entries {
		for _, p := range x.entries[i].phrases {
			for _, w := range x.vocabulary.lexicon.words(p.text) {
				if id := x.vocabulary.find(w); id >= 0 {
					if counts[id] == nil {
						counts[id] = map[string]int{}
					}
					counts[id][w]++
				}
			}
		}
	}
	names := map[termID]string{}
	for id, words := range counts {
		for w, n := range words {
			best := names[id]
			if n > words[best] || n == words[best] && w < best {
				names[id] = w
			}
		}
	}
	return names
}

// setOf returns the editors' set that holds a stem as a word of its own.
func (x *index) setOf(sets [][]string, id termID) []string {
	for _, set := range sets {
		for _, text := range set {
			if words := x.vocabulary.lexicon.words(text); len(words) == 1 && x.vocabulary.find(words[0]) == id {
				return set
			}
		}
	}
	return nil
}
