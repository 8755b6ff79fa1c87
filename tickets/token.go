package tickets

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
)

// Token opens one ticket's private page: 128 random bits as 22 URL-safe characters.
// Only its hash is stored.
type Token string

// NewToken draws a token.
func NewToken() Token {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return Token(base64.RawURLEncoding.EncodeToString(b))
}

// ParseToken checks a token's shape. Any other text is ErrNotFound.
func ParseToken(s string) (Token, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != 16 {
		return "", ErrNotFound
	}
	return Token(s), nil
}

// Hash returns what is stored of the token. A plain SHA-256 is enough for 128 random bits.
func (t Token) Hash() []byte {
	h := sha256.Sum256([]byte(t))
	return h[:]
}

// LogValue keeps the token out of logs.
func (t Token) LogValue() slog.Value { return slog.StringValue("[token]") }
