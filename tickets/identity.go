package tickets

import (
	"slices"
	"strings"
)

// Assurance says how far it is proven who wrote a ticket.
type Assurance string

// The assurances.
const (
	AssuranceNone  Assurance = "none"  // a login or an address was typed, no more
	AssuranceEmail Assurance = "email" // signed in by a link that was sent to the address
	AssuranceSite  Assurance = "site"  // signed in on the operator's site
)

// Valid reports whether a is one of the assurances.
func (a Assurance) Valid() bool {
	return slices.Contains([]Assurance{AssuranceNone, AssuranceEmail, AssuranceSite}, a)
}

// Account is a player's account on the operator's site. Only both names together tell one
// account from another: an e-mail address or a login that somebody typed never does.
type Account struct {
	Issuer  string // who vouches for it
	Subject string // its name there, 1 to 255 bytes
}

// Identity is what a player has proven by signing in. The zero Identity is nobody's.
type Identity struct {
	Account Account // of a player who came from the operator's site; else zero
	Email   string  // an address proven to be the player's; may be empty
}

// Assures tells how far the identity proves that its holder is the player behind a
// contact. A proven account vouches for whatever contact its holder types; a proven
// address only for itself.
func (i Identity) Assures(r Requester) Assurance {
	switch {
	case i.Account != Account{}:
		return AssuranceSite
	case i.Email != "" && strings.EqualFold(i.Email, r.Email):
		return AssuranceEmail
	}
	return AssuranceNone
}
