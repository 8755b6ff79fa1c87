// Package postgres keeps tickets in PostgreSQL. It holds the only SQL in the tree.
//
// # One method, one transaction
//
// Each exported method of [Store] is a use case in one transaction: lock the row,
// apply the rule of package tickets, update where the version matches, append the
// event, insert the message, the letter and its River job, commit. What a method
// returned without error is durable. Deadlocks and serialization failures are repeated,
// so what a transaction does must be harmless when it runs again.
//
// # When the database is away
//
// [Open] does not connect, so that help pages can be served before the database is up.
// Until [Store.Ready] succeeds, and whenever the server cannot be reached, is full,
// read-only or too slow, methods return tickets.ErrUnavailable (wrapped, with the cause
// for the log). When the connection breaks during a commit nobody knows whether it was
// done: that too is ErrUnavailable, and the idempotency key makes it safe to try again.
//
// # What is kept of secrets
//
// Tokens, session tokens and bucket names are stored as SHA-256 hashes only.
package postgres

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"otvet/tickets/policy"
)

// How long things may take. A method waits for a connection, its statements and its
// repetitions no longer than patience.
const (
	patience         = 5 * time.Second
	connectTimeout   = 3 * time.Second
	statementTimeout = 4 * time.Second
	lockTimeout      = 3 * time.Second
	idleTimeout      = 10 * time.Second // of a transaction that we have forgotten
	maxConns         = 20
)

// Store is the database of tickets, agents and asks. It is safe for concurrent use.
type Store struct {
	pool  *pgxpool.Pool
	jobs  *river.Client[pgx.Tx] // inserts only
	rules rules
	ready atomic.Bool

	records   chan struct{} // one element for each record in the background
	recording sync.WaitGroup
}

// Open prepares a store on a connection string or URL without connecting. The pool's
// size is pool_max_conns of the URL, else 20. The time limits are sent as startup
// parameters; a pooler in between must let them through, and keep sessions whole.
func Open(ctx context.Context, url string) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err) // pgx leaves the password out
	}
	tune(config)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	jobs, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	packs, err := policy.Load(time.UTC)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	return &Store{pool: pool, jobs: jobs, rules: rules{packs, defaultPack}, records: make(chan struct{}, maxRecords)}, nil
}

func tune(config *pgxpool.Config) {
	if !strings.Contains(config.ConnString(), "pool_max_conns") {
		config.MaxConns = maxConns
	}
	config.PingTimeout = connectTimeout
	config.ConnConfig.ConnectTimeout = connectTimeout
	params := config.ConnConfig.RuntimeParams
	params["application_name"] = "otvet"
	params["timezone"] = "UTC"
	for name, d := range map[string]time.Duration{
		"statement_timeout": statementTimeout, "lock_timeout": lockTimeout,
		"idle_in_transaction_session_timeout": idleTimeout,
	} {
		params[name] = strconv.FormatInt(d.Milliseconds(), 10)
	}
	config.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		conn.TypeMap().RegisterType(&pgtype.Type{
			Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
		})
		return nil
	}
}

// Close waits for the records that are under way and releases every connection.
func (s *Store) Close() {
	s.recording.Wait()
	s.pool.Close()
}
