package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Change is a way in which a text was rewritten before it was searched for.
type Change string

// The changes.
const (
	ChangeLayout   Change = "layout"   // typed in the other keyboard layout
	ChangeTranslit Change = "translit" // in the letters of the other language
	ChangeJoined   Change = "joined"   // one word typed as two
	ChangeSplit    Change = "split"    // two words typed as one
	ChangeTypo     Change = "typo"     // a slip of the hand
)

// Reading is a text as it was understood, where that is not as it was typed. A verbatim
// query has none.
type Reading struct {
	Text    string   // the question in the person's own word order; empty: as it was typed
	Changes []Change // what was done to it, each once, in the order of the constants; none when Text is empty
}

// reading writes the question down as it was understood. Of the guesses at a mistyped word
// those count that a passage in hand holds: others have changed nothing.
func (q *question) reading(x *index, hits []ranked) Reading {
	guessed := map[string]guess{}
	for i := range q.concepts {
		c := &q.concepts[i]
		if word := x.guessed(c, hits); word != "" && !sameWord(word, c.word) {
			first, _, _ := strings.Cut(c.word, " ")
			guessed[first] = guess{word, strings.Count(c.word, " ")}
		}
	}
	text, changes := corrected(q.written, guessed)
	r := Reading{Changes: slices.Clone(q.changes)}
	for _, change := range changes {
		if !slices.Contains(r.Changes, change) {
			r.Changes = append(r.Changes, change)
		}
	}
	if len(r.Changes) > 0 {
		r.Text = text
	}
	return r
}

// guess is what stands for a word, or for several that should be one.
type guess struct {
	word string
	more int // words that follow and are a part of it
}

// guessed returns what an unknown word was read as to find the passages; empty when it was
// not, or when they do not hold it.
func (x *index) guessed(c *concept, hits []ranked) string {
	if c.guess == "" {
		return ""
	}
	holds := func(h ranked, word string) bool {
		id := x.vocabulary.find(word)
		return id >= 0 && h.entry.has(id) > 0
	}
	for _, h := range hits {
		if c.credit(h.entry.has) == 0 {
			continue
		}
		if holds(h, c.guess) {
			return c.guess
		}
		for _, w := range x.vocabulary.near(c.word) {
			if holds(h, w) {
				return w
			}
		}
		return c.guess // by a synonym of it
	}
	return ""
}

// sameWord reports whether two words differ in an ending only: to tell somebody who wrote
// "финал" that it was read as "финале" would help nobody.
func sameWord(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

// guesses says in words what unknown words were read as.
func (q *question) guesses() []string {
	var notes []string
	for _, c := range q.concepts {
		if c.guess != "" {
			notes = append(notes, fmt.Sprintf("read %q as %q", c.word, c.guess))
		}
	}
	return notes
}

// corrected writes guesses into a text, by the first word that each stands for, and says
// what they are. All else stays as it was typed.
func corrected(text string, guessed map[string]guess) (string, []Change) {
	var b strings.Builder
	made, done := map[Change]bool{}, 0
	words := wordsIn(text)
	for i := 0; i < len(words); i++ {
		g, ok := guessed[words[i].folded]
		if !ok || i+g.more >= len(words) {
			continue
		}
		made[g.change(words[i].folded)] = true
		b.WriteString(text[done:words[i].Start])
		b.WriteString(cased(g.word, text[words[i].Start:]))
		i += g.more
		done = words[i].End
	}
	b.WriteString(text[done:])
	var changes []Change
	for _, change := range []Change{ChangeTranslit, ChangeJoined, ChangeSplit, ChangeTypo} {
		if made[change] {
			changes = append(changes, change)
		}
	}
	return b.String(), changes
}

// change says how the guess differs from what was typed.
func (g guess) change(typed string) Change {
	latin, _ := countScripts(typed)
	known, _ := countScripts(g.word)
	switch {
	case g.more > 0:
		return ChangeJoined
	case strings.Contains(g.word, " "):
		return ChangeSplit
	case (latin == 0) != (known == 0):
		return ChangeTranslit
	}
	return ChangeTypo
}

// cased begins a word with a capital where the word that it stands for did.
func cased(word, typed string) string {
	if first, _ := utf8.DecodeRuneInString(typed); !unicode.IsUpper(first) {
		return word
	}
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}
