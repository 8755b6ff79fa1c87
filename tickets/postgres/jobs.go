package postgres

import (
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"otvet/tickets"
	"otvet/tickets/policy"
)

// LetterAttempts is how often a letter is tried before it is given up.
const LetterAttempts = 25

// LetterArgs is the job of sending one letter. It was inserted in the transaction that
// decided the letter.
type LetterArgs struct {
	LetterID int64 `json:"letter_id"`
}

// Kind implements river.JobArgs.
func (LetterArgs) Kind() string { return "letter" }

// InsertOpts implements river.JobArgsWithInsertOpts: one job a letter.
func (LetterArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: LetterAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

// DeadlineArgs is the job of looking at a clock when it is due, or when people are to be
// warned. A clock that has moved meanwhile has another job.
type DeadlineArgs struct {
	Ticket tickets.Number `json:"ticket"`
	Rule   policy.Rule    `json:"rule"`
	Round  int            `json:"round"`
	At     time.Time      `json:"at"`
}

// Kind implements river.JobArgs.
func (DeadlineArgs) Kind() string { return "deadline" }

// InsertOpts implements river.JobArgsWithInsertOpts: one job that waits for each moment of
// a clock. One that is done does not keep the clock from coming back to the same moment.
func (DeadlineArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
		rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}}}
}

// Worker returns a client that works the queue on the store's connections.
func (s *Store) Worker(config *river.Config) (*river.Client[pgx.Tx], error) {
	client, err := river.NewClient(riverpgxv5.New(s.pool), config)
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	return client, nil
}

// SignInAttempts is how often a letter with a link to sign in by is tried at most.
const SignInAttempts = 12

// SignInArgs is the job of sending such a letter. It was inserted in the transaction in
// which somebody asked for it.
type SignInArgs struct {
	LetterID int64 `json:"letter_id"`
}

// Kind implements river.JobArgs.
func (SignInArgs) Kind() string { return "sign_in" }

// InsertOpts implements river.JobArgsWithInsertOpts: one job a letter.
func (SignInArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: SignInAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true}}
}
