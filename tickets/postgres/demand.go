package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
)

// recentAnswers is how many answers are looked at: enough to know what is asked most, and
// no more work on a busy site than on another.
const recentAnswers = 20_000

// Demand returns the places of the content that players came to in the period, in no
// order. Places that the content has lost are among them.
func (s *Store) Demand(ctx context.Context, p tickets.Period) ([]tickets.Demand, error) {
	const sql = `
		SELECT locale || '/' || article || '#@0', sum(views), 0::bigint
		FROM article_views WHERE day >= @first GROUP BY locale, article
		UNION ALL
		SELECT c.ref, 0, count(*)
		FROM (
			SELECT id FROM asks
			WHERE ticket_id IS NULL AND at >= @since AND verdict = 'answered' AND channel = 'search'
			ORDER BY at DESC LIMIT @recent) a
		JOIN ask_citations c ON c.ask_id = a.id
		GROUP BY c.ref`
	args := pgx.NamedArgs{"first": p.First, "since": p.Since, "recent": recentAnswers}
	found, err := all(ctx, s, sql, args, func(row pgx.CollectableRow) (d tickets.Demand, err error) {
		var r kb.Ref
		err = row.Scan(refText{&r}, &d.Views, &d.Answers)
		d.Locale, d.Article, d.Anchor = r.Locale, r.Article, r.Anchor
		return d, err
	})
	if err != nil {
		return nil, fmt.Errorf("demand for the content: %w", err)
	}
	return found, nil
}
