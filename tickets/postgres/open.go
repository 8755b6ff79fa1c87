package postgres

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Opening is what OpenTicket did.
type Opening struct {
	Ticket   tickets.Ticket
	Token    tickets.Token // a new one each time
	Repeated bool          // the key had opened this ticket before
}

// OpenTicket opens a ticket under the rules of today, with its first message, its event,
// its letters and their jobs, its clocks, and links the visit's asks. The same key with the same
// content returns the same ticket; with another content, tickets.ErrKeyReused and, in
// Opening, the earlier ticket's number. What the content cannot be is an
// *InvalidError; whether the category exists is for the caller to check.
func (s *Store) OpenTicket(ctx context.Context, n tickets.NewTicket) (Opening, error) {
	n, err := checked(n)
	if err != nil {
		return Opening{}, fmt.Errorf("open ticket: %w", err)
	}
	var o Opening
	err = s.write(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		o, err = s.open(ctx, tx, n)
		return err
	})
	switch {
	case errors.Is(err, tickets.ErrKeyReused):
		return Opening{Ticket: tickets.Ticket{Number: o.Ticket.Number}}, fmt.Errorf("open ticket: %w", err)
	case err != nil:
		return Opening{}, fmt.Errorf("open ticket: %w", err) // o was not committed
	}
	return o, nil
}

// checked validates what the form has validated before, so that nothing depends on it.
func checked(n tickets.NewTicket) (tickets.NewTicket, error) {
	n, err := n.Validate(func(category string) bool {
		return storable(category) && len(category) <= tickets.MaxCategory
	})
	if err != nil {
		return n, err
	}
	r, code := tickets.ParseRequester(n.Requester.Contact())
	if code == "" && r != n.Requester {
		code = tickets.Unknown
	}
	if code != "" {
		return n, invalid("contact", code)
	}
	n.At = moment(n.At)
	return n, nil
}

func (s *Store) open(ctx context.Context, tx pgx.Tx, n tickets.NewTicket) (Opening, error) {
	number, fresh, err := claim(ctx, tx, n)
	if err != nil {
		return Opening{Ticket: tickets.Ticket{Number: number}}, err
	}
	var t tickets.Ticket
	if fresh {
		t, err = s.begin(ctx, tx, number, n)
	} else {
		t, err = s.ticketByNumber(ctx, tx, number)
	}
	if err != nil {
		return Opening{}, err
	}
	token, err := mint(ctx, tx, t.ID)
	return Opening{Ticket: t, Token: token, Repeated: !fresh}, err
}

// begin writes a new ticket and what belongs to it.
func (s *Store) begin(ctx context.Context, tx pgx.Tx, number tickets.Number, n tickets.NewTicket) (tickets.Ticket, error) {
	pack, err := s.rules.packs.Latest(s.rules.name)
	if err != nil {
		return tickets.Ticket{}, err
	}
	t := n.Open(number, pack)
	if t.ID, err = insertTicket(ctx, tx, t, n.Follows); err != nil {
		return t, err
	}
	player := tickets.Actor{Kind: tickets.ByPlayer}
	if err := addWords(ctx, tx, t.ID, n.Subject); err != nil {
		return t, err
	}
	first := tickets.Message{Author: player, Public: true, Body: n.Body, At: n.At, Files: n.Files}
	sealed, err := insertMessage(ctx, tx, t.ID, n.Subject, first)
	if err != nil {
		return t, err
	}
	opened := tickets.Entry{At: n.At, Actor: player, Change: tickets.Opened{}.Name(), Detail: withFiles(nil, n.Files)}
	if err := insertEventOf(ctx, tx, t, "", opened, sealed); err != nil {
		return t, err
	}
	if err := linkAsks(ctx, tx, t, n); err != nil {
		return t, err
	}
	return s.acknowledge(ctx, tx, t)
}

// scopeOpen is the scope of the keys of OpenTicket.
const scopeOpen = "open"

// claim takes the key, or returns the number that it was taken for. A transaction with
// the same key waits here until we commit.
func claim(ctx context.Context, tx pgx.Tx, n tickets.NewTicket) (number tickets.Number, fresh bool, err error) {
	const insert = `
		INSERT INTO idempotency_keys (scope, key, content, number)
		VALUES (@scope, @key, @content, @number)
		ON CONFLICT (scope, key) DO NOTHING`
	const earlier = `SELECT number, content FROM idempotency_keys WHERE scope = @scope AND key = @key`
	content, err := contentHash(n)
	if err != nil {
		return "", false, err
	}
	number = tickets.NewNumber()
	args := pgx.NamedArgs{"scope": scopeOpen, "key": n.Key, "content": content, "number": number}
	tag, err := tx.Exec(ctx, insert, args)
	if err != nil {
		return "", false, err
	}
	if tag.RowsAffected() == 1 {
		return number, true, nil
	}
	type claimed struct {
		Number  tickets.Number
		Content []byte
	}
	was, err := first(ctx, tx, earlier, args, pgx.RowToStructByName[claimed])
	if err == nil && !bytes.Equal(was.Content, content) {
		err = tickets.ErrKeyReused
	}
	return was.Number, false, err
}

// contentHash covers what the player wrote and chose, and nothing that may differ when
// the same form is sent again, such as what triage made of it.
func contentHash(n tickets.NewTicket) ([]byte, error) {
	content := []any{n.Locale, n.Category, n.Subject, n.Body, n.Requester.Login, n.Requester.Email}
	for _, f := range n.Files {
		content = append(content, f.Hash, f.Name)
	}
	if n.Kind != tickets.KindQuestion && n.Kind != tickets.KindSafety {
		content = append(content, n.Kind, n.Record)
	}
	b, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	return sum[:], nil
}
