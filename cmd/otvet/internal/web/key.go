package web

import (
	"crypto/rand"
	"encoding/hex"
)

// NewKey draws 128 random bits as 32 hexadecimal digits: the name of a question, or of
// one rendered form.
func NewKey() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return hex.EncodeToString(b)
}
