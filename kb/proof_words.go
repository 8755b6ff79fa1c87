package kb

import (
	"slices"
	"strings"
)

// negationReach is how many words before a promise a negation may stand.
const negationReach = 3

// proofWords finds promises, promotion and other brands.
func (p prose) proofWords(s *style, loc Locale) {
	words := p.words
	for i, w := range words {
		at := p.src.at(w.start)
		for _, brand := range s.brands {
			if brand.matches(words, i) {
				p.src.problem(at, "another brand, %q: write what it is instead, such as \"an e-wallet\"", brand.text)
			}
		}
		if negated(p.text, words, i) {
			continue
		}
		for _, promise := range s.promises[loc] {
			if promise.matches(words, i) {
				p.src.problem(at, "promise %q: describe the rule and the steps instead; only a person can decide about money", promise.text)
			}
		}
		for _, promotion := range s.promotion[loc] {
			if promotion.matches(words, i) {
				p.src.warn(at, "promotion %q: say what is true without praise", promotion.text)
			}
		}
	}
}

// proofMarks finds exclamation marks.
func (p prose) proofMarks() {
	for i := range p.text {
		if p.text[i] == '!' {
			p.src.warn(p.src.at(i), "exclamation mark: a reader in trouble hears shouting; end the sentence with a full stop")
		}
	}
}

// negated says whether a negation stands shortly before the i-th word, in its sentence.
func negated(text string, words []word, i int) bool {
	for j := i - 1; j >= 0 && j >= i-negationReach; j-- {
		if strings.ContainsAny(text[words[j].end:words[j+1].start], ".!?;\n") {
			return false
		}
		if isNegation(words[j].folded) {
			return true
		}
	}
	return false
}

// isNegation says whether a folded word denies what follows it.
func isNegation(w string) bool {
	return strings.HasSuffix(w, "n't") || slices.Contains([]string{
		"no", "not", "never", "nobody", "cannot", "without", "не", "ни", "нет", "никто", "никогда", "нельзя", "без",
	}, w)
}
