package tickets

import (
	"strings"
	"time"

	"otvet/kb"
)

// MaxName is the greatest length of an agent's name, in characters.
const MaxName = 100

// AgentID is an agent's internal number.
type AgentID int64

// Agent is a person who answers tickets.
type Agent struct {
	ID           AgentID
	Email        string // lower case; the sign-in name
	Name         string // as players and colleagues see it
	Locale       kb.Locale
	PasswordHash string // argon2id
	MustChange   bool   // signed in with a one-time password
	Disabled     bool
	// Epoch grows when all sessions of the agent must end: a session that remembers
	// another epoch is not signed in any more.
	Epoch     int
	CreatedAt time.Time
}

// Validate cleans the name and the address. The error is an *InvalidError with the
// fields email, name, locale.
func (a Agent) Validate() (Agent, error) {
	var invalid InvalidError
	r, code := ParseRequester(strings.ToLower(a.Email))
	if code == "" && r.Email == "" {
		code = BadEmail
	}
	invalid.add("email", code)
	a.Email = r.Email
	a.Name, code = field(a.Name, MaxName)
	invalid.add("name", code)
	if !a.Locale.Valid() {
		invalid.add("locale", Unknown)
	}
	return a, invalid.orNil()
}
