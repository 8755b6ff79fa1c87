package postgres

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
)

// SignInLinkLife is how long a link to sign in by works, and how long its letter is tried:
// later nobody waits for it.
const SignInLinkLife = 30 * time.Minute

// signInsPerMailbox is how many letters with such a link go to one mailbox in 24 hours:
// anyone can ask for them.
const signInsPerMailbox = 3

// AskSignIn decides that a link to sign in by goes to an address, if it turns out to be one
// that a ticket has. It does the same work for every address, so that neither its answer nor
// its time tells which are known.
func (s *Store) AskSignIn(ctx context.Context, email string, l kb.Locale) error {
	const sql = `
		INSERT INTO sign_in_letters (recipient, mailbox, locale, mark, state)
		VALUES (@email, @mailbox, @locale, @mark, 'queued') RETURNING id`
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		id, err := first(ctx, tx, sql, pgx.NamedArgs{
			"email": email, "mailbox": tickets.Mailbox(email), "locale": l, "mark": strings.ToLower(rand.Text()),
		}, pgx.RowTo[int64])
		if err != nil {
			return err
		}
		_, err = s.jobs.InsertTx(ctx, tx, SignInArgs{LetterID: id}, nil)
		return err
	})
	if err != nil {
		return fmt.Errorf("ask for a link to sign in: %w", err)
	}
	return nil
}

// SignInLetter returns a letter with a link to sign in by, for one attempt to send it, and
// counts the attempt. The link is a new one, and those of earlier letters to the address
// end. A letter that is not queued is not to be sent. tickets.ErrNotFound: no ticket has the
// address; nothing is kept of it.
func (s *Store) SignInLetter(ctx context.Context, id int64) (tickets.Letter, error) {
	var l tickets.Letter
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		l = tickets.Letter{ID: id, Kind: tickets.LetterVerify}
		if l.State, err = signInState(ctx, tx, id); err != nil || l.State != tickets.LetterQueued {
			return err
		}
		l.Token = tickets.NewToken()
		return attemptSignIn(ctx, tx, &l)
	})
	if err == nil && l.State == "" {
		err = tickets.ErrNotFound
	}
	if err != nil {
		return tickets.Letter{}, fmt.Errorf("letter to sign in %d: %w", id, err)
	}
	return l, nil
}

// signInState judges a letter under locks of its row and its mailbox, and writes what it
// finds. Empty: the address is unknown, and the row has gone.
func signInState(ctx context.Context, tx pgx.Tx, id int64) (tickets.LetterState, error) {
	const lock = `
		SELECT pg_advisory_xact_lock(hashtextextended('sign-in ' || mailbox, 0))
		FROM sign_in_letters WHERE id = @id FOR UPDATE`
	const judge = `
		SELECT CASE
			WHEN l.state <> 'queued' THEN l.state
			WHEN NOT EXISTS (SELECT FROM tickets WHERE lower(email) = lower(l.recipient)) THEN ''
			WHEN l.created_at < now() - @life::interval THEN 'failed'
			WHEN l.attempts = 0 AND (SELECT count(*) FROM sign_in_letters o WHERE o.mailbox = l.mailbox
			     AND o.attempts > 0 AND o.created_at > now() - interval '24 hours') >= @most THEN 'suppressed'
			ELSE 'queued' END
		FROM sign_in_letters l WHERE l.id = @id`
	args := pgx.NamedArgs{"id": id, "life": SignInLinkLife, "most": signInsPerMailbox}
	if _, err := tx.Exec(ctx, lock, args); err != nil {
		return "", err
	}
	state, err := first(ctx, tx, judge, args, pgx.RowTo[tickets.LetterState])
	if err != nil {
		return "", err
	}
	switch state {
	case "":
		_, err = tx.Exec(ctx, `DELETE FROM sign_in_letters WHERE id = @id`, args)
	case tickets.LetterFailed, tickets.LetterSuppressed:
		args["state"] = state
		_, err = tx.Exec(ctx, `UPDATE sign_in_letters SET state = @state WHERE id = @id`, args)
	}
	return state, err
}

// attemptSignIn counts an attempt and keeps its link. The letter goes to the address as the
// newest ticket has it, never as somebody typed it.
func attemptSignIn(ctx context.Context, tx pgx.Tx, l *tickets.Letter) error {
	const attempt = `
		UPDATE sign_in_letters l SET attempts = attempts + 1,
		       recipient = (SELECT email FROM tickets WHERE lower(email) = lower(l.recipient) ORDER BY id DESC LIMIT 1)
		WHERE id = @id RETURNING recipient, locale, mark, attempts, now() + @life::interval`
	const end = `DELETE FROM sign_in_links WHERE lower(email) = lower(@email) AND letter_id < @id`
	const keep = `
		INSERT INTO sign_in_links (hash, letter_id, email, expires_at)
		VALUES (@hash, @id, @email, @until)`
	args := pgx.NamedArgs{"id": l.ID, "hash": l.Token.Hash(), "life": SignInLinkLife}
	var until time.Time
	if err := tx.QueryRow(ctx, attempt, args).Scan(&l.To, &l.Locale, &l.Mark, &l.Attempted, &until); err != nil {
		return err
	}
	l.Values = map[string]string{"link": "/" + string(l.Locale) + "/requests/sign-in/" + string(l.Token)}
	l.Dates = map[string]time.Time{"until": until}
	args["email"], args["until"] = l.To, until
	if _, err := tx.Exec(ctx, end, args); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, keep, args)
	return err
}

// SignInLetterSent notes that the mail server took a letter.
func (s *Store) SignInLetterSent(ctx context.Context, id int64) error {
	return s.endSignInLetter(ctx, `UPDATE sign_in_letters SET state = 'sent', sent_at = now() WHERE id = @id AND state = 'queued'`, id)
}

// SignInLetterFailed gives a letter up.
func (s *Store) SignInLetterFailed(ctx context.Context, id int64) error {
	return s.endSignInLetter(ctx, `UPDATE sign_in_letters SET state = 'failed' WHERE id = @id AND state = 'queued'`, id)
}

func (s *Store) endSignInLetter(ctx context.Context, sql string, id int64) error {
	if _, err := s.exec(ctx, sql, pgx.NamedArgs{"id": id}); err != nil {
		return fmt.Errorf("end letter to sign in %d: %w", id, err)
	}
	return nil
}

// SignInAddress returns the address that a link proves, and leaves the link as it is: a
// mail scanner opens links too. Used, expired, replaced or unknown: tickets.ErrNotFound.
func (s *Store) SignInAddress(ctx context.Context, t tickets.Token) (string, error) {
	const sql = `SELECT email FROM sign_in_links WHERE hash = @hash AND expires_at > now()`
	email, err := one(ctx, s, sql, pgx.NamedArgs{"hash": t.Hash()}, pgx.RowTo[string])
	if err != nil {
		return "", fmt.Errorf("read a link to sign in: %w", err)
	}
	return email, nil
}

// SignIn uses a link up, and with it all others to its address. Of two who use it at once
// one gets the address. Errors as SignInAddress.
func (s *Store) SignIn(ctx context.Context, t tickets.Token) (string, error) {
	const use = `DELETE FROM sign_in_links WHERE hash = @hash AND expires_at > now() RETURNING email`
	const end = `DELETE FROM sign_in_links WHERE lower(email) = lower(@email)`
	var email string
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		if email, err = first(ctx, tx, use, pgx.NamedArgs{"hash": t.Hash()}, pgx.RowTo[string]); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, end, pgx.NamedArgs{"email": email})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("use a link to sign in: %w", err)
	}
	return email, nil
}

// Spend marks a signed token as used, under a name that no other has, and reports whether
// it was new. Its hash is kept until the token runs out.
func (s *Store) Spend(ctx context.Context, name string, until time.Time) (bool, error) {
	const sql = `
		INSERT INTO spent_tokens (hash, expires_at) VALUES (@hash, @until)
		ON CONFLICT (hash) DO NOTHING`
	hash := sha256.Sum256([]byte(name))
	n, err := s.exec(ctx, sql, pgx.NamedArgs{"hash": hash[:], "until": until})
	if err != nil {
		return false, fmt.Errorf("spend a token: %w", err)
	}
	return n == 1, nil
}
