package desk

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"otvet/cmd/otvet/internal/web"
)

// Length of a password, in characters.
const (
	minPassword = 12
	maxPassword = 128
)

// hashing are OWASP's parameters for argon2id: 19 MiB, two passes, one lane.
func hashing() *argon2id.Params {
	return &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// nobody is the hash of 32 random bytes that were thrown away. It is compared when there
// is no such agent, so that the answer takes as long as for one that there is.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$RN90hE6mPnczKmfSVEdrQQ$vePSoa8Llw2DEDp6yPGqgq/xrotxnfOBxh4sroEr4gI"

// NewPassword draws a one-time password for a new or locked-out agent and returns it with
// its argon2id hash.
func NewPassword() (password, hash string, err error) {
	// Crockford's base 32: no letters that read like digits. 20 of them are 100 bits.
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	b := make([]byte, 20)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	for i := range b {
		b[i] = letters[b[i]%32]
	}
	password = strings.Join([]string{string(b[:5]), string(b[5:10]), string(b[10:15]), string(b[15:])}, "-")
	hash, err = argon2id.CreateHash(password, hashing())
	if err != nil {
		return "", "", fmt.Errorf("hash a new password: %w", err)
	}
	return password, hash, nil
}

// hasher hashes passwords, two at a time: each takes 19 MiB and a core, and a flood of
// sign-ins must not take all of them.
type hasher struct{ slots chan struct{} }

func newHasher() hasher { return hasher{make(chan struct{}, 2)} }

// hashWait is how long a sign-in waits for its turn.
const hashWait = 5 * time.Second

func (h hasher) acquire(ctx context.Context) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, hashWait)
	defer cancel()
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, web.Failf(web.TooMany, "no turn to hash a password")
	}
}

// hash returns the argon2id hash of a new password.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	release, err := h.acquire(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	hash, err := argon2id.CreateHash(norm.NFC.String(password), hashing())
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// matches reports whether the password has this hash. One over the limit is refused
// without hashing.
func (h hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	if utf8.RuneCountInString(password) > maxPassword {
		return false, nil
	}
	release, err := h.acquire(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	ok, err := argon2id.ComparePasswordAndHash(norm.NFC.String(password), hash)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return ok, nil
}
