package postgres

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Limits of acknowledgements, which anyone can cause to be sent to any address. Beyond
// them a ticket is opened all the same, and its letter is suppressed.
const (
	acksPerMailbox = 3 // in 24 hours
	acksPerHour    = 2000
)

// acknowledge decides the letter about a new ticket, if there is an address.
func (s *Store) acknowledge(ctx context.Context, tx pgx.Tx, t tickets.Ticket) error {
	if t.Requester.Email == "" {
		return nil
	}
	kind := tickets.LetterAck
	if t.Priority == tickets.PrioritySafety {
		kind = tickets.LetterSafety
	}
	state, err := ackState(ctx, tx, t, kind)
	if err != nil {
		return err
	}
	l := letterRow{ticket: t, kind: kind, state: state, dedupe: "ack:" + strconv.FormatInt(t.ID, 10)}
	if err := s.insertLetter(ctx, tx, l); err != nil || state == tickets.LetterQueued {
		return err
	}
	return insertEvent(ctx, tx, t, "", tickets.Entry{
		At: t.CreatedAt, Actor: tickets.Actor{Kind: tickets.BySystem},
		Change: tickets.EntryLetterSuppressed, Detail: map[string]string{"kind": string(l.kind)},
	})
}

// ackState counts under a lock of the mailbox, so that concurrent tickets cannot all be
// the third; the hourly limit for everybody may be passed by a few. Each kind has an hour's
// limit of its own: a flood of ordinary tickets must not silence the safety letter.
func ackState(ctx context.Context, tx pgx.Tx, t tickets.Ticket, kind tickets.LetterKind) (tickets.LetterState, error) {
	const lock = `SELECT pg_advisory_xact_lock(hashtextextended(@mailbox, 0))`
	const counts = `
		SELECT (SELECT count(*) FROM letters WHERE kind <> 'reply' AND mailbox = @mailbox
		        AND created_at > now() - interval '24 hours' AND state <> 'suppressed') < @per_mailbox
		   AND (SELECT count(*) FROM letters WHERE kind = @kind AND kind <> 'reply'
		        AND created_at > now() - interval '1 hour' AND state <> 'suppressed') < @per_hour`
	args := pgx.NamedArgs{
		"mailbox": tickets.Mailbox(t.Requester.Email), "kind": kind, "per_mailbox": acksPerMailbox, "per_hour": acksPerHour,
	}
	if _, err := tx.Exec(ctx, lock, args); err != nil {
		return "", err
	}
	may, err := first(ctx, tx, counts, args, pgx.RowTo[bool])
	if err != nil || may {
		return tickets.LetterQueued, err
	}
	return tickets.LetterSuppressed, nil
}

// announce decides the letter about a reply, if there is an address.
func (s *Store) announce(ctx context.Context, tx pgx.Tx, t tickets.Ticket, m tickets.Message) error {
	if t.Requester.Email == "" {
		return nil
	}
	return s.insertLetter(ctx, tx, letterRow{
		ticket: t, kind: tickets.LetterReply, state: tickets.LetterQueued,
		dedupe: "reply:" + strconv.FormatInt(m.ID, 10), message: &m.ID,
	})
}

// letterRow is a letter that was just decided.
type letterRow struct {
	ticket  tickets.Ticket
	kind    tickets.LetterKind
	state   tickets.LetterState
	dedupe  string
	message *int64
}

// insertLetter writes the letter and, when it is to go out, its job.
func (s *Store) insertLetter(ctx context.Context, tx pgx.Tx, l letterRow) error {
	const sql = `
		INSERT INTO letters (ticket_id, message_id, kind, dedupe_key, recipient, mailbox, locale, mark, state)
		VALUES (@ticket, @message, @kind, @dedupe, @recipient, @mailbox, @locale, @mark, @state)
		RETURNING id`
	id, err := first(ctx, tx, sql, pgx.NamedArgs{
		"ticket": l.ticket.ID, "message": l.message, "kind": l.kind, "dedupe": l.dedupe,
		"recipient": l.ticket.Requester.Email, "mailbox": tickets.Mailbox(l.ticket.Requester.Email),
		"locale": l.ticket.Locale, "mark": strings.ToLower(rand.Text()), "state": l.state,
	}, pgx.RowTo[int64])
	if err != nil || l.state != tickets.LetterQueued {
		return err
	}
	_, err = s.jobs.InsertTx(ctx, tx, LetterArgs{LetterID: id}, nil)
	return err
}

// LetterToSend returns a letter for one attempt to send it, and counts the attempt. The
// letter's token is a new one, since old ones are known by their hashes only. A letter
// that is not queued any more, or must wait for an earlier one, is returned without a
// token: it is not to be sent now.
func (s *Store) LetterToSend(ctx context.Context, id int64) (tickets.Letter, error) {
	const sql = `
		SELECT l.id, l.kind, l.state, t.id, t.number, t.category, l.locale, l.recipient, l.mark, l.attempts,
		       coalesce((SELECT mark FROM letters WHERE ticket_id = l.ticket_id AND id < l.id AND state = 'sent'
		                 ORDER BY id LIMIT 1), ''),
		       EXISTS (SELECT FROM letters WHERE ticket_id = l.ticket_id AND id < l.id AND state = 'queued'
		               AND created_at > now() - interval '1 day'), -- one that is stuck must not hold up the others for ever
		       coalesce(m.body, '')
		FROM letters l JOIN tickets t ON t.id = l.ticket_id LEFT JOIN messages m ON m.id = l.message_id
		WHERE l.id = @id FOR UPDATE OF l`
	var l tickets.Letter
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var ticket int64
		row := tx.QueryRow(ctx, sql, pgx.NamedArgs{"id": id})
		err := row.Scan(&l.ID, &l.Kind, &l.State, &ticket, &l.Number, &l.Category, &l.Locale, &l.To, &l.Mark,
			&l.Attempted, &l.Thread, &l.MustWait, &l.Reply)
		if err != nil || l.State != tickets.LetterQueued || l.MustWait {
			return noRows(err)
		}
		l.Attempted++
		if _, err := tx.Exec(ctx, `UPDATE letters SET attempts = attempts + 1 WHERE id = @id`, pgx.NamedArgs{"id": id}); err != nil {
			return err
		}
		l.Token, err = mint(ctx, tx, ticket)
		return err
	})
	if err != nil {
		return tickets.Letter{}, fmt.Errorf("letter %d: %w", id, err)
	}
	return l, nil
}

// LetterSent notes that the mail server took the letter. One that is not queued any
// more stays as it is.
func (s *Store) LetterSent(ctx context.Context, id int64) error {
	const sql = `UPDATE letters SET state = 'sent', sent_at = now() WHERE id = @id AND state = 'queued'`
	if _, err := s.exec(ctx, sql, pgx.NamedArgs{"id": id}); err != nil {
		return fmt.Errorf("letter %d was sent: %w", id, err)
	}
	return nil
}

// LetterFailed gives a queued letter up and tells the ticket's history, with the reason
// in words that hold nobody's data, such as "smtp 550".
func (s *Store) LetterFailed(ctx context.Context, id int64, reason string) error {
	const fail = `UPDATE letters SET state = 'failed' WHERE id = @id AND state = 'queued' RETURNING kind`
	const owner = `SELECT ` + ticketColumns + ` FROM letters l JOIN tickets t ON t.id = l.ticket_id WHERE l.id = @id`
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		args := pgx.NamedArgs{"id": id}
		kinds, err := list(ctx, tx, fail, args, pgx.RowTo[string])
		if err != nil || len(kinds) == 0 {
			return err
		}
		t, err := first(ctx, tx, owner, args, scanTicket)
		if err != nil {
			return err
		}
		return insertEvent(ctx, tx, t, "", tickets.Entry{
			At: moment(time.Time{}), Actor: tickets.Actor{Kind: tickets.BySystem}, Change: tickets.EntryLetterFailed,
			Detail: map[string]string{"kind": kinds[0], "reason": reason},
		})
	})
	if err != nil {
		return fmt.Errorf("letter %d failed: %w", id, err)
	}
	return nil
}
