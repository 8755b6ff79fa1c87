package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Erasure is why and by whom what people wrote in a ticket goes.
type Erasure struct {
	Asked  bool           // the person asked for it; else its time is over
	By     tickets.Actor  // zero: the system
	Ground string         // a word of the program, such as "retention" or "request"
	For    tickets.Number // the request about data that asked for it; may be empty
	At     time.Time      // zero: now
}

// Erase takes out of a ticket everything that people wrote and whose it was: messages,
// subject, contact, record, the words for the search, recipients and fields of letters,
// what was asked before, private links, idempotency keys, names and hashes of attachments
// (their files go with the next sweep). Asked for by the person, it also takes what else
// leads to them: links to sign in by and their letters, sessions, and what they asked or
// said of articles in the same visit. The chain stays whole, and says that it was done.
// One that must be kept is a *tickets.KeptError; one that was erased stays as it is.
func (s *Store) Erase(ctx context.Context, n tickets.Number, e Erasure) error {
	e.At = moment(e.At)
	if e.By == (tickets.Actor{}) {
		e.By = bySystem
	}
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		t, err := s.ticketByNumber(ctx, tx, n)
		if err != nil {
			return err
		}
		if t, err = s.lock(ctx, tx, t.ID); err != nil || !t.Case.ErasedAt.IsZero() {
			return err
		}
		if err := s.mayErase(ctx, tx, t, e); err != nil {
			return err
		}
		return s.erase(ctx, tx, t, e)
	})
	if err != nil {
		return fmt.Errorf("erase ticket %s: %w", n, err)
	}
	return nil
}

// mayErase refuses what must be kept: for its own sake, or for that of the ticket in which
// its matter goes on.
func (s *Store) mayErase(ctx context.Context, tx pgx.Tx, t tickets.Ticket, e Erasure) error {
	for hops := 0; ; hops++ {
		if why, until := t.Keeps(e.At, e.Asked); why != "" && t.Case.ErasedAt.IsZero() {
			return &tickets.KeptError{Why: why, Until: until}
		}
		if t.Case.MergedInto == "" || hops > 20 {
			return nil
		}
		into, err := s.ticketByNumber(ctx, tx, t.Case.MergedInto)
		if err != nil {
			return err
		}
		t = into
	}
}

// erase does it, in the order in which rows are locked everywhere: the ticket first.
func (s *Store) erase(ctx context.Context, tx pgx.Tx, t tickets.Ticket, e Erasure) error {
	if err := forgetPlayer(ctx, tx, t, e.Asked); err != nil {
		return err
	}
	erased := t.Erased(e.At)
	args := pgx.NamedArgs{"ticket": t.ID, "number": t.Number, "at": e.At, "procedure": erased.Case}
	for _, sql := range []string{
		`SELECT set_config('otvet.erasing', 'on', true)`,
		`UPDATE messages SET body = '', salt = NULL, erased_at = @at WHERE ticket_id = @ticket AND erased_at IS NULL`,
		`SELECT set_config('otvet.erasing', 'off', true)`,
		`UPDATE tickets SET subject = '', login = NULL, email = NULL, account = NULL, account_issuer = NULL,
		        identity_assurance = 'none', procedure = @procedure, erased_at = @at WHERE id = @ticket`,
		`DELETE FROM ticket_words WHERE ticket_id = @ticket`,
		`UPDATE letters SET recipient = 'erased', mailbox = '', fields = '{}',
		        state = CASE state WHEN 'queued' THEN 'suppressed' ELSE state END WHERE ticket_id = @ticket`,
		`UPDATE attachments SET state = 'erased', name = 'erased', sha256 = NULL, removed_at = NULL, removed_by = NULL,
		        removed_reason = NULL WHERE ticket_id = @ticket`,
		`DELETE FROM ask_citations WHERE ask_id IN (SELECT id FROM asks WHERE ticket_id = @ticket)`,
		`DELETE FROM asks WHERE ticket_id = @ticket`,
		`DELETE FROM ticket_tokens WHERE ticket_id = @ticket`,
		`DELETE FROM idempotency_keys WHERE number = @number`,
	} {
		if _, err := tx.Exec(ctx, sql, args); err != nil {
			return err
		}
	}
	detail := map[string]string{"ground": e.Ground}
	if e.For != "" {
		detail["request"] = string(e.For)
	}
	return insertEvent(ctx, tx, t, "", tickets.Entry{At: e.At, Actor: e.By, Change: tickets.EntryErased, Detail: detail})
}

// Expired is how many tickets of a kind have been kept long enough.
type Expired struct {
	Kind   tickets.Kind
	Count  int
	Oldest time.Time // when the first of them was received
}

// expiredBatch is how many tickets are looked at in one transaction.
const expiredBatch = 500

// Retention erases what has been kept long enough by its rules, and returns it by kind; a
// dry run only counts. A ticket that is open, held or with a dispute body is never among
// them. One that fails holds up no other: the errors are joined, and come with the rest.
func (s *Store) Retention(ctx context.Context, now time.Time, dry bool) ([]Expired, error) {
	now = moment(now)
	var gone []tickets.Ticket
	var failed error
	for after := int64(0); ; {
		batch, err := s.endedAfter(ctx, after)
		if err != nil {
			return byKind(gone), errors.Join(failed, fmt.Errorf("retention: %w", err))
		}
		for _, t := range batch {
			after = t.ID
			why, _ := t.Keeps(now, false)
			if why != "" {
				continue
			}
			if done, err := s.expire(ctx, t, now, dry); err != nil {
				failed = errors.Join(failed, fmt.Errorf("retention: %w", err))
			} else if done {
				gone = append(gone, t)
			}
		}
		if len(batch) < expiredBatch || ctx.Err() != nil {
			return byKind(gone), failed
		}
	}
}

// expire erases a ticket whose time is over, unless another one still needs it.
func (s *Store) expire(ctx context.Context, t tickets.Ticket, now time.Time, dry bool) (bool, error) {
	e := Erasure{Ground: "retention", At: now}
	var err error
	if dry {
		err = s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) error { return s.mayErase(ctx, tx, t, e) })
	} else {
		err = s.Erase(ctx, t.Number, e)
	}
	var kept *tickets.KeptError
	if errors.As(err, &kept) {
		return false, nil
	}
	return err == nil, err
}

// endedAfter returns the next closed tickets that have not been erased.
func (s *Store) endedAfter(ctx context.Context, after int64) ([]tickets.Ticket, error) {
	const sql = `
		SELECT ` + ticketColumns + ` FROM tickets t
		WHERE status = 'closed' AND erased_at IS NULL AND id > @after ORDER BY id LIMIT @batch`
	return all(ctx, s, sql, pgx.NamedArgs{"after": after, "batch": expiredBatch}, s.scanTicket)
}

func byKind(all []tickets.Ticket) (list []Expired) {
	for _, k := range tickets.Kinds() {
		x := Expired{Kind: k}
		for _, t := range all {
			if t.Kind != k {
				continue
			}
			x.Count++
			if x.Oldest.IsZero() || t.Case.ReceivedAt.Before(x.Oldest) {
				x.Oldest = t.Case.ReceivedAt
			}
		}
		if x.Count > 0 {
			list = append(list, x)
		}
	}
	return list
}
