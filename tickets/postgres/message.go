package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// insertMessage adds a message with its files, and its words for the search, and returns
// it as its event binds it. Subject is the ticket's when the message opens it, else empty.
func insertMessage(ctx context.Context, tx pgx.Tx, ticket int64, subject string, m tickets.Message) (*tickets.Sealed, error) {
	const sql = `
		INSERT INTO messages (ticket_id, author_kind, author_id, public, body, at, review_by, review_at, salt, commitment)
		VALUES (@ticket, @kind, nullif(@author::bigint, 0), @public, @body, @at, nullif(@reviewer::bigint, 0), @reviewed,
		        @salt, @commitment)
		RETURNING id`
	contents := tickets.Contents{Salt: tickets.NewSalt(), Subject: subject, Body: m.Body, Files: sums(m.Files)}
	args := pgx.NamedArgs{
		"ticket": ticket, "kind": m.Author.Kind, "author": m.Author.Agent, "public": m.Public,
		"body": m.Body, "at": m.At, "reviewer": m.Review.By, "reviewed": nil,
		"salt": contents.Salt, "commitment": contents.Commit(),
	}
	if !m.Review.At.IsZero() {
		m.Review.At = moment(m.Review.At)
		args["reviewed"] = m.Review.At
	}
	id, err := first(ctx, tx, sql, args, pgx.RowTo[int64])
	if err != nil {
		return nil, err
	}
	if err := insertFiles(ctx, tx, ticket, id, m); err != nil {
		return nil, err
	}
	sealed := &tickets.Sealed{
		ID: id, Author: m.Author, Public: m.Public, At: m.At, Review: m.Review, Commitment: contents.Commit(),
	}
	return sealed, addWords(ctx, tx, ticket, m.Body)
}

// addWords makes a text of the ticket findable. A ticket with half a megabyte of words
// takes no more: a tsvector has a limit, and a reply must not fail because of it.
func addWords(ctx context.Context, tx pgx.Tx, ticket int64, text string) error {
	const sql = `
		INSERT INTO ticket_words AS w (ticket_id, words)
		VALUES (@ticket, to_tsvector('pg_catalog.russian', search_text(@text)))
		ON CONFLICT (ticket_id) DO UPDATE SET words = w.words || excluded.words
		WHERE pg_column_size(w.words) < 500000`
	_, err := tx.Exec(ctx, sql, pgx.NamedArgs{"ticket": ticket, "text": text})
	return err
}

// merged are a ticket and those that were merged into it, to begin a query with.
const merged = `
	WITH RECURSIVE merged (id, number, source) AS (
		SELECT id, number, '' FROM tickets WHERE id = @ticket
		UNION SELECT t.id, t.number, t.number FROM merged JOIN tickets t ON t.merged_into = merged.number)`

// messages returns a ticket's messages with those of the tickets that were merged into it,
// oldest first.
func messages(ctx context.Context, tx pgx.Tx, ticket int64, internal bool) ([]tickets.Message, error) {
	const sql = merged + `
		SELECT m.id, m.author_kind, coalesce(m.author_id, 0), coalesce(a.name, ''), m.public, m.body, m.at,
		       coalesce(m.review_by, 0), m.review_at, m.erased_at, merged.source
		FROM merged JOIN messages m ON m.ticket_id = merged.id LEFT JOIN agents a ON a.id = m.author_id
		WHERE m.public OR @internal
		ORDER BY m.at, m.id`
	all, err := list(ctx, tx, sql, pgx.NamedArgs{"ticket": ticket, "internal": internal}, scanMessage)
	if err != nil {
		return nil, err
	}
	return all, addFiles(ctx, tx, all)
}

func scanMessage(row pgx.CollectableRow) (m tickets.Message, err error) {
	err = row.Scan(&m.ID, &m.Author.Kind, &m.Author.Agent, &m.AuthorName, &m.Public, &m.Body, &m.At,
		&m.Review.By, orZero(&m.Review.At), orZero(&m.ErasedAt), &m.From)
	return m, err
}
