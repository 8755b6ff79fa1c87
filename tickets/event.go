package tickets

import (
	"log/slog"
	"time"
)

// Event is one thing that happened to a ticket. Events are only ever appended.
type Event struct {
	Key    string    // idempotency key of the form that caused it; may be empty
	At     time.Time // zero lets the store take its own time
	Actor  Actor
	Change Change
}

// check refuses an event that names no change, or an actor who cannot cause it: players
// speak for themselves, and only a signed-in agent speaks to a player or decides.
func (e Event) check() error {
	var invalid InvalidError
	if e.Change == nil {
		invalid.add("change", Required)
		return &invalid
	}
	invalid.add("key", checkKey(e.Key, 0))
	invalid.add("files", checkFiles(FilesOf(e.Change)))
	if !e.may() {
		invalid.add("actor", Unknown)
	}
	return invalid.orNil()
}

func (e Event) may() bool {
	byPlayer := e.Actor == Actor{Kind: ByPlayer}
	byAgent := e.Actor.Kind == ByAgent && e.Actor.Agent != 0
	bySystem := e.Actor == Actor{Kind: BySystem}
	switch e.Change.(type) {
	case PlayerReplied, PlayerClosed, PlayerAccepted, ClarificationAsked, Appealed, Objected, EscalationAsked, Rated:
		return byPlayer
	case Recorded:
		return byPlayer || byAgent
	case AgentReplied, InfoAsked, Extended, Escalated, Assessed, Found, Decided, DecisionReviewed, LateJudged,
		SafetyCleared, StatusSet, TaskOpened, TaskDone, Referred, EnquiryReceived, EnquiryAnswered, DisputeEnded, Accused, Held, Closed, DataErased:
		return byAgent
	case DeadlinePassed, DeadlineNear:
		return bySystem
	}
	return byAgent || bySystem
}

// ActorKind says who acts.
type ActorKind string

// The actors.
const (
	ByPlayer ActorKind = "player"
	ByAgent  ActorKind = "agent"
	BySystem ActorKind = "system"
)

// Actor is who caused an event.
type Actor struct {
	Kind  ActorKind
	Agent AgentID // of ByAgent; else 0
}

// Change is what happened to a ticket: one of the types of this package with a Name.
type Change interface {
	// Name is the change's name in the database and on the desk, such as "player_replied".
	Name() string
}

// Opened is the first event of each ticket.
type Opened struct{}

// PlayerReplied adds a message of the player. Safety says that triage saw someone who may
// be in distress: the ticket then overtakes all others.
type PlayerReplied struct {
	Body   string
	Files  []Attachment
	Safety bool
}

// AgentReplied adds a message to the player, reviewed by an agent, and sets the status.
type AgentReplied struct {
	Body   string
	Files  []Attachment
	Then   Status // StatusPending, StatusOpen, StatusOnHold or StatusSolved; of a case with stages empty or StatusOpen
	Review Review
}

// Noted adds an internal note; the player never sees it.
type Noted struct {
	Body  string
	Files []Attachment
}

// StatusSet changes the status by hand.
type StatusSet struct{ To Status }

// CategorySet moves the ticket to another category.
type CategorySet struct{ To string }

// Assigned gives the ticket to an agent, or to nobody (0).
type Assigned struct{ To AgentID }

// PlayerClosed ends the ticket at the player's wish.
type PlayerClosed struct{}

// Name implements Change.
func (Opened) Name() string { return "opened" }

// Name implements Change.
func (PlayerReplied) Name() string { return "player_replied" }

// Name implements Change.
func (AgentReplied) Name() string { return "agent_replied" }

// Name implements Change.
func (Noted) Name() string { return "noted" }

// Name implements Change.
func (StatusSet) Name() string { return "status_set" }

// Name implements Change.
func (CategorySet) Name() string { return "category_set" }

// Name implements Change.
func (Assigned) Name() string { return "assigned" }

// Name implements Change.
func (PlayerClosed) Name() string { return "player_closed" }

// Review is an agent's consent to a message before it goes out.
type Review struct {
	By AgentID
	At time.Time
}

// LogValue names the event without what people wrote.
func (e Event) LogValue() slog.Value {
	return slog.GroupValue(slog.String("change", e.Change.Name()), slog.String("by", string(e.Actor.Kind)))
}

// Entry is an event as the ticket's history shows it.
type Entry struct {
	At        time.Time
	Actor     Actor
	ActorName string            // of an agent
	Change    string            // Change.Name, or an Entry… constant
	Detail    map[string]string // from, to, kind, files (how many); agents by name; never what people wrote
}
