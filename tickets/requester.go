package tickets

import (
	"net/mail"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Requester is the player behind a ticket: a login or an e-mail address, whichever
// was given; nothing more is asked. Neither is proof of who writes: that is what an
// Assurance is for.
type Requester struct {
	Login string
	Email string
}

// ParseRequester reads the one field "login or e-mail": what holds an @ is an address.
// Codes: Required, TooLong, BadEmail, BadText.
func ParseRequester(s string) (Requester, Code) {
	s, code := field(s, MaxContact)
	if code != "" {
		return Requester{}, code
	}
	if !strings.Contains(s, "@") {
		return Requester{Login: s}, ""
	}
	if !plainAddress(s) {
		return Requester{}, BadEmail
	}
	return Requester{Email: s}, ""
}

var addressForm = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

// plainAddress accepts the ordinary subset of addresses: no quoted local parts, no
// comments, no display names, so that nothing of it can be read as a header.
func plainAddress(s string) bool {
	if utf8.RuneCountInString(s) > MaxContact || !addressForm.MatchString(s) {
		return false
	}
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && a.Name == ""
}

// Contact returns what the player gave.
func (r Requester) Contact() string {
	if r.Email != "" {
		return r.Email
	}
	return r.Login
}
