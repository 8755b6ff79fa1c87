package postgres

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Limits of the letters that anyone can cause to be sent to any address
// (tickets.LetterKind.Capped). Beyond them everything is done all the same, and the letter
// is suppressed.
const (
	cappedPerMailbox = 3 // in 24 hours, counting every letter that no person wrote
	cappedPerHour    = 2000
)

// bySystem is the actor of what follows from letters and clocks.
var bySystem = tickets.Actor{Kind: tickets.BySystem}

// acknowledge decides the letters about a new ticket. Where none will go out, the page has
// told the player, and the ticket is acknowledged at once.
func (s *Store) acknowledge(ctx context.Context, tx pgx.Tx, t tickets.Ticket) (tickets.Ticket, error) {
	told := t.Requester.Email == ""
	for _, order := range tickets.OpeningLetters(t) {
		state, err := s.decide(ctx, tx, t, order, nil, t.CreatedAt)
		if err != nil {
			return t, err
		}
		told = told || order.Kind.Confirms() && state == tickets.LetterSuppressed
	}
	if !told {
		return t, s.sync(ctx, tx, t, t.CreatedAt)
	}
	return s.step(ctx, tx, t, tickets.Event{At: t.CreatedAt, Actor: bySystem, Change: tickets.Acknowledged{}})
}

// announce decides the letter about an event, with the message that it tells: never one
// of the player's own.
func (s *Store) announce(ctx context.Context, tx pgx.Tx, t tickets.Ticket, o tickets.LetterOrder, m tickets.Message, at time.Time) error {
	var message *int64
	if m.ID != 0 && m.Public && m.Author.Kind != tickets.ByPlayer {
		message = &m.ID
	}
	_, err := s.decide(ctx, tx, t, o, message, at)
	return err
}

// decide writes a letter, if there is an address, and returns its state; "" without one.
func (s *Store) decide(ctx context.Context, tx pgx.Tx, t tickets.Ticket, o tickets.LetterOrder, message *int64, at time.Time) (tickets.LetterState, error) {
	if t.Requester.Email == "" {
		return "", nil
	}
	state, err := stateOf(ctx, tx, t, o.Kind)
	if err != nil {
		return "", err
	}
	l := letterRow{ticket: t, order: o, state: state, message: message}
	if err := s.insertLetter(ctx, tx, l); err != nil || state == tickets.LetterQueued {
		return state, err
	}
	return state, insertEvent(ctx, tx, t, "", tickets.Entry{
		At: at, Actor: bySystem, Change: tickets.EntryLetterSuppressed, Detail: map[string]string{"kind": string(o.Kind)},
	})
}

// stateOf counts under a lock of the mailbox, so that concurrent tickets cannot all be
// the third; the hourly limit for everybody may be passed by a few. Each kind has an hour's
// limit of its own, and the safety letter a mailbox's too: no flood of ordinary letters
// silences it.
func stateOf(ctx context.Context, tx pgx.Tx, t tickets.Ticket, kind tickets.LetterKind) (tickets.LetterState, error) {
	const lock = `SELECT pg_advisory_xact_lock(hashtextextended(@mailbox, 0))`
	const counts = `
		SELECT (SELECT count(*) FROM letters WHERE counted AND mailbox = @mailbox AND (kind = @safety) = (@kind = @safety)
		        AND created_at > now() - interval '24 hours' AND state <> 'suppressed') < @per_mailbox
		   AND (SELECT count(*) FROM letters WHERE counted AND kind = @kind
		        AND created_at > now() - interval '1 hour' AND state <> 'suppressed') < @per_hour`
	if !kind.Capped() {
		return tickets.LetterQueued, nil
	}
	args := pgx.NamedArgs{
		"mailbox": tickets.Mailbox(t.Requester.Email), "kind": kind, "safety": tickets.LetterSafety,
		"per_mailbox": cappedPerMailbox, "per_hour": cappedPerHour,
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

// letterRow is a letter that was just decided.
type letterRow struct {
	ticket  tickets.Ticket
	order   tickets.LetterOrder
	state   tickets.LetterState
	message *int64
}

// letterFields are what the text's placeholders get, as the letter keeps it.
type letterFields struct {
	Values map[string]string    `json:"values,omitempty"`
	Dates  map[string]time.Time `json:"dates,omitempty"`
}

// insertLetter writes the letter and, when it is to go out, its job. An event demands at
// most one letter of a kind, so that kind, ticket and version name it.
func (s *Store) insertLetter(ctx context.Context, tx pgx.Tx, l letterRow) error {
	const sql = `
		INSERT INTO letters (ticket_id, message_id, kind, dedupe_key, recipient, mailbox, locale, mark, state, fields, counted)
		VALUES (@ticket, @message, @kind, @dedupe, @recipient, @mailbox, @locale, @mark, @state, @fields, @counted)
		RETURNING id`
	id, err := first(ctx, tx, sql, pgx.NamedArgs{
		"ticket": l.ticket.ID, "message": l.message, "kind": l.order.Kind,
		"dedupe":    fmt.Sprintf("%s:%d:%d", l.order.Kind, l.ticket.ID, l.ticket.Version),
		"recipient": l.ticket.Requester.Email, "mailbox": tickets.Mailbox(l.ticket.Requester.Email),
		"locale": l.ticket.Locale, "mark": strings.ToLower(rand.Text()), "state": l.state,
		"fields": letterFields{l.order.Values, l.order.Dates}, "counted": !l.order.Kind.Human(),
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
		       coalesce(m.body, ''), l.fields
		FROM letters l JOIN tickets t ON t.id = l.ticket_id LEFT JOIN messages m ON m.id = l.message_id
		WHERE l.id = @id FOR UPDATE OF l`
	var l tickets.Letter
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var ticket int64
		var fields letterFields
		row := tx.QueryRow(ctx, sql, pgx.NamedArgs{"id": id})
		err := row.Scan(&l.ID, &l.Kind, &l.State, &ticket, &l.Number, &l.Category, &l.Locale, &l.To, &l.Mark,
			&l.Attempted, &l.Thread, &l.MustWait, &l.Reply, &fields)
		l.Values, l.Dates = fields.Values, fields.Dates
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

// LetterSent notes that the mail server took the letter, and tells the ticket's history; one that confirms a receipt
// acknowledges its ticket. A letter that is not queued any more stays as it is.
func (s *Store) LetterSent(ctx context.Context, id int64) error {
	const sent = `UPDATE letters SET state = 'sent', sent_at = now() WHERE id = @id AND state = 'queued' RETURNING ticket_id, kind, mark`
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		found, err := list(ctx, tx, sent, pgx.NamedArgs{"id": id}, pgx.RowToStructByPos[ended])
		if err != nil || len(found) == 0 {
			return err
		}
		t, err := s.lock(ctx, tx, found[0].Ticket)
		if err != nil {
			return err
		}
		err = insertEvent(ctx, tx, t, "", tickets.Entry{
			At: moment(time.Time{}), Actor: bySystem, Change: tickets.EntryLetterSent,
			Detail: map[string]string{"kind": string(found[0].Kind), "mark": found[0].Mark},
		})
		if err != nil {
			return err
		}
		return s.confirmed(ctx, tx, found[0])
	})
	if err != nil {
		return fmt.Errorf("letter %d was sent: %w", id, err)
	}
	return nil
}

// ended is a letter that went out or was given up.
type ended struct {
	Ticket int64
	Kind   tickets.LetterKind
	Mark   string
}

// confirmed acknowledges the ticket of a letter that confirms its receipt.
func (s *Store) confirmed(ctx context.Context, tx pgx.Tx, l ended) error {
	if !l.Kind.Confirms() {
		return nil
	}
	t, err := s.lock(ctx, tx, l.Ticket)
	if err != nil || !t.Case.AcknowledgedAt.IsZero() || t.Status == tickets.StatusClosed {
		return err
	}
	_, err = s.step(ctx, tx, t, tickets.Event{At: moment(time.Time{}), Actor: bySystem, Change: tickets.Acknowledged{}})
	return err
}

// NoMailServer is the reason of a letter that was not sent for want of a mail server.
const NoMailServer = "no mail server"

// LetterFailed gives a queued letter up and tells the ticket's history, with the reason
// in words that hold nobody's data, such as "smtp 550". What it should have confirmed, the
// page has told the player.
func (s *Store) LetterFailed(ctx context.Context, id int64, reason string) error {
	if err := s.letterUnsent(ctx, id, tickets.LetterFailed, tickets.EntryLetterFailed, reason); err != nil {
		return fmt.Errorf("letter %d failed: %w", id, err)
	}
	return nil
}

// LetterSuppressed is LetterFailed of one that nobody has tried to send.
func (s *Store) LetterSuppressed(ctx context.Context, id int64, reason string) error {
	if err := s.letterUnsent(ctx, id, tickets.LetterSuppressed, tickets.EntryLetterSuppressed, reason); err != nil {
		return fmt.Errorf("suppress letter %d: %w", id, err)
	}
	return nil
}

// letterUnsent ends a queued letter that will not go out.
func (s *Store) letterUnsent(ctx context.Context, id int64, state tickets.LetterState, change, reason string) error {
	const end = `UPDATE letters SET state = @state WHERE id = @id AND state = 'queued' RETURNING ticket_id, kind, mark`
	return s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		found, err := list(ctx, tx, end, pgx.NamedArgs{"id": id, "state": state}, pgx.RowToStructByPos[ended])
		if err != nil || len(found) == 0 {
			return err
		}
		t, err := s.lock(ctx, tx, found[0].Ticket)
		if err != nil {
			return err
		}
		err = insertEvent(ctx, tx, t, "", tickets.Entry{
			At: moment(time.Time{}), Actor: bySystem, Change: change,
			Detail: map[string]string{"kind": string(found[0].Kind), "reason": reason},
		})
		if err != nil {
			return err
		}
		return s.confirmed(ctx, tx, found[0])
	})
}
