package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// RecordFeedback keeps a reader's word on an article; the same visitor's second word on
// the same article replaces the first.
func (s *Store) RecordFeedback(ctx context.Context, f tickets.Feedback) error {
	const sql = `
		INSERT INTO feedback (locale, article, ref, visitor, helped, reason, at)
		VALUES (@locale, @article, @ref, @visitor, @helped, @reason, @at)
		ON CONFLICT (visitor, locale, article) WHERE visitor <> ''
		DO UPDATE SET ref = excluded.ref, helped = excluded.helped, reason = excluded.reason, at = excluded.at`
	f, err := f.Validate()
	if err != nil {
		return fmt.Errorf("record feedback: %w", err)
	}
	_, err = s.exec(ctx, sql, pgx.NamedArgs{
		"locale": f.Ref.Locale, "article": f.Ref.Article, "ref": f.Ref.String(), "visitor": f.Visitor,
		"helped": f.Helped, "reason": f.Reason, "at": moment(f.At),
	})
	if err != nil {
		return fmt.Errorf("record feedback on %s: %w", f.Ref.Article, err)
	}
	return nil
}
