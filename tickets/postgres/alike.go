package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Two texts are taken for one matter when half of the new one's words, and no fewer than
// three, are in the other. Words are compared by their stems, without those that every
// text has. Both figures are held by examples: see the test.
const (
	alikeShare = 0.5
	alikeWords = 3
	alikeMost  = 5 // tickets that are offered
)

// SimilarOpen returns the open tickets of a player that may be about the same matter, the
// likeliest first: those in which the same text was sent within a day, then those with
// similar words, then those of the same category. viewer is the agent who asks, 0 for the
// player. A contact that somebody typed is no proof: to tell its answer to who is not signed
// in would tell anybody about anybody.
func (s *Store) SimilarOpen(ctx context.Context, viewer tickets.AgentID, m tickets.Matter) ([]tickets.Alike, error) {
	sql := `
		WITH asked AS MATERIALIZED (
			SELECT tsvector_to_array(to_tsvector('pg_catalog.russian', search_text(@text))) AS words),
		theirs AS (
			SELECT t.*, (SELECT count(*) FROM asked, unnest(asked.words) w
			             WHERE w = ANY (tsvector_to_array(tw.words))) AS common,
			       cardinality(asked.words) AS words,
			       EXISTS (SELECT FROM messages WHERE ticket_id = t.id AND author_kind = 'player' AND body = @body
			               AND at > @now::timestamptz - interval '1 day') AS same
			FROM asked, tickets t LEFT JOIN ticket_words tw ON tw.ticket_id = t.id
			WHERE t.status NOT IN ('solved', 'closed') AND t.number <> @except AND t.against IS DISTINCT FROM @viewer::bigint
			  AND t.id IN (
				SELECT id FROM tickets WHERE account = @account AND account_issuer = @issuer
				UNION SELECT id FROM tickets WHERE lower(email) IN (lower(@email), lower(@typed))
				UNION SELECT id FROM tickets WHERE lower(login) = lower(@login)))
		SELECT ` + ticketColumns + `, same, category = @category AND category <> @unsure,
		       CASE WHEN words = 0 THEN 0 ELSE common::float8 / words END
		FROM theirs t
		WHERE same OR category = @category AND category <> @unsure OR common >= @least AND common >= @share * words
		ORDER BY same DESC, common >= @least AND common >= @share * words DESC, received_at, id
		LIMIT @most`
	body := ""
	if strings.TrimSpace(m.Text) != "" {
		var err error
		if body, err = tickets.CleanBody(m.Text); err != nil { // as the ticket's own text was
			return nil, fmt.Errorf("similar tickets: %w", err)
		}
	}
	if !storable(m.Category) || !storable(m.Requester.Contact()) {
		return nil, fmt.Errorf("similar tickets: %w", invalid("contact", tickets.BadText))
	}
	args := ownArgs(m.By)
	for name, value := range map[string]any{
		"text": body, "body": body, "now": moment(m.At), "except": m.Except, "viewer": viewer,
		"typed": m.Requester.Email, "login": m.Requester.Login, "category": m.Category, "unsure": tickets.CategoryUnsure,
		"least": alikeWords, "share": alikeShare, "most": alikeMost,
	} {
		args[name] = value
	}
	found, err := all(ctx, s, sql, args, func(row pgx.CollectableRow) (a tickets.Alike, err error) {
		err = row.Scan(append(s.ticketFields(&a.Ticket), &a.SameText, &a.SameCategory, &a.Share)...)
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("similar tickets: %w", err)
	}
	return found, nil
}
