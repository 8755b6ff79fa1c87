package search

import (
	"slices"
	"strings"

	"otvet/kb"
)

// stepsFirst returns the passages with the questions of each guide at its steps: whoever asks
// how to do a thing is answered by the numbered list and not by the introduction that says what the
// guide is for. A guide without a numbered list keeps them where they are.
func stepsFirst(passages []kb.Passage) []kb.Passage {
	given := slices.Clone(passages)
	for i := range given {
		intro := &given[i]
		if intro.Kind != kb.Help || intro.Ref.Anchor != "" {
			continue
		}
		steps := slices.IndexFunc(given[i:], func(p kb.Passage) bool {
			return p.Ref.Article == intro.Ref.Article && strings.Contains(string(p.HTML), "<ol>")
		})
		if steps <= 0 {
			continue
		}
		p := &given[i+steps]
		p.Questions = slices.Concat(p.Questions, []string{intro.Title}, intro.Questions)
		intro.Questions = nil
	}
	return given
}
