package kb

import (
	"slices"
	"strings"
)

// negationReach is how many words before a promise a negation may stand: "we are not in a
// position to guarantee".
const negationReach = 6

// proofWords finds promises, promotion and other brands.
func (p prose) proofWords(s *style, loc Locale) {
	words := wordParts(p.text)
	for i, w := range words {
		for _, brand := range s.brands {
			if brand.matches(words, i) {
				p.src.problem(p.src.at(w.start), "another brand, %q: write what it is instead, such as \"an e-wallet\"", brand.text)
			}
		}
		if negated(p.text, words, i) {
			continue
		}
		for _, promise := range s.promises[loc] {
			if promise.matches(words, i) {
				p.src.problem(p.src.at(w.start), "promise %q: describe the rule and the steps instead; only a person can decide about money", promise.text)
			}
		}
		for _, promotion := range s.promotion[loc] {
			if promotion.matches(words, i) {
				p.src.warn(p.src.at(w.start), "promotion %q: say what is true without praise", promotion.text)
			}
		}
	}
}

// proofMarks finds exclamation marks, the first of each line.
func (p prose) proofMarks() {
	offset := 0
	for line := range strings.SplitAfterSeq(p.text, "\n") {
		if i := strings.IndexByte(line, '!'); i >= 0 {
			p.src.warn(p.src.at(offset+i), "exclamation mark: a reader in trouble hears shouting; end the sentence with a full stop")
		}
		offset += len(line)
	}
}

// negated says whether a negation stands shortly before the i-th word, in its clause: "do not
// worry, we guarantee" is a promise. "Not only" denies nothing.
func negated(text string, words []word, i int) bool {
	for j := i - 1; j >= 0 && j >= i-negationReach; j-- {
		if endsClause(text[words[j].end:words[j+1].start]) {
			return false
		}
		if isNegation(words[j].folded) && !slices.Contains([]string{"only", "just", "только", "просто"}, words[j+1].folded) {
			return true
		}
	}
	return false
}

// endsClause says whether what stands between two words parts them: a mark, a paragraph's end or
// the begin of a list item. A line that is only wrapped goes on.
func endsClause(between string) bool {
	return strings.ContainsAny(between, ".,:;!?—–|") || strings.Count(between, "\n") > 1 ||
		strings.Contains(between, "\n") && strings.TrimSpace(between) != ""
}

// isNegation says whether a folded word denies what follows it.
func isNegation(w string) bool {
	return strings.HasSuffix(w, "n't") || slices.Contains([]string{
		"no", "not", "never", "nobody", "neither", "nor", "cannot", "without",
		"не", "ни", "нет", "никто", "никогда", "никакой", "никакая", "никаких", "нельзя", "без", "нечем",
	}, w)
}
