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
	leads := e.leads()
	for i, set := range e.synonyms {
		if reaches(leads, i, i, make([]bool, len(leads))) {
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

// leads returns for each set the others to which the words of its phrases lead.
func (e *edition) leads() [][]int {
	setOf := map[string]int{}
	for i, set := range e.synonyms {
		for _, p := range set {
			setOf[fold(p.text)] = i
		}
	}
	leads := make([][]int, len(e.synonyms))
	for i, set := range e.synonyms {
		for _, p := range set {
			words := strings.Fields(fold(p.text))
			for _, w := range words {
				if j, ok := setOf[w]; ok && j != i && len(words) > 1 {
					leads[i] = append(leads[i], j)
				}
			}
		}
	}
	return leads
}

// reaches says whether one set leads to another.
func reaches(leads [][]int, from, to int, seen []bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	return slices.ContainsFunc(leads[from], func(next int) bool { return next == to || reaches(leads, next, to, seen) })
}
