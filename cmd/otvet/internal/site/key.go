package site

import (
	"crypto/rand"
	"encoding/hex"
)

// newKey draws 128 random bits as 32 hexadecimal digits: the name of an ask, of a visit,
// or of one rendered form.
func newKey() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return hex.EncodeToString(b)
}

// isKey reports whether s could have come from newKey.
func isKey(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 16
}

// keyOr returns s when it is a key, else a new one.
func keyOr(s string) string {
	if isKey(s) {
		return s
	}
	return newKey()
}
