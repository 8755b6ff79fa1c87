package assistant

import (
	"fmt"
	"slices"
	"strings"
)

// phrase is one entry of a lexicon, as steps from concept to concept.
type phrase struct {
	reason int // rank in Reasons; ordinary for what is harmless
	steps  []step
	unless int // concept that may not stand around it; none for any
}

// step is one field of a phrase.
type step struct {
	concept int
	gap     int  // how many other words may stand before it
	end     bool // a clause must end after it
}

// none is the concept of no words.
const none = -1

// gaps reports whether other words may stand inside the phrase.
func (p *phrase) gaps() bool {
	return slices.ContainsFunc(p.steps, func(s step) bool { return s.gap > 0 })
}

// within reports whether the text has a word for each step, in whatever order.
func (p *phrase) within(text reading) bool {
	return !slices.ContainsFunc(p.steps, func(s step) bool { return !text.has.holds(s.concept) })
}

// follow takes the steps from the given one on, beginning at a word, and returns the
// places of the words, added to at; nil when they do not fit. A harmless phrase does
// not go on behind the end of a clause.
func (p *phrase) follow(words []seen, start, n int, at []int) []int {
	s := p.steps[n]
	for i := start; i < len(words) && i <= start+s.gap; i++ {
		if p.reason == ordinary && len(at) > 0 && words[i-1].ends {
			return nil
		}
		for _, f := range words[i].fits {
			if f.concept != s.concept || s.end && !endsAt(words, i+f.words-1) {
				continue
			}
			found := at
			for j := range f.words {
				found = append(found, i+j)
			}
			if n+1 < len(p.steps) {
				found = p.follow(words, i+f.words, n+1, found)
			}
			if found != nil {
				return found
			}
		}
	}
	return nil
}

func endsAt(words []seen, i int) bool { return words[i].ends || i+1 == len(words) }

// excused reports whether what the phrase may not stand with is around its places.
func (p *phrase) excused(text reading, at []int) bool {
	if p.unless == none || !text.has.holds(p.unless) {
		return false
	}
	from, to := surroundings(text.words, at[0], at[len(at)-1]+1)
	return slices.ContainsFunc(text.words[from:to], func(w seen) bool {
		return slices.ContainsFunc(w.fits, func(f fit) bool { return f.concept == p.unless })
	})
}

// surroundings widens a range of words by a few in the same clause.
func surroundings(words []seen, from, to int) (int, int) {
	for i := 0; i < around && from > 0 && !words[from-1].ends; i++ {
		from--
	}
	for i := 0; i < around && to < len(words) && !words[to-1].ends; i++ {
		to++
	}
	return from, to
}

// parsePhrase reads one expanded line of a lexicon.
func (m *matcher) parsePhrase(line string, reason int) (phrase, error) {
	line, unless, _ := strings.Cut(line, " ! ")
	p := phrase{reason: reason, unless: none}
	gap := 0
	for field := range strings.SplitSeq(line, " ") {
		switch {
		case field == "":
		case field == shortGap:
			gap = maxGap
		case field == longGap:
			gap = maxApart
		case field == "$" && len(p.steps) > 0:
			p.steps[len(p.steps)-1].end = true
		default:
			c, err := m.concept(field)
			if err != nil {
				return phrase{}, err
			}
			p.steps = append(p.steps, step{concept: c, gap: gap})
			gap = 0
		}
	}
	if len(p.steps) == 0 || gap > 0 || p.steps[0].gap > 0 {
		return phrase{}, fmt.Errorf("phrase %q does not begin and end with a word", line)
	}
	var err error
	if unless != "" {
		p.unless, err = m.concept(unless)
	}
	return p, err
}
