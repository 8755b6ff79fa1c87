package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
)

// isKey reports whether s could have come from web.NewKey.
func isKey(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 16
}

// keyOr returns s when it is a key, else a new one.
func keyOr(s string) string {
	if isKey(s) {
		return s
	}
	return web.NewKey()
}

// showingKey names the ask of the nth showing of passages beside a form. It follows from
// what is shown, so that a repeated post finds its record and the form alone remembers
// what it shows.
func showingKey(form string, n int, passages []kb.Citation) string {
	h := sha256.New()
	_, _ = fmt.Fprintln(h, form, n) // a hash takes everything
	for _, c := range passages {
		_, _ = fmt.Fprintln(h, c.Ref)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
