package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
)

// keepCitations stores the passages that an ask showed; a passage is kept as it was
// when it was first shown.
func keepCitations(ctx context.Context, tx pgx.Tx, ask int64, at time.Time, shown []kb.Citation) error {
	const passage = `
		INSERT INTO citations (ref, kind, title, clause, heading, effective, text, shown_at)
		VALUES (@ref, @kind, @title, @clause, @heading, @effective, @text, @at)
		ON CONFLICT (ref) DO NOTHING`
	const link = `INSERT INTO ask_citations (ask_id, place, ref, quote) VALUES (@ask, @place, @ref, @quote)`
	rows := make([]pgx.NamedArgs, len(shown))
	for i, c := range shown {
		rows[i] = pgx.NamedArgs{
			"ref": c.Ref.String(), "kind": c.Kind, "title": c.Title, "clause": c.Clause, "heading": c.Heading,
			"effective": nil, "text": c.Text, "at": at, "ask": ask, "place": i, "quote": c.Quote,
		}
		if !c.Effective.IsZero() {
			rows[i]["effective"] = c.Effective
		}
	}
	// All in one order, so that asks which show the same passages cannot block each other.
	slices.SortFunc(rows, func(a, b pgx.NamedArgs) int { return strings.Compare(a["ref"].(string), b["ref"].(string)) })
	batch := &pgx.Batch{}
	for _, args := range rows {
		batch.Queue(passage, args)
		batch.Queue(link, args)
	}
	return tx.SendBatch(ctx, batch).Close()
}

const citationColumns = `c.ref, c.kind, c.title, c.clause, c.heading, c.effective, s.quote, c.text`

func citationFields(c *kb.Citation) []any {
	return []any{refText{&c.Ref}, &c.Kind, &c.Title, &c.Clause, &c.Heading, orZero(&c.Effective), &c.Quote, &c.Text}
}

// Citation returns a citation as it was shown, however the content has changed since;
// the quote is that of the last showing. A passage that was never shown is
// tickets.ErrNotFound.
func (s *Store) Citation(ctx context.Context, r kb.Ref) (kb.Citation, error) {
	const sql = `
		SELECT ` + citationColumns + `
		FROM citations c JOIN ask_citations s USING (ref)
		WHERE c.ref = @ref ORDER BY s.ask_id DESC LIMIT 1`
	if !storable(r.String()) {
		return kb.Citation{}, fmt.Errorf("citation: %w", tickets.ErrNotFound)
	}
	c, err := one(ctx, s, sql, pgx.NamedArgs{"ref": r.String()}, func(row pgx.CollectableRow) (c kb.Citation, err error) {
		err = row.Scan(citationFields(&c)...)
		return c, err
	})
	if err != nil {
		return kb.Citation{}, fmt.Errorf("citation %s: %w", r, err)
	}
	return c, nil
}

// refText reads a Ref from its text form.
type refText struct{ to *kb.Ref }

// ScanText implements pgtype.TextScanner.
func (r refText) Scan(src any) error { return r.to.UnmarshalText([]byte(fmt.Sprint(src))) }
