package assistant

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ordinary is the rank of phrases that look like a sign of danger and are none.
const ordinary = -1

// matcher finds the phrases of one lexicon in one spelling.
type matcher struct {
	spelling
	lists     map[string]string // alternatives by "@name"
	plain     map[string]bool   // words that mean what they are spelled, see newMatcher
	patterns  []pattern
	ids       map[string]int   // pattern by its notation
	byInitial map[rune][]int   // patterns by their first letter
	numbers   []int            // patterns of numbers
	phrases   map[int][]phrase // by the patterns that they begin with
}

// newMatcher reads a lexicon: "[reason]" begins a section, "@name = a|b" defines a
// list, "#" alone begins a comment, "=soon" names a harmless word that would be
// another ("son") with single letters, every other line is a phrase.
func newMatcher(text string, s spelling) (*matcher, error) {
	m := &matcher{
		spelling: s, lists: map[string]string{}, plain: map[string]bool{}, ids: map[string]int{},
		byInitial: map[rune][]int{}, phrases: map[int][]phrase{},
	}
	reason, n := 0, 0
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		n++
		var err error
		if reason, err = m.readLine(strings.TrimSpace(lines.Text()), reason); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
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
		m.plain[line[1:]] = true
		return reason, nil
	case strings.HasPrefix(line, "@") && strings.Contains(line, " = "):
		name, words, _ := strings.Cut(line, " = ")
		m.lists[name] = unfold(words, m.lists)
		return reason, nil
	}
	for _, line := range expand(line, m.lists) {
		if err := m.addPhrase(line, reason); err != nil {
			return reason, err
		}
	}
	return reason, nil
}

func (m *matcher) addPhrase(line string, reason int) error {
	p, err := m.parsePhrase(line, reason)
	if err != nil {
		return err
	}
	for id := range p.steps[0].words {
		m.phrases[id] = append(m.phrases[id], p)
	}
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

// pattern returns the number of a word of the notation.
func (m *matcher) pattern(s string) (int, error) {
	if id, ok := m.ids[s]; ok {
		return id, nil
	}
	p, err := parsePattern(s, m.entry)
	if err != nil {
		return 0, err
	}
	id := len(m.patterns)
	m.ids[s] = id
	m.patterns = append(m.patterns, p)
	if p.text == "" {
		m.numbers = append(m.numbers, id)
		return id, nil
	}
	initial, _ := utf8.DecodeRuneInString(p.text)
	m.byInitial[initial] = append(m.byInitial[initial], id)
	return id, nil
}

// seen is a word of a message with the patterns that it fits.
type seen struct {
	word
	fits []int
}

// harmless are the words of a message that belong to phrases that look like a sign of
// danger and are none.
type harmless struct {
	fixed []bool // part of a phrase without gaps: means nothing else here
	loose []bool // part of a phrase with gaps: other words may give it another meaning
}

// addHarmless notes the words of harmless phrases.
func (m *matcher) addHarmless(text []seen, h harmless) {
	for i := range text {
		h.fixed[i] = h.fixed[i] || m.plain[text[i].text]
		m.each(text, i, func(p *phrase, at []int) {
			if p.reason != ordinary {
				return
			}
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
func (m *matcher) match(text []seen, h harmless, limit int) (reason int, evidence string) {
	for i := range text {
		m.each(text, i, func(p *phrase, at []int) {
			if p.reason == ordinary || p.reason >= limit {
				return
			}
			isFixed := func(j int) bool { return h.fixed[j] }
			isOpen := func(j int) bool { return !h.loose[j] }
			if !slices.ContainsFunc(at, isFixed) && slices.ContainsFunc(at, isOpen) {
				limit, evidence = p.reason, quote(text[i:at[len(at)-1]+1])
			}
		})
	}
	return limit, evidence
}

// each calls f for every phrase that begins at a word, with the places of its words,
// which f must not keep.
func (m *matcher) each(text []seen, start int, f func(p *phrase, at []int)) {
	places := make([]int, 0, 16)
	for _, id := range text[start].fits {
		for i := range m.phrases[id] {
			p := &m.phrases[id][i]
			if at := p.follow(text, start, 0, places); at != nil {
				f(p, at)
			}
		}
	}
}

// read finds the patterns that each word fits.
func (m *matcher) read(words []word) []seen {
	text := make([]seen, len(words))
	known := map[string][]int{}
	for i, w := range words {
		fits, ok := known[w.text]
		if !ok {
			fits = m.fits(m.word(w.text))
			known[w.text] = fits
		}
		text[i] = seen{w, fits}
	}
	return text
}

func (m *matcher) fits(word string) []int {
	letters := []rune(word)
	if len(letters) == 0 {
		return nil
	}
	var found []int
	for _, id := range m.byInitial[letters[0]] {
		if m.patterns[id].fits(word, letters) {
			found = append(found, id)
		}
	}
	if n, err := strconv.Atoi(word); err == nil {
		for _, id := range m.numbers {
			if m.patterns[id].low <= n && n <= m.patterns[id].top {
				found = append(found, id)
			}
		}
	}
	return found
}

func quote(words []seen) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
	}
	return strings.Join(texts, " ")
}
