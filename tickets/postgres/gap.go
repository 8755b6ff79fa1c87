package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// maxGaps is how many questions a list shows: what is asked less often than fifty
// others is nothing to begin with.
const maxGaps = 50

// The conditions of the partial indexes asks_unanswered, asks_suggested and asks_unopened.
const (
	unanswered = `verdict = 'no_answer' AND channel <> 'contact'`
	suggested  = `verdict = 'suggested' AND outcome = 'ticket' AND channel <> 'contact'`
	unopened   = `verdict = 'suggested' AND outcome = '' AND channel = 'search' AND NOT opened`
)

// reading is how long a player may take before nothing was opened.
const reading = ` AND at < now() - interval '30 minutes'`

// Unanswered returns the questions that nothing was found for. The words of somebody who
// may be in distress are not among them: RecordAsk does not keep any.
func (s *Store) Unanswered(ctx context.Context, f tickets.GapFilter) (tickets.Gaps, error) {
	return s.gaps(ctx, unanswered, f)
}

// SuggestedInVain returns the questions for which only similar passages were found, and
// whose players then wrote to us.
func (s *Store) SuggestedInVain(ctx context.Context, f tickets.GapFilter) (tickets.Gaps, error) {
	return s.gaps(ctx, suggested, f)
}

// Unopened returns the questions whose players were shown similar passages on the results
// page and opened none of them, said nothing and did not write to us. Those of the last
// half hour are not among them yet.
func (s *Store) Unopened(ctx context.Context, f tickets.GapFilter) (tickets.Gaps, error) {
	return s.gaps(ctx, unopened+reading, f)
}

// gaps groups the asks of a condition. The groups come from an index alone; only the
// newest ask of each one that is shown is looked up.
func (s *Store) gaps(ctx context.Context, condition string, f tickets.GapFilter) (tickets.Gaps, error) {
	sql := `
		WITH topics AS MATERIALIZED (
			SELECT locale, count(*) AS asks, max(id) AS latest
			FROM asks WHERE ` + condition + ` AND at >= @since AND (@locale = '' OR locale = @locale)
			GROUP BY locale, topic)
		SELECT a.question, t.locale, t.asks, a.at, every.questions, every.asks
		FROM (SELECT * FROM topics ORDER BY asks DESC, latest DESC LIMIT @limit) t
		JOIN asks a ON a.id = t.latest
		CROSS JOIN (SELECT count(*) AS questions, sum(asks)::bigint AS asks FROM topics) every
		ORDER BY t.asks DESC, t.latest DESC`
	var found tickets.Gaps
	var err error
	args := pgx.NamedArgs{"since": f.Period.Since, "locale": f.Locale, "limit": maxGaps}
	found.List, err = all(ctx, s, sql, args, func(row pgx.CollectableRow) (g tickets.Gap, err error) {
		err = row.Scan(&g.Question, &g.Locale, &g.Asks, &g.Last, &found.Questions, &found.Asks)
		return g, err
	})
	if err != nil {
		return tickets.Gaps{}, fmt.Errorf("questions left open: %w", err)
	}
	return found, nil
}
