package assistant

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"otvet/search"
)

// ordinary is the rank of phrases that look like a sign of danger and are none.
const ordinary = -1

// matcher finds the phrases of one lexicon in one spelling.
type matcher struct {
	spelling
	lists    map[string]string // alternatives by "@name"
	plain    map[string]bool   // words that mean what they are spelled, see newMatcher
	patterns *patterns
	ids      map[string]int // concept by its notation
	single   [][]int        // concepts by the pattern that is one of their words
	runs     map[int][]run  // by the pattern of their first word
	phrases  [][]phrase     // by the concept that they begin with
	other    *matcher       // of the language with the same letters, whose words are no guesses

	typed, swapped *search.Recent[[]int] // patterns of words as typed and in the other layout
}

// run is an alternative of several words.
type run struct {
	concept int
	rest    []int // patterns behind the first
}

// recentWords is how many words keep their patterns: most words of messages are the same few
// hundred ones.
const recentWords = 2048

// newMatcher reads a lexicon: "[reason]" begins a section, "@name = a|b" defines a
// list, "#" alone begins a comment, "=soon|case" names harmless words that would be
// others ("son", "chase") with single letters or a slip, every other line is a phrase.
func newMatcher(text string, s spelling) (*matcher, error) {
	m := &matcher{
		spelling: s, lists: map[string]string{}, plain: map[string]bool{}, patterns: newPatterns(s),
		ids: map[string]int{}, runs: map[int][]run{},
		typed: search.NewRecent[[]int](recentWords, longestTyped), swapped: search.NewRecent[[]int](recentWords, longestTyped),
	}
	reason, n := 0, 0
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		n++
		var err error
		line := strings.TrimSpace(search.Fold(lines.Text()))
		if reason, err = m.readLine(line, reason); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	m.lists, m.ids, m.patterns.ids = nil, nil, nil // of use while reading only, and large
	return m, lines.Err()
}

// readLine reads one line of a section and returns the section that is open after it.
func (m *matcher) readLine(line string, reason int) (int, error) {
	switch {
	case line == "" || line == "#" || strings.HasPrefix(line, "# "):
		return reason, nil
	case strings.HasPrefix(line, "["):
		return parseReason(strings.Trim(line, "[]"))
	case strings.HasPrefix(line, "="):
		for w := range strings.SplitSeq(line[1:], "|") {
			m.plain[w] = true
		}
		return reason, nil
	case define(line, m.lists):
		return reason, nil
	}
	lines, err := expand(line, m.lists)
	for _, line := range lines {
		if err := m.addPhrase(line, reason); err != nil {
			return reason, err
		}
	}
	return reason, err
}

func (m *matcher) addPhrase(line string, reason int) error {
	p, err := m.parsePhrase(line, reason)
	if err != nil {
		return err
	}
	first := p.steps[0].concept
	m.phrases[first] = append(m.phrases[first], p)
	return nil
}

func parseReason(name string) (int, error) {
	if name == string(Ordinary) {
		return ordinary, nil
	}
	i := slices.Index(Reasons(), name)
	if i < 0 {
		return 0, fmt.Errorf("reason %q is not known", name)
	}
	return i, nil
}

// concept returns the number of the alternatives of a field.
func (m *matcher) concept(field string) (int, error) {
	if id, ok := m.ids[field]; ok {
		return id, nil
	}
	id := len(m.phrases)
	m.ids[field] = id
	m.phrases = append(m.phrases, nil)
	for alternative := range strings.SplitSeq(field, "|") {
		var words []int
		for w := range strings.SplitSeq(alternative, "_") {
			p, err := m.pattern(w)
			if err != nil {
				return 0, err
			}
			words = append(words, p)
		}
		if len(words) > 1 {
			m.runs[words[0]] = append(m.runs[words[0]], run{id, words[1:]})
		} else if !slices.Contains(m.single[words[0]], id) {
			m.single[words[0]] = append(m.single[words[0]], id)
		}
	}
	return id, nil
}

func (m *matcher) pattern(s string) (int, error) {
	id, err := m.patterns.add(s, m.entry)
	if id >= len(m.single) && err == nil {
		m.single = append(m.single, nil)
	}
	return id, err
}

// harmless are the words of a message that belong to phrases that look like a sign of
// danger and are none.
type harmless struct {
	fixed []bool // part of a phrase without gaps: means nothing else here
	loose []bool // part of a phrase with gaps: other words may give it another meaning
}

// addHarmless notes the words of harmless phrases.
func (m *matcher) addHarmless(text reading, h harmless) {
	isOrdinary := func(p *phrase) bool { return p.reason == ordinary }
	for i := range text.words {
		h.fixed[i] = h.fixed[i] || m.plain[text.words[i].text]
		m.each(text, i, isOrdinary, func(p *phrase, at []int) {
			marks := h.loose
			if !p.gaps() {
				marks = h.fixed
			}
			for _, j := range at {
				marks[j] = true
			}
		})
	}
}

// match returns the gravest reason below limit that the text gives, with the words
// that gave it; limit itself when there is none. A phrase counts unless one of its
// words is fixed as harmless, or all of them are loosely so.
func (m *matcher) match(text reading, h harmless, limit int) (reason int, evidence string) {
	isFixed := func(j int) bool { return h.fixed[j] }
	isOpen := func(j int) bool { return !h.loose[j] }
	isGraver := func(p *phrase) bool { return p.reason != ordinary && p.reason < limit }
	for i := range text.words {
		m.each(text, i, isGraver, func(p *phrase, at []int) {
			if !slices.ContainsFunc(at, isFixed) && slices.ContainsFunc(at, isOpen) {
				limit, evidence = p.reason, quote(text.words[i:at[len(at)-1]+1])
			}
		})
	}
	return limit, evidence
}

// each calls f for every phrase of those wanted that begins at a word, with the places
// of its words, which f must not keep.
func (m *matcher) each(text reading, start int, wanted func(*phrase) bool, f func(p *phrase, at []int)) {
	places := make([]int, 0, 16)
	tried := none
	for _, first := range text.words[start].fits {
		if first.concept == tried {
			continue // a word and a run of one concept: follow tries both
		}
		tried = first.concept
		for i := range m.phrases[first.concept] {
			p := &m.phrases[first.concept][i]
			if !wanted(p) || !p.within(text) {
				continue
			}
			if at := p.follow(text.words, start, 0, places); at != nil && !p.excused(text, at) {
				f(p, at)
			}
		}
	}
}

func quote(words []seen) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
	}
	return strings.Join(texts, " ")
}
