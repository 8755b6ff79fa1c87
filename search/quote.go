package search

import (
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"
)

// What a word of the title, heading and phrasings counts in the choice of a
// sentence, and what the first sentence counts for its place: every sentence is about
// the heading's words, and the first one answers the heading.
const (
	headedWeight  = 0.3
	firstSentence = 0.3
)

// mostlyLinks is the share of links from which a sentence is no quote.
const mostlyLinks = 0.3

var link = regexp.MustCompile(`<a [^>]*>([^<]*)</a>`)

// linkTexts returns the words of a passage's links; the HTML is kb's own.
func linkTexts(passage template.HTML) []string {
	var texts []string
	for _, m := range link.FindAllStringSubmatch(string(passage), -1) {
		texts = append(texts, html.UnescapeString(m[1]))
	}
	return texts
}

// linkShare returns how much of a sentence is links.
func linkShare(sentence string, links []string) float64 {
	length := 0
	for _, text := range links {
		if strings.Contains(sentence, text) {
			length += len(text)
		}
	}
	return float64(length) / float64(len(sentence))
}

// quote returns the sentence of the passage that holds most of what the question asks
// beyond the heading, as its author wrote it: the first when none stands out.
func (e *entry) quote(concepts []concept) string {
	best, quote := -1.0, ""
	for i, s := range e.sentences {
		if i > 0 && s.links > mostlyLinks {
			continue // it says where the answer is, not what
		}
		held := func(id termID) float64 { return share(slices.Contains(s.terms, id)) }
		score, heaviest := 0.0, 0.0
		for j := range concepts {
			c := &concepts[j]
			weight := c.weight() * (1 - (1-headedWeight)*c.credit(e.heads))
			score += weight * c.credit(held)
			heaviest = max(heaviest, c.weight())
		}
		if i == 0 {
			score += firstSentence * heaviest
		}
		if score > best {
			best, quote = score, s.text
		}
	}
	return quote
}
