package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// AskOpened notes that something was opened of what an ask showed. Saying it again, or of
// an ask that was never recorded, changes nothing.
func (s *Store) AskOpened(ctx context.Context, key string) error {
	if !storable(key) {
		return nil
	}
	_, err := s.exec(ctx, `UPDATE asks SET opened = true WHERE key = @key AND NOT opened`, pgx.NamedArgs{"key": key})
	return err
}

// AskOpenedSoon is AskOpened for somebody who waits for a page: it returns at once, and
// nobody learns whether the note was made. It shares its bounds with RecordAskSoon.
func (s *Store) AskOpenedSoon(ctx context.Context, key string) {
	s.soon(ctx, func(ctx context.Context) { _ = s.AskOpened(ctx, key) })
}
