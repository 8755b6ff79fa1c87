package postgres

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

const (
	pageSize = 50
	maxText  = 200 // characters that the queue's search looks at
)

// Queue returns a page of the queue. A page beyond the last is the last.
func (s *Store) Queue(ctx context.Context, f tickets.Filter) (tickets.QueuePage, error) {
	where, args, err := conditions(f)
	if err != nil {
		return tickets.QueuePage{}, fmt.Errorf("queue: %w", err)
	}
	var page tickets.QueuePage
	err = s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) (err error) {
		count := `SELECT count(*) FROM tickets t WHERE ` + where
		if page.Total, err = first(ctx, tx, count, args, pgx.RowTo[int]); err != nil {
			return err
		}
		page.Pages = max(1, (page.Total+pageSize-1)/pageSize)
		page.Page = min(max(1, f.Page), page.Pages)
		page.Items, err = queueItems(ctx, tx, where, args, (page.Page-1)*pageSize)
		return err
	})
	if err != nil {
		return tickets.QueuePage{}, fmt.Errorf("queue: %w", err)
	}
	return page, nil
}

func queueItems(ctx context.Context, tx pgx.Tx, where string, args pgx.NamedArgs, offset int) ([]tickets.QueueItem, error) {
	sql := `
		SELECT ` + ticketColumns + `, coalesce(last.author_kind, 'player'), coalesce(last.at, t.created_at), coalesce(a.name, '')
		FROM (SELECT * FROM tickets t WHERE ` + where + `
		      ORDER BY (priority = 'safety') DESC, created_at, id
		      LIMIT @limit OFFSET @offset) t
		LEFT JOIN agents a ON a.id = t.assignee
		LEFT JOIN LATERAL (SELECT author_kind, at FROM messages
		                   WHERE ticket_id = t.id AND public ORDER BY id DESC LIMIT 1) last ON true
		ORDER BY (t.priority = 'safety') DESC, t.created_at, t.id`
	args["limit"], args["offset"] = pageSize, offset
	return list(ctx, tx, sql, args, func(row pgx.CollectableRow) (i tickets.QueueItem, err error) {
		err = row.Scan(append(ticketFields(&i.Ticket), &i.LastBy, &i.LastAt, &i.Assignee)...)
		return i, err
	})
}

// conditions turns a filter into SQL whose values are all in the arguments.
func conditions(f tickets.Filter) (string, pgx.NamedArgs, error) {
	args := pgx.NamedArgs{}
	// The literal condition is that of the index tickets_queue.
	where := []string{`t.status NOT IN ('solved', 'closed')`}
	if len(f.Statuses) > 0 {
		where[0], args["statuses"] = `t.status = ANY (@statuses)`, f.Statuses
	}
	if f.Category != "" {
		where, args["category"] = append(where, `t.category = @category`), f.Category
	}
	if f.Locale != "" {
		where, args["locale"] = append(where, `t.locale = @locale`), f.Locale
	}
	if f.Assignee != 0 {
		where, args["assignee"] = append(where, `t.assignee = @assignee`), f.Assignee
	}
	for _, s := range []string{f.Text, f.Category, string(f.Locale)} {
		if !storable(s) {
			return "", nil, invalid("text", tickets.BadText)
		}
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		where = append(where, `t.id IN (`+matching+`)`)
		searchArgs(shortened(text), args)
	}
	return strings.Join(where, " AND "), args, nil
}

// matching finds a text as words, as a number, or as the beginning of a contact. UNION
// rather than UNION ALL: of distinct rows the planner knows how many to expect. Bounds
// rather than LIKE: an index serves them also when the plan was made for any text.
const matching = `
	SELECT ticket_id FROM ticket_words
	WHERE words @@ websearch_to_tsquery('pg_catalog.russian', search_text(@text))
	UNION SELECT id FROM tickets WHERE number = @number
	UNION SELECT id FROM tickets WHERE lower(login) ~>=~ lower(@text) AND lower(login) ~<~ (lower(@text) || chr(1114111))
	UNION SELECT id FROM tickets WHERE lower(email) ~>=~ lower(@text) AND lower(email) ~<~ (lower(@text) || chr(1114111))`

// ruled is a line of hyphens: to websearch_to_tsquery each is a negation of the next, and
// some dozens of them exhaust its stack.
var ruled = regexp.MustCompile(`-[\s-]*-`)

func searchArgs(text string, args pgx.NamedArgs) {
	number, _ := tickets.ParseNumber(text) // what is no number matches none
	args["text"], args["number"] = ruled.ReplaceAllString(text, "-"), number
}

func shortened(s string) string {
	if utf8.RuneCountInString(s) > maxText {
		return string([]rune(s)[:maxText])
	}
	return s
}
