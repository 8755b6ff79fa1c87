package tickets

import (
	"time"

	"otvet/kb"
)

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
	CreatedAt    time.Time
}
