package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"otvet/kb"
)

// minHalf is the length from which a known word may be half of two that were typed as one.
const minHalf = 3

// maxGuessed is how many letters a word has at most that is guessed at: the ways to cut it in two
// grow with the square, and nobody types longer ones by mistake.
const maxGuessed = 64

// guess reads a word that the content does not know, in the order of how sure each way is:
// joined with the next one, spelled in the other script, as a typo, or by its parts. It returns how many words that takes.
func (x *index) guess(c concept, words []string) (concept, int) {
	if len(words) > 1 {
		if id, ok := x.vocabulary.surface(words[0] + words[1]); ok && id >= 0 {
			c.word, c.guess, c.known = words[0]+" "+words[1], words[0]+words[1], true
			c.readings = []reading{{[]termID{id}, 1}}
			return x.weigh(c), 2
		}
	}
	if utf8.RuneCountInString(c.word) > maxGuessed {
		return x.weigh(c), 1
	}
	switch sound, corrections := x.sounding(c.word), x.vocabulary.near(c.word); {
	case sound != "":
		x.read(&c, soundCredit, sound)
	case len(corrections) > 0:
		x.read(&c, typoCredit, corrections...)
	default:
		x.derive(&c)
	}
	return x.weigh(c), 1
}

// read lets an unknown word stand for known ones, the first of which is meant most likely.
func (x *index) read(c *concept, credit float64, words ...string) {
	c.guess = words[0]
	for _, w := range words {
		id, _ := x.vocabulary.surface(w)
		c.readings = append(c.readings, x.readings(id, credit)...)
	}
}

// derive reads an unknown word by its parts: two words typed as one, or the family that it
// begins like.
func (x *index) derive(c *concept) {
	if halves := x.halves(c.word); halves != nil {
		c.guess = strings.Join(halves, " ")
		c.readings = []reading{{x.termsOf(halves), typoCredit}}
		return
	}
	for _, id := range x.vocabulary.family(c.word) {
		c.readings = append(c.readings, reading{[]termID{id}, familyCredit})
	}
}

// halves cuts a word into two known ones ("60fps", "просмотрынакручены"), the first as long as
// possible; nil when that cannot be.
func (x *index) halves(word string) []string {
	if at := numberEnd(word); at > 0 && x.holds(word[:at]) && x.holds(word[at:]) {
		return []string{word[:at], word[at:]}
	}
	for at := len(word) - 1; at > 0; at-- {
		if !utf8.RuneStart(word[at]) {
			continue
		}
		a, b := word[:at], word[at:]
		if utf8.RuneCountInString(a) >= minHalf && utf8.RuneCountInString(b) >= minHalf && x.holds(a) && x.holds(b) {
			return []string{a, b}
		}
	}
	return nil
}

// numberEnd returns where the digits that a word begins with end; 0 when there are none or
// nothing else.
func numberEnd(word string) int {
	return max(strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) }), 0)
}

// holds reports whether a passage holds the word as it stands.
func (x *index) holds(word string) bool {
	id, ok := x.vocabulary.surface(word)
	return ok && id >= 0
}

func (x *index) termsOf(words []string) []termID {
	terms := make([]termID, len(words))
	for i, w := range words {
		terms[i], _ = x.vocabulary.surface(w)
	}
	return terms
}

// sounding returns a known word that sounds like an unknown one and is written in the other
// script: "шортсы" where the content says Shorts, "rutub" where it says Рутуб. Empty when
// there is none; only Russian mixes scripts.
func (x *index) sounding(word string) string {
	v := x.vocabulary
	if v.lexicon.locale != kb.RU || utf8.RuneCountInString(word) < minHalf {
		return ""
	}
	_, cyrillic := countScripts(word)
	for _, form := range []string{word, v.lexicon.stem(word)} {
		s := x.transliterator.Skeleton(form)
		for _, key := range []string{s, s + "e"} {
			known, ok := x.skeletons.word(key)
			if !ok || !x.holds(known) {
				continue
			}
			if _, other := countScripts(known); (other > 0) != (cyrillic > 0) {
				return known
			}
		}
	}
	return ""
}
