// Package identity checks the signed tokens by which the operator's site says who a player
// is. It knows no request, no session and no ticket.
//
// # What a token must be
//
// A JWT (RFC 7519) signed with the one algorithm that is configured, HS256 or EdDSA, and
// issued for us by the configured issuer, a few minutes ago at most. It has a jti, which the
// caller must let pass once. What two readers could understand differently is refused: a key
// that stands twice, names that differ in case only, bytes that are not UTF-8.
//
// # What it is worth
//
// [Proof.Subject] names the account for its issuer and nobody else. An e-mail address counts
// only when the token says that it was verified.
package identity

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/golang-jwt/jwt/v5"
)

// Bounds of a token.
const (
	MaxToken  = 4096 // bytes
	MaxLife   = 10 * time.Minute
	Leeway    = 30 * time.Second // how far clocks may differ
	maxName   = 255              // bytes of a subject and a jti
	minSecret = 32               // bytes
)

// Config says whose tokens are believed. Either Secret or Keys is set.
type Config struct {
	Secret   string // of HS256, shared with the operator's site
	Keys     []Key  // of EdDSA
	Issuer   string
	Audience string
}

// Verifier checks tokens. It is safe for concurrent use.
type Verifier struct {
	config Config
	method string
}

// New checks the configuration.
func New(c Config) (*Verifier, error) {
	switch {
	case (c.Secret == "") == (len(c.Keys) == 0):
		return nil, errors.New("players' tokens: want either a secret or public keys")
	case c.Secret != "" && len(c.Secret) < minSecret:
		return nil, fmt.Errorf("players' tokens: the secret is too short: want at least %d bytes", minSecret)
	case c.Issuer == "" || len(c.Issuer) > maxName:
		return nil, fmt.Errorf("players' tokens: want an issuer of 1 to %d bytes", maxName)
	case c.Audience == "":
		return nil, errors.New("players' tokens: want an audience")
	}
	if c.Secret != "" {
		return &Verifier{c, jwt.SigningMethodHS256.Alg()}, nil
	}
	return &Verifier{c, jwt.SigningMethodEdDSA.Alg()}, nil
}

// Proof is what a good token says.
type Proof struct {
	ID       string // jti; unique for the issuer
	Issuer   string
	Subject  string
	Email    string // may be empty
	Verified bool   // the issuer has verified the address
	Locale   string // may be empty
	Expires  time.Time
}

// Spent is until when the token's ID must be remembered.
func (p Proof) Spent() time.Time { return p.Expires.Add(2 * Leeway) }

// Verify checks a token at a moment. Its errors are for the log: they say which check
// failed, and repeat nothing of the token.
func (v *Verifier) Verify(token string, now time.Time) (Proof, error) {
	if len(token) > MaxToken {
		return Proof{}, errors.New("player's token: too long")
	}
	if err := unambiguous(token); err != nil {
		return Proof{}, fmt.Errorf("player's token: %w", err)
	}
	claims := jwt.MapClaims{}
	_, err := jwt.NewParser(
		jwt.WithValidMethods([]string{v.method}), jwt.WithStrictDecoding(), jwt.WithTimeFunc(func() time.Time { return now }),
		jwt.WithLeeway(Leeway), jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithIssuer(v.config.Issuer), jwt.WithAudience(v.config.Audience),
	).ParseWithClaims(token, claims, v.keys)
	if err != nil {
		return Proof{}, fmt.Errorf("player's token: %w", reason(err))
	}
	return read(claims)
}

// keys returns the keys that may have signed the token. A secret and a public key are of
// different types, which no other algorithm than the configured one takes.
func (v *Verifier) keys(t *jwt.Token) (any, error) {
	if _, critical := t.Header["crit"]; critical {
		return nil, jwt.ErrTokenUnverifiable
	}
	if typ, ok := t.Header["typ"]; ok {
		if s, _ := typ.(string); !strings.EqualFold(s, "JWT") {
			return nil, jwt.ErrTokenUnverifiable
		}
	}
	if v.config.Secret != "" {
		return []byte(v.config.Secret), nil
	}
	var set jwt.VerificationKeySet
	id, named := t.Header["kid"].(string)
	for _, k := range v.config.Keys {
		if k.ID == "" || named && k.ID == id || !named && len(v.config.Keys) == 1 {
			set.Keys = append(set.Keys, ed25519.PublicKey(k.Public))
		}
	}
	return set, nil // an empty set is refused
}

// reason leaves of an error of the library what holds nothing of the token.
func reason(err error) error {
	for _, known := range []error{
		jwt.ErrTokenSignatureInvalid, jwt.ErrTokenUnverifiable, jwt.ErrTokenExpired, jwt.ErrTokenNotValidYet, jwt.ErrTokenUsedBeforeIssued,
		jwt.ErrTokenInvalidAudience, jwt.ErrTokenInvalidIssuer, jwt.ErrTokenRequiredClaimMissing, jwt.ErrTokenMalformed,
	} {
		if errors.Is(err, known) {
			return known
		}
	}
	return jwt.ErrTokenInvalidClaims
}

// read takes what we use of claims whose signature, times, issuer and audience are right.
func read(claims jwt.MapClaims) (Proof, error) {
	expires, err := claims.GetExpirationTime()
	issued, err2 := claims.GetIssuedAt()
	audience, err3 := claims.GetAudience()
	p := Proof{
		ID: text(claims, "jti"), Issuer: text(claims, "iss"), Subject: text(claims, "sub"),
		Email: text(claims, "email"), Locale: text(claims, "locale"),
	}
	p.Verified, _ = claims["email_verified"].(bool)
	switch {
	case errors.Join(err, err2, err3) != nil || expires == nil || issued == nil:
		return Proof{}, errors.New("player's token: no time of issue")
	case expires.Sub(issued.Time) > MaxLife:
		return Proof{}, errors.New("player's token: lives too long")
	case len(audience) != 1:
		return Proof{}, errors.New("player's token: is for others too")
	case !isName(p.Subject):
		return Proof{}, errors.New("player's token: no usable subject")
	case !isName(p.ID):
		return Proof{}, errors.New("player's token: no usable jti")
	}
	p.Expires = expires.Time
	return p, nil
}

// text returns a claim that is a string, else "".
func text(claims jwt.MapClaims, name string) string {
	s, _ := claims[name].(string)
	return s
}

// isName accepts 1 to 255 bytes that show what they are: no two names may look alike for
// want of a visible character, nor become one in the database.
func isName(s string) bool {
	odd := func(r rune) bool { return r == unicode.ReplacementChar || !unicode.IsGraphic(r) || r == '\u3164' }
	return s != "" && len(s) <= maxName && s == strings.TrimSpace(s) && !strings.ContainsFunc(s, odd)
}
