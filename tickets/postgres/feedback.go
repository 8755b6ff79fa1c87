package postgres

import (
	"context"
	"fmt"
	"strings"
	"time"

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

// feedbackPage is how many words one page holds.
const feedbackPage = 100

// Feedback returns a page of what readers said of articles, the newest first. Articles
// that the content has lost are among them.
func (s *Store) Feedback(ctx context.Context, f tickets.FeedbackFilter) (tickets.FeedbackPage, error) {
	where, args, err := feedbackConditions(f)
	if err != nil {
		return tickets.FeedbackPage{}, fmt.Errorf("feedback: %w", err)
	}
	var page tickets.FeedbackPage
	err = s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) (err error) {
		page = tickets.FeedbackPage{}
		if page.Total, err = first(ctx, tx, `SELECT count(*) FROM feedback WHERE `+where, args, pgx.RowTo[int]); err != nil {
			return err
		}
		return readFeedback(ctx, tx, where, args, f.Before, &page)
	})
	if err != nil {
		return tickets.FeedbackPage{}, fmt.Errorf("feedback since %s: %w", f.Period.First.Format(time.DateOnly), err)
	}
	return page, nil
}

// readFeedback fills a page's list. One row more than the page holds tells whether there
// is another page.
func readFeedback(ctx context.Context, tx pgx.Tx, where string, args pgx.NamedArgs, before tickets.FeedbackMark, page *tickets.FeedbackPage) error {
	if before != (tickets.FeedbackMark{}) {
		where += ` AND (at, id) < (@before, @before_id)`
		args["before"], args["before_id"] = moment(before.At), before.ID
	}
	sql := `
		SELECT id, ref, helped, reason, at FROM feedback WHERE ` + where + `
		ORDER BY at DESC, id DESC LIMIT @limit`
	args["limit"] = feedbackPage + 1
	var ids []int64
	found, err := list(ctx, tx, sql, args, func(row pgx.CollectableRow) (f tickets.Feedback, err error) {
		var id int64
		err = row.Scan(&id, refText{&f.Ref}, &f.Helped, &f.Reason, &f.At)
		ids = append(ids, id)
		return f, err
	})
	if err != nil {
		return err
	}
	if len(found) > feedbackPage {
		found = found[:feedbackPage]
		page.Older = tickets.FeedbackMark{At: found[feedbackPage-1].At, ID: ids[feedbackPage-1]}
	}
	page.List = found
	return nil
}

// feedbackConditions turns a filter but its mark into SQL whose values are all in the
// arguments.
func feedbackConditions(f tickets.FeedbackFilter) (string, pgx.NamedArgs, error) {
	where, args := []string{`at >= @since`}, pgx.NamedArgs{"since": f.Period.Since}
	if f.Locale != "" {
		where, args["locale"] = append(where, `locale = @locale`), f.Locale
	}
	if f.Article != "" {
		where, args["article"] = append(where, `article = @article`), f.Article
	}
	switch f.Said {
	case tickets.SaidAny:
	case tickets.SaidYes:
		where = append(where, `helped`)
	case tickets.SaidNo:
		where = append(where, `NOT helped`)
	case tickets.SaidReason:
		where = append(where, `reason <> ''`)
	default:
		return "", nil, invalid("said", tickets.Unknown)
	}
	if !storable(f.Article) || !storable(string(f.Locale)) {
		return "", nil, invalid("article", tickets.BadText)
	}
	return strings.Join(where, " AND "), args, nil
}
