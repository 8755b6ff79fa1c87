package search

import "unicode/utf8"

// Words of one family share at least familyPrefix letters and this share of the
// longer stem: "отказали" and "отказ", which no stemmer joins.
const (
	familyPrefix = 4
	familyShare  = 0.66
	maxFamily    = 6
)

// family returns the stems that an unknown word may be derived from.
func (v *vocabulary) family(word string) []termID {
	stem := []rune(v.lexicon.stem(word))
	if len(stem) < familyPrefix {
		return nil
	}
	var found []termID
	for _, id := range v.families[string(stem[:familyPrefix])] {
		other := v.stems[id]
		longer := max(len(stem), utf8.RuneCountInString(other))
		if float64(commonPrefix(stem, other)) >= familyShare*float64(longer) && len(found) < maxFamily {
			found = append(found, id)
		}
	}
	return found
}

// commonPrefix counts the letters that a and b begin with alike.
func commonPrefix(a []rune, b string) int {
	n := 0
	for _, r := range b {
		if n == len(a) || a[n] != r {
			break
		}
		n++
	}
	return n
}

// addFamily files a stem under its first letters.
func (v *vocabulary) addFamily(id termID) {
	if stem := []rune(v.stems[id]); len(stem) >= familyPrefix {
		key := string(stem[:familyPrefix])
		v.families[key] = append(v.families[key], id)
	}
}
