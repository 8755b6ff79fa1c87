package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// AskOpened notes that something was opened of what an ask showed, and of every other time that
// the same visit asked it: results are asked for anew when somebody goes back to them. Saying it
// again, or of an ask that was never recorded, changes nothing.
func (s *Store) AskOpened(ctx context.Context, key string) error {
	if !storable(key) {
		return nil
	}
	const sql = `
		UPDATE asks SET opened = true
		WHERE NOT opened AND (key = @key OR id IN (
			SELECT b.id FROM asks a JOIN asks b ON b.visit = a.visit AND b.question = a.question
			WHERE a.key = @key AND a.visit <> '' AND b.ticket_id IS NULL))`
	_, err := s.exec(ctx, sql, pgx.NamedArgs{"key": key})
	return err
}

// AskOpenedSoon is AskOpened for somebody who waits for a page: it returns at once, and
// nobody learns whether the note was made. It shares its bounds with RecordAskSoon.
func (s *Store) AskOpenedSoon(ctx context.Context, key string) {
	s.soon(ctx, func(ctx context.Context) { _ = s.AskOpened(ctx, key) })
}
