package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// auditBatch is how many tickets are verified in one transaction: few enough for its time
// limit, whatever they hold.
const auditBatch = 200

// Audited is what an audit has walked over.
type Audited struct {
	Tickets  int       `json:"tickets"`
	Events   int       `json:"events"`
	Messages int       `json:"messages"`
	Erased   int       `json:"erased"`                  // messages whose text is gone
	Unproven int       `json:"unproven"`                // tickets that a migration chained as they were
	Since    time.Time `json:"unproven_until,omitzero"` // the last such moment
	Boundary int64     `json:"at"`                      // the last event that is part of the root
	Root     []byte    `json:"-"`                       // tickets.Root of all events up to Boundary
}

// Audit is one look at all records, or at one ticket's.
type Audit struct {
	Number   tickets.Number      // empty: all tickets
	Boundary int64               // 0: the last event that there is now
	Progress func(Audited)       // called after each batch
	Break    func(tickets.Break) // called for each break
}

// Audit recomputes the chains of tickets. What is written while it lasts is not part of
// the root, which can be computed again later from Boundary: the same root says that
// nothing up to it has changed.
func (s *Store) Audit(ctx context.Context, a Audit) (Audited, error) {
	walk := audit{Audit: a, root: tickets.NewRoot()}
	walk.done.Boundary = a.Boundary
	if a.Boundary == 0 {
		var err error
		if walk.done.Boundary, err = s.boundary(ctx); err != nil {
			return Audited{}, fmt.Errorf("audit: %w", err)
		}
	}
	for more := true; more; {
		err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) (err error) {
			walk.chains, err = chains(ctx, tx, a.Number, walk.last)
			return err
		})
		if err != nil {
			return Audited{}, fmt.Errorf("audit after ticket %q: %w", walk.last, err)
		}
		more = walk.take()
		a.Progress(walk.done)
	}
	if err := s.strays(ctx, a); err != nil {
		return Audited{}, fmt.Errorf("audit: %w", err)
	}
	walk.done.Root = walk.root.Hash()
	return walk.done, nil
}

// boundary returns the last event, so that no event up to it can be added later: who
// appends an event holds a lock on tickets from before its id was drawn.
func (s *Store) boundary(ctx context.Context) (last int64, err error) {
	err = s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `LOCK TABLE tickets IN EXCLUSIVE MODE`); err != nil {
			return err
		}
		last, err = first(ctx, tx, `SELECT coalesce(max(id), 0) FROM events`, nil, pgx.RowTo[int64])
		return err
	})
	return last, err
}

// audit is an audit under way.
type audit struct {
	Audit
	chains []tickets.Chain
	last   tickets.Number
	root   tickets.Root
	done   Audited
}

// take verifies a batch; false when it was the last one.
func (a *audit) take() bool {
	for _, c := range a.chains {
		for _, b := range c.Verify() {
			a.Break(b)
		}
		a.count(c)
		a.root.Add(c.Ticket, a.headAt(c))
		a.last = c.Ticket
	}
	return len(a.chains) == auditBatch
}

func (a *audit) count(c tickets.Chain) {
	a.done.Tickets++
	a.done.Events += len(c.Events)
	for _, e := range c.Events {
		if e.Message != nil {
			a.done.Messages++
		}
		if !e.ErasedAt.IsZero() {
			a.done.Erased++
		}
	}
	if at := c.Past(); !at.IsZero() {
		a.done.Unproven++
		if at.After(a.done.Since) {
			a.done.Since = at
		}
	}
}

// headAt returns the hash of the last event up to the boundary.
func (a *audit) headAt(c tickets.Chain) (head []byte) {
	for _, e := range c.Events {
		if e.ID <= a.done.Boundary {
			head = e.Hash
		}
	}
	return head
}

// strays reports what belongs to no ticket.
func (s *Store) strays(ctx context.Context, a Audit) error {
	const sql = `
		SELECT id FROM events e WHERE NOT EXISTS (SELECT FROM tickets t WHERE t.id = e.ticket_id)
		UNION ALL
		SELECT 0 FROM messages m WHERE NOT EXISTS (SELECT FROM tickets t WHERE t.id = m.ticket_id)
		LIMIT 1000`
	if a.Number != "" {
		return nil
	}
	ids, err := all(ctx, s, sql, nil, pgx.RowTo[int64])
	for _, id := range ids {
		a.Break(tickets.Break{Event: id, What: "an event or a message of a ticket that is not there"})
	}
	return err
}

// chains returns the records of the next tickets by number, or of one.
func chains(ctx context.Context, tx pgx.Tx, only, after tickets.Number) ([]tickets.Chain, error) {
	const sql = `
		SELECT id, number, subject, chain_head, chain_length FROM tickets
		WHERE number COLLATE "C" > @after AND (@only = '' OR number = @only)
		ORDER BY number COLLATE "C" LIMIT @batch`
	var ids []int64
	var subjects []string
	args := pgx.NamedArgs{"after": after, "only": only, "batch": auditBatch}
	found, err := list(ctx, tx, sql, args, func(row pgx.CollectableRow) (c tickets.Chain, err error) {
		var id int64
		var subject string
		err = row.Scan(&id, &c.Ticket, &subject, &c.Head, &c.Length)
		ids, subjects = append(ids, id), append(subjects, subject)
		return c, err
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	place := map[int64]int{}
	for i, id := range ids {
		place[id] = i
	}
	if err := links(ctx, tx, ids, func(ticket int64, e tickets.Chained) {
		c := &found[place[ticket]]
		e.Ticket = c.Ticket
		if e.Change == (tickets.Opened{}).Name() {
			e.Contents.Subject = subjects[place[ticket]]
		}
		c.Events = append(c.Events, e)
	}); err != nil {
		return nil, err
	}
	return found, loose(ctx, tx, ids, func(ticket, message int64) {
		c := &found[place[ticket]]
		c.Loose = append(c.Loose, message)
	})
}

// links reads the events of tickets in their order, with their messages.
func links(ctx context.Context, tx pgx.Tx, ids []int64, add func(ticket int64, e tickets.Chained)) error {
	const sql = `
		SELECT e.ticket_id, e.id, e.version, coalesce(e.key, ''), e.at, e.actor_kind, coalesce(e.actor_id, 0), e.change,
		       e.detail, e.hash, coalesce(e.message_id, 0), coalesce(t.number, ''), coalesce(m.author_kind, ''),
		       coalesce(m.author_id, 0), coalesce(m.public, false), m.at, coalesce(m.review_by, 0), m.review_at,
		       m.commitment, m.salt, coalesce(m.body, ''), m.erased_at,
		       (SELECT array_agg(a.sha256 ORDER BY a.place) FROM attachments a WHERE a.message_id = m.id)
		FROM events e LEFT JOIN messages m ON m.id = e.message_id LEFT JOIN tickets t ON t.id = m.ticket_id
		WHERE e.ticket_id = ANY(@ids) ORDER BY e.ticket_id, e.id`
	rows, err := tx.Query(ctx, sql, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var ticket int64
		var e tickets.Chained
		var m tickets.Sealed
		var detail []byte
		if err := rows.Scan(&ticket, &e.ID, &e.Version, &e.Key, &e.At, &e.Actor.Kind, &e.Actor.Agent, &e.Change,
			&detail, &e.Hash, &m.ID, &e.Of, &m.Author.Kind,
			&m.Author.Agent, &m.Public, orZero(&m.At), &m.Review.By, orZero(&m.Review.At),
			&m.Commitment, &e.Contents.Salt, &e.Contents.Body, orZero(&e.ErasedAt), &e.Contents.Files); err != nil {
			return err
		}
		if m.ID != 0 {
			e.Message = &m
		}
		if json.Unmarshal(detail, &e.Detail) != nil {
			e.Detail = map[string]string{"": "holds more than texts"} // which no hash comes out of
		}
		add(ticket, e)
	}
	return rows.Err()
}

// loose reads the messages of tickets that no event has added.
func loose(ctx context.Context, tx pgx.Tx, ids []int64, add func(ticket, message int64)) error {
	const sql = `
		SELECT m.ticket_id, m.id FROM messages m
		WHERE m.ticket_id = ANY(@ids) AND NOT EXISTS (SELECT FROM events e WHERE e.message_id = m.id)`
	rows, err := tx.Query(ctx, sql, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var ticket, message int64
		if err := rows.Scan(&ticket, &message); err != nil {
			return err
		}
		add(ticket, message)
	}
	return rows.Err()
}
