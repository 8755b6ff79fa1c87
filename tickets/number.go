package tickets

import (
	"crypto/rand"
	"regexp"
	"strings"
)

// Number is a ticket's public name, such as "K7M2-Q9XT". It is random, so that it
// tells nothing about how many tickets there are, and has no letters that read
// like digits (Crockford's base 32). It opens nothing: see Token.
type Number string

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewNumber draws a number of 40 random bits.
func NewNumber() Number {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	for i := range b {
		b[i] = crockford[b[i]%32]
	}
	return Number(string(b[:4]) + "-" + string(b[4:]))
}

var numberForm = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`)

// ParseNumber reads a number as a person may write it: lower case, without the
// hyphen, O for 0, I and L for 1. Any other text is ErrNotFound.
func ParseNumber(s string) (Number, error) {
	s = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "").Replace(strings.ToUpper(s))
	if len(s) == 8 {
		s = s[:4] + "-" + s[4:]
	}
	if !numberForm.MatchString(s) {
		return "", ErrNotFound
	}
	return Number(s), nil
}
