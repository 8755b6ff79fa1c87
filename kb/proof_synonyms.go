package kb

import (
	"slices"
	"strings"
)

// proofSynonyms finds words that stand nowhere in the content and sets that lead in a circle.
func (e *edition) proofSynonyms() {
	if e.synonymsIn == nil {
		return
	}
	known := e.vocabulary()
	for _, set := range e.synonyms {
		for _, word := range set {
			if missing := firstUnknown(word.text, known); missing != "" {
				e.synonymsIn.warn(word.at, "%q stands in no article and no question: write it under the questions that it helps, or remove it", missing)
			}
		}
	}
	for i, set := range e.synonyms {
		if e.reaches(i, i, make([]bool, len(e.synonyms))) {
			e.synonymsIn.problem(set[0].at, "synonyms lead in a circle: a phrase of this set holds a word whose set leads back here; take the phrase out of one")
		}
	}
}

// vocabulary returns the folded words of all articles and questions.
func (e *edition) vocabulary() []string {
	var all []string
	take := func(text string) {
		for w := range wordsOf(text) {
			all = append(all, w.folded)
		}
	}
	for _, p := range e.pages {
		take(p.article.Title)
		for _, s := range p.article.Sections {
			take(s.Heading)
			take(s.Text)
		}
		for _, q := range p.ways() {
			take(q.text)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// firstUnknown returns the first word of a phrase that no word of the vocabulary begins like.
// Endings are not compared: "вывести" is known from "выведем", "withdraw" from "withdrawal".
func firstUnknown(phrase string, vocabulary []string) string {
	for w := range wordsOf(phrase) {
		letters := []rune(w.folded)
		stem := string(letters[:max(min(len(letters), 4), len(letters)-3)])
		i, _ := slices.BinarySearch(vocabulary, stem)
		if i == len(vocabulary) || !strings.HasPrefix(vocabulary[i], stem) {
			return w.folded
		}
	}
	return ""
}

// reaches says whether the phrases of one set lead to another, over the words in them.
func (e *edition) reaches(from, to int, seen []bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, phrase := range e.synonyms[from] {
		words := strings.Fields(fold(phrase.text))
		if len(words) < 2 {
			continue
		}
		for _, w := range words {
			next := slices.IndexFunc(e.synonyms, func(set []phrasing) bool {
				return slices.ContainsFunc(set, func(p phrasing) bool { return fold(p.text) == w })
			})
			if next >= 0 && next != from && (next == to || e.reaches(next, to, seen)) {
				return true
			}
		}
	}
	return false
}
