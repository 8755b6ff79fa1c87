package postgres

import (
	"context"
	"strings"

	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// forgetPlayer takes away what leads to the player of a ticket and does not belong to it,
// while the ticket still tells who they are. Unasked, only what no other ticket needs goes.
func forgetPlayer(ctx context.Context, tx pgx.Tx, t tickets.Ticket, asked bool) error {
	args := pgx.NamedArgs{"ticket": t.ID, "email": t.Requester.Email}
	if asked {
		if err := forgetVisits(ctx, tx, args); err != nil {
			return err
		}
		if err := endSessions(ctx, tx, t); err != nil {
			return err
		}
	}
	const forget = `
		WITH links AS (DELETE FROM sign_in_links WHERE lower(email) = lower(@email))
		DELETE FROM sign_in_letters WHERE lower(recipient) = lower(@email)`
	const alone = `SELECT NOT EXISTS (SELECT FROM tickets WHERE lower(email) = lower(@email) AND id <> @ticket)`
	if t.Requester.Email == "" {
		return nil
	}
	if last, err := first(ctx, tx, alone, args, pgx.RowTo[bool]); err != nil || !asked && !last {
		return err
	}
	_, err := tx.Exec(ctx, forget, args)
	return err
}

// forgetVisits takes what was asked, and said of articles, in the visits that led to the
// ticket; what led to another ticket goes with that.
func forgetVisits(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs) error {
	const led = `SELECT DISTINCT visit FROM asks WHERE ticket_id = @ticket AND visit <> ''`
	visits, err := list(ctx, tx, led, args, pgx.RowTo[string])
	if err != nil {
		return err
	}
	visitors := make([]string, len(visits))
	for i, v := range visits {
		visitors[i] = tickets.VisitorOf(v)
	}
	all := pgx.NamedArgs{"visits": visits, "visitors": visitors}
	for _, sql := range []string{
		`DELETE FROM feedback WHERE visitor = ANY (@visitors)`,
		`DELETE FROM ask_citations WHERE ask_id IN (SELECT id FROM asks WHERE ticket_id IS NULL AND visit = ANY (@visits))`,
		`DELETE FROM asks WHERE ticket_id IS NULL AND visit = ANY (@visits)`,
	} {
		if _, err := tx.Exec(ctx, sql, all); err != nil {
			return err
		}
	}
	return nil
}

// endSessions ends the sessions of who has the ticket's account or address. What a session
// holds is not known here: one that holds these words among its own is theirs.
func endSessions(ctx context.Context, tx pgx.Tx, t tickets.Ticket) error {
	const find = `
		SELECT hash, data FROM sessions
		WHERE @email <> '' AND position(lower(@email) IN lower(encode(data, 'escape'))) > 0
		   OR @account <> '' AND position(convert_to(@account, 'UTF8') IN data) > 0`
	type session struct{ Hash, Data []byte }
	found, err := list(ctx, tx, find, pgx.NamedArgs{"email": t.Requester.Email, "account": t.Account.Subject}, pgx.RowToStructByPos[session])
	if err != nil {
		return err
	}
	for _, s := range found {
		if !ownSession(s.Data, t) {
			continue
		}
		if _, err := tx.Exec(ctx, `DELETE FROM sessions WHERE hash = @hash`, pgx.NamedArgs{"hash": s.Hash}); err != nil {
			return err
		}
	}
	return nil
}

// ownSession reports whether a session holds the ticket's address, or its account with who
// vouches for it.
func ownSession(data []byte, t tickets.Ticket) bool {
	_, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return true // of no use to anybody
	}
	holds := func(word string) bool {
		for _, v := range values {
			if s, ok := v.(string); ok && word != "" && strings.EqualFold(s, word) {
				return true
			}
		}
		return false
	}
	return holds(t.Requester.Email) || holds(t.Account.Subject) && holds(t.Account.Issuer)
}
