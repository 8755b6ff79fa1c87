package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
)

const (
	viewsDays  = 400 // how many days views are kept: a year can be compared with the last one
	maxArticle = 200 // the length of the longest ID whose views are kept, in bytes
)

// AddViews adds to what is counted already, by this process or another. Each article has
// one element for each day and locale. An error of kind tickets.ErrUnavailable may also
// mean that the commit was not confirmed; adding again then counts twice. An ID that is too
// long for the table is left out: it must not keep all others from being counted.
func (s *Store) AddViews(ctx context.Context, views []tickets.Views) error {
	const sql = `
		INSERT INTO article_views AS v (day, locale, article, views)
		SELECT * FROM unnest(@days::date[], @locales::text[], @articles::text[], @counts::integer[])
		ON CONFLICT (day, locale, article) DO UPDATE SET views = v.views + excluded.views`
	views = slices.DeleteFunc(slices.Clone(views), func(v tickets.Views) bool { return len(v.Article) > maxArticle })
	if len(views) == 0 {
		return nil
	}
	args := viewColumns(views)
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, args)
		return err
	})
	if err != nil {
		return fmt.Errorf("add views of %d articles: %w", len(views), err)
	}
	return nil
}

// viewColumns turns views into columns, all in one order, so that two replicas cannot
// block each other.
func viewColumns(views []tickets.Views) pgx.NamedArgs {
	views = slices.SortedFunc(slices.Values(views), func(a, b tickets.Views) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Locale, b.Locale), cmp.Compare(a.Article, b.Article))
	})
	var days, locales, articles []string
	var counts []int
	for _, v := range views {
		days, locales = append(days, v.Day.Format(time.DateOnly)), append(locales, string(v.Locale))
		articles, counts = append(articles, v.Article), append(counts, v.Count)
	}
	return pgx.NamedArgs{"days": days, "locales": locales, "articles": articles, "counts": counts}
}

// ContentUse returns every place of the content that readers opened or had a word on in
// the period, in no order. Places that the content has lost are among them.
func (s *Store) ContentUse(ctx context.Context, p tickets.Period) ([]tickets.Use, error) {
	var uses []tickets.Use
	err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) error {
		views, err := viewsSince(ctx, tx, p)
		if err != nil {
			return err
		}
		words, err := wordsSince(ctx, tx, p)
		uses = together(append(views, words...))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("use of the content since %s: %w", p.First.Format(time.DateOnly), err)
	}
	return uses, nil
}

func viewsSince(ctx context.Context, tx pgx.Tx, p tickets.Period) ([]tickets.Use, error) {
	const sql = `SELECT locale, article, sum(views) FROM article_views WHERE day >= @first GROUP BY locale, article`
	return list(ctx, tx, sql, pgx.NamedArgs{"first": p.First}, func(row pgx.CollectableRow) (u tickets.Use, err error) {
		err = row.Scan(&u.Locale, &u.Article, &u.Views)
		return u, err
	})
}

// wordsSince returns what readers said on pages, and by a click or a ticket after an
// answer. What the contact form offered is left out: folded up, it need not have been read.
func wordsSince(ctx context.Context, tx pgx.Tx, p tickets.Period) ([]tickets.Use, error) {
	const sql = `
		SELECT ref, count(*) FILTER (WHERE helped), count(*) FILTER (WHERE NOT helped), 0::bigint, 0::bigint
		FROM feedback WHERE at >= @since GROUP BY ref
		UNION ALL
		SELECT c.ref, 0, 0, count(*) FILTER (WHERE a.outcome = 'solved'), count(*) FILTER (WHERE a.outcome = 'ticket')
		FROM asks a JOIN ask_citations c ON c.ask_id = a.id
		WHERE a.at >= @since AND a.verdict = 'answered' AND a.outcome <> '' AND a.channel <> 'contact'
		GROUP BY c.ref`
	return list(ctx, tx, sql, pgx.NamedArgs{"since": p.Since}, func(row pgx.CollectableRow) (u tickets.Use, err error) {
		var r kb.Ref
		err = row.Scan(refText{&r}, &u.Helped, &u.Unhelped, &u.Solved, &u.Wrote)
		u.Locale, u.Article, u.Anchor = r.Locale, r.Article, r.Anchor
		return u, err
	})
}

// together adds up the uses of each place, whatever its revision was.
func together(rows []tickets.Use) []tickets.Use {
	type place struct{ locale, article, anchor string }
	at := map[place]int{}
	var uses []tickets.Use
	for _, u := range rows {
		p := place{string(u.Locale), u.Article, u.Anchor}
		if i, ok := at[p]; ok {
			uses[i] = uses[i].Add(u)
			continue
		}
		at[p] = len(uses)
		uses = append(uses, u)
	}
	return uses
}
