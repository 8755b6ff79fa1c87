package search

import (
	"slices"
	"strings"

	"otvet/kb"
)

// stepsFirst returns the passages with the questions of each guide at its steps: whoever asks
// how to do a thing is answered by the numbered list and not by the introduction that says what the
// guide is for. A guide without a numbered list keeps them where they are.
func stepsFirst(passages []kb.Passage) []*kb.Passage {
	given := make([]*kb.Passage, len(passages))
	for i := range passages {
		given[i] = &passages[i]
	}
	for i := range passages {
		intro := given[i]
		if intro.Kind != kb.Help || intro.Ref.Anchor != "" {
			continue
		}
		steps := slices.IndexFunc(given[i:], func(p *kb.Passage) bool {
			return p.Ref.Article == intro.Ref.Article && strings.Contains(string(p.HTML), "<ol>")
		})
		if steps <= 0 {
			continue
		}
		given[i], given[i+steps] = asked(*intro, nil), asked(*given[i+steps], slices.Concat(given[i+steps].Questions, []string{intro.Title}, intro.Questions))
	}
	return given
}

// asked returns the passage with other questions; the library's own stays as it is.
func asked(p kb.Passage, questions []string) *kb.Passage {
	p.Questions = questions
	return &p
}
