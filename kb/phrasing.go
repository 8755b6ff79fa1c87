package kb

import (
	"slices"
	"strings"
	"unicode"
)

// phrasing is a way to ask, and the line on which it stands.
type phrasing struct {
	text string
	at   place
}

// fold makes texts comparable that differ in case, punctuation, spacing or in ё for
// е only.
func fold(text string) string {
	var b strings.Builder
	space := false
	for _, r := range strings.ToLower(text) {
		switch {
		case !unicode.In(r, unicode.Letter, unicode.Number, unicode.Symbol, unicode.Mark):
			space = b.Len() > 0
			continue
		case r == 'ё':
			r = 'е'
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// texts returns the words without their lines, clipped: an append by a caller must not
// write into an array that all readers of the Library share.
func texts(ps []phrasing) []string {
	var out []string
	for _, p := range ps {
		out = append(out, p.text)
	}
	return slices.Clip(out)
}
