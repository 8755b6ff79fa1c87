package attachments

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"otvet/tickets"
)

// validity is how long a reference can be used: half of Grace, so that no file is swept
// away between a form and its commit.
const validity = Grace / 2

// reference is what a form remembers of a file that was kept for it.
type reference struct {
	File tickets.Attachment
	At   time.Time
}

// Seal returns a text by which a form knows a file again that was kept for it. Nobody
// else can make one, and it is good for the form with this key only.
func (s *Store) Seal(a tickets.Attachment, key string) (string, error) {
	if err := s.prepare(); err != nil {
		return "", err
	}
	b, err := json.Marshal(reference{a, time.Now().UTC()})
	if err != nil {
		return "", fmt.Errorf("seal a reference: %w", err)
	}
	text := base64.RawURLEncoding.EncodeToString(b)
	return text + "." + base64.RawURLEncoding.EncodeToString(s.sign(text, key)), nil
}

// Unseal returns the file of a reference. One that was not sealed for this form, is too
// old, or whose file is gone is tickets.ErrNotFound.
func (s *Store) Unseal(sealed, key string) (tickets.Attachment, error) {
	var none tickets.Attachment
	if err := s.prepare(); err != nil {
		return none, err
	}
	text, mark, _ := strings.Cut(sealed, ".")
	given, err := base64.RawURLEncoding.DecodeString(mark)
	if err != nil || !hmac.Equal(given, s.sign(text, key)) {
		return none, tickets.ErrNotFound
	}
	var r reference
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(b, &r)
	}
	if err != nil || time.Since(r.At) > validity || !hashForm.MatchString(r.File.Hash) {
		return none, tickets.ErrNotFound
	}
	if _, err := os.Stat(s.path(r.File.Hash)); err != nil {
		return none, tickets.ErrNotFound
	}
	return r.File, nil
}

func (s *Store) sign(text, key string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(key + "\x00" + text))
	return mac.Sum(nil)
}
