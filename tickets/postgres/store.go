// Package postgres keeps tickets in PostgreSQL. It holds the only SQL in the tree.
//
// # One method, one transaction
//
// Each exported method of [Store] is a use case in one transaction: lock the row,
// apply the rule of package tickets, update where the version matches, append the
// event, insert the message, the letter and its River job, commit. What a method
// returned without error is durable.
//
// # When the database is away
//
// [Open] does not connect, so that help pages can be served before the database is up.
// Until [Store.Ready] succeeds, and whenever the server cannot be reached, methods
// return tickets.ErrUnavailable (wrapped, with the cause for the log).
package postgres

import (
	"context"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5/pgxpool"

	"otvet/kb"
	"otvet/tickets"
)

// Store is the database of tickets, agents and asks. It is safe for concurrent use.
type Store struct{ pool *pgxpool.Pool }

// Open prepares a store on a connection string or URL without connecting.
func Open(ctx context.Context, url string) (*Store, error) { panic("unbuilt") }

// Close releases every connection.
func (s *Store) Close() { panic("unbuilt") }

// SchemaError says that the database's schema is not the one that this program knows.
type SchemaError struct{ Have, Want int64 }

// Error names the command that mends it.
func (e *SchemaError) Error() string { panic("unbuilt") }

// Migrate brings the schema (ours and River's) up to date. It is safe to run twice and
// from two processes at once.
func (s *Store) Migrate(ctx context.Context) error { panic("unbuilt") }

// Ready checks the connection, the schema (*SchemaError) and that commits are durable
// (fsync and synchronous_commit), and from then on lets the other methods through.
func (s *Store) Ready(ctx context.Context) error { panic("unbuilt") }

// Ping reports whether the store can work now: nil, or tickets.ErrUnavailable.
func (s *Store) Ping(ctx context.Context) error { panic("unbuilt") }

// Sessions returns the desk's session store.
func (s *Store) Sessions() scs.CtxStore { panic("unbuilt") }

// Opening is what OpenTicket did.
type Opening struct {
	Ticket   tickets.Ticket
	Token    tickets.Token // a new one each time
	Repeated bool          // the key had opened this ticket before
}

// OpenTicket opens a ticket with its first message, its event, its acknowledgement
// letter and the letter's job, and links the visit's asks. The same key with the same
// content returns the same ticket; with another content, tickets.ErrKeyReused and, in
// Opening, the earlier ticket's number.
func (s *Store) OpenTicket(ctx context.Context, n tickets.NewTicket) (Opening, error) {
	panic("unbuilt")
}

// Apply applies an event to a ticket that an agent saw at version. Errors:
// tickets.ErrNotFound, tickets.ErrConflict (changed since), *tickets.TransitionError,
// *tickets.InvalidError. An event whose key the ticket has already is not applied again,
// and is no error.
func (s *Store) Apply(ctx context.Context, n tickets.Number, version int, e tickets.Event) (tickets.Ticket, error) {
	panic("unbuilt")
}

// PlayerApply applies a player's event (PlayerReplied, PlayerClosed) to the token's ticket,
// whatever its version. Errors as Apply, without ErrConflict.
func (s *Store) PlayerApply(ctx context.Context, t tickets.Token, e tickets.Event) (tickets.Ticket, error) {
	panic("unbuilt")
}

// Dossier returns everything about a ticket, for agents.
func (s *Store) Dossier(ctx context.Context, n tickets.Number) (tickets.Dossier, error) {
	panic("unbuilt")
}

// PlayerDossier returns what the holder of a token may read.
func (s *Store) PlayerDossier(ctx context.Context, t tickets.Token) (tickets.Dossier, error) {
	panic("unbuilt")
}

// Queue returns a page of the queue.
func (s *Store) Queue(ctx context.Context, f tickets.Filter) (tickets.QueuePage, error) {
	panic("unbuilt")
}

// RecordAsk keeps an ask and the passages that it showed.
func (s *Store) RecordAsk(ctx context.Context, a tickets.Ask) error { panic("unbuilt") }

// SetOutcome notes what came of an ask. An unknown key is tickets.ErrNotFound.
func (s *Store) SetOutcome(ctx context.Context, key string, o tickets.Outcome) error {
	panic("unbuilt")
}

// Citation returns a citation as it was shown, however the content has changed since.
func (s *Store) Citation(ctx context.Context, r kb.Ref) (kb.Citation, error) { panic("unbuilt") }

// RecordFeedback keeps a reader's word on an article; the same visitor's second word on
// the same article replaces the first.
func (s *Store) RecordFeedback(ctx context.Context, f tickets.Feedback) error { panic("unbuilt") }

// AddAgent creates an agent and returns it with its ID. An e-mail address that another
// agent has is tickets.ErrConflict.
func (s *Store) AddAgent(ctx context.Context, a tickets.Agent) (tickets.Agent, error) {
	panic("unbuilt")
}

// Agent returns an agent by ID.
func (s *Store) Agent(ctx context.Context, id tickets.AgentID) (tickets.Agent, error) {
	panic("unbuilt")
}

// AgentByEmail returns an agent by sign-in name.
func (s *Store) AgentByEmail(ctx context.Context, email string) (tickets.Agent, error) {
	panic("unbuilt")
}

// Agents returns all agents by name.
func (s *Store) Agents(ctx context.Context) ([]tickets.Agent, error) { panic("unbuilt") }

// SetPassword replaces an agent's password hash; mustChange marks a one-time password.
// Every session of the agent ends.
func (s *Store) SetPassword(ctx context.Context, id tickets.AgentID, hash string, mustChange bool) error {
	panic("unbuilt")
}

// SetAgentLocale sets the language of an agent's desk.
func (s *Store) SetAgentLocale(ctx context.Context, id tickets.AgentID, l kb.Locale) error {
	panic("unbuilt")
}

// Allow takes one token from the bucket named key, which holds limit tokens and refills
// within per; false means that it is empty. Shared by all replicas.
func (s *Store) Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, error) {
	panic("unbuilt")
}
