package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
)

// TextIndex is a base that search is measured against: PostgreSQL's own full text search over
// one tsvector, a match of any lexeme ordered by ts_rank. It is one connection, for one caller
// at a time; the texts are in a temporary table that ends with it. It has nothing to do with
// tickets.
type TextIndex struct {
	conn   *pgx.Conn
	config string // of the text search: "russian"
}

// NewTextIndex copies texts, given as pairs of ID and text, to the server at url and indexes them. The
// caller closes the index.
func NewTextIndex(ctx context.Context, url string, loc kb.Locale, texts iter.Seq2[string, string]) (*TextIndex, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("connect for full text search: %w", err)
	}
	x := &TextIndex{conn: conn, config: map[kb.Locale]string{kb.RU: "russian", kb.EN: "english"}[loc]}
	if err := x.fill(ctx, texts); err != nil {
		return nil, errors.Join(fmt.Errorf("fill full text search: %w", err), x.Close())
	}
	return x, nil
}

func (x *TextIndex) fill(ctx context.Context, texts iter.Seq2[string, string]) error {
	create := `CREATE TEMPORARY TABLE texts (id text NOT NULL, body text NOT NULL,
		words tsvector GENERATED ALWAYS AS (to_tsvector('` + x.config + `', body)) STORED)`
	if _, err := x.conn.Exec(ctx, create); err != nil {
		return err
	}
	next, stop := iter.Pull2(texts)
	defer stop()
	rows := pgx.CopyFromFunc(func() ([]any, error) {
		id, text, ok := next()
		if !ok {
			return nil, nil
		}
		return []any{id, text}, nil
	})
	if _, err := x.conn.CopyFrom(ctx, pgx.Identifier{"texts"}, []string{"id", "body"}, rows); err != nil {
		return err
	}
	for _, sql := range []string{`CREATE INDEX ON texts USING gin (words)`, `VACUUM ANALYZE texts`} {
		if _, err := x.conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

// Name says what it is.
func (x *TextIndex) Name() string { return "PostgreSQL OR ts_rank" }

// Find returns the IDs of at most n texts that hold any lexeme of the question, best first.
func (x *TextIndex) Find(ctx context.Context, question string, n int) ([]string, error) {
	rows, err := x.conn.Query(ctx, `
		WITH asked AS MATERIALIZED (
			SELECT string_agg('''' || replace(replace(lexeme, '', '\'), '''', '''''') || '''', ' | ')::tsquery AS query
			FROM unnest(to_tsvector($1::regconfig, $2))
		)
		SELECT id FROM texts
		WHERE words @@ (SELECT query FROM asked)
		ORDER BY ts_rank(words, (SELECT query FROM asked)) DESC, id
		LIMIT $3`, x.config, question, n)
	if err != nil {
		return nil, fmt.Errorf("full text search: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("full text search: %w", err)
	}
	return ids, nil
}

// Close ends the connection, and with it the texts.
func (x *TextIndex) Close() error { return x.conn.Close(context.Background()) }
