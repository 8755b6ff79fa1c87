package postgres

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

const (
	pageSize = 50
	maxText  = 200 // characters that the queue's search looks at
)

// Queue returns a page of the queue as an agent may see it, nobody's (0) being everything:
// safety first, then what is at risk at f.Now, then the rest, each in the order in which it
// reached us. A page beyond the last is the last.
func (s *Store) Queue(ctx context.Context, viewer tickets.AgentID, f tickets.Filter) (tickets.QueuePage, error) {
	where, args, err := conditions(viewer, f)
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
		args["limit"], args["offset"] = pageSize, (page.Page-1)*pageSize
		page.Items, err = s.queueItems(ctx, tx, where, order(f), args)
		return err
	})
	if err != nil {
		return tickets.QueuePage{}, fmt.Errorf("queue: %w", err)
	}
	return page, nil
}

// order puts safety first, then what is at risk. Tickets that are over are not, and without
// that class an index gives the order.
func order(f tickets.Filter) string {
	over := func(s tickets.Status) bool { return s == tickets.StatusSolved || s == tickets.StatusClosed }
	if len(f.Statuses) > 0 && !slices.ContainsFunc(f.Statuses, func(s tickets.Status) bool { return !over(s) }) {
		return `(t.priority = 'safety') DESC, t.received_at, t.id`
	}
	return `(t.priority = 'safety') DESC, coalesce(t.risk_at <= @now::timestamptz, false) DESC, t.received_at, t.id`
}

func (s *Store) queueItems(ctx context.Context, tx pgx.Tx, where, order string, args pgx.NamedArgs) ([]tickets.QueueItem, error) {
	sql := `
		SELECT ` + ticketColumns + `, coalesce(last.author_kind, 'player'), coalesce(last.at, t.created_at), coalesce(a.name, ''),
		       coalesce(t.risk_at <= @now::timestamptz, false)
		FROM (SELECT * FROM tickets t WHERE ` + where + `
		      ORDER BY ` + order + `
		      LIMIT @limit OFFSET @offset) t
		LEFT JOIN agents a ON a.id = t.assignee
		LEFT JOIN LATERAL (SELECT author_kind, at FROM messages
		                   WHERE ticket_id = t.id AND public ORDER BY id DESC LIMIT 1) last ON true
		ORDER BY ` + order
	return list(ctx, tx, sql, args, func(row pgx.CollectableRow) (i tickets.QueueItem, err error) {
		err = row.Scan(append(s.ticketFields(&i.Ticket), &i.LastBy, &i.LastAt, &i.Assignee, &i.AtRisk)...)
		return i, err
	})
}

// conditions turns a filter into SQL whose values are all in the arguments.
func conditions(viewer tickets.AgentID, f tickets.Filter) (string, pgx.NamedArgs, error) {
	args := pgx.NamedArgs{"now": moment(f.Now)}
	// The literal condition is that of the index tickets_queue.
	where := []string{`t.status NOT IN ('solved', 'closed')`}
	if len(f.Statuses) > 0 {
		where[0], args["statuses"] = `t.status = ANY (@statuses)`, f.Statuses
	}
	if viewer != 0 {
		where, args["viewer"] = append(where, `t.against IS DISTINCT FROM @viewer::bigint`), viewer
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
	where = append(where, caseConditions(f, args)...)
	for _, s := range []string{f.Text, f.Category, string(f.Locale), string(f.Kind), string(f.Stage), f.Department} {
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

// caseConditions are those about kinds, stages and clocks.
func caseConditions(f tickets.Filter, args pgx.NamedArgs) (where []string) {
	if f.Kind != "" {
		where, args["kind"] = append(where, `t.kind = @kind`), f.Kind
	}
	if f.Stage != "" {
		where, args["stage"] = append(where, `t.stage = @stage`), f.Stage
	}
	if f.Department != "" {
		where, args["department"] = append(where, `t.department = @department`), f.Department
	}
	if f.Reviewer != 0 {
		where, args["reviewer"] = append(where, reviewable), f.Reviewer
	}
	if f.Overdue {
		where = append(where, overdue)
	}
	return where
}

// reviewable are decisions that an agent may review: neither theirs, nor of a case in which
// they decided in an earlier round.
const reviewable = `
	t.stage = 'decided' AND NOT EXISTS (
		SELECT FROM jsonb_array_elements(t.procedure -> 'decisions') WITH ORDINALITY d (made, nth)
		WHERE (made ->> 'by')::bigint = @reviewer
		  AND (nth = jsonb_array_length(t.procedure -> 'decisions')
		       OR coalesce((made ->> 'round')::int, 0) < coalesce((t.procedure ->> 'appeals')::int, 0)))`

// overdue are tickets with a clock of ours that ran out before now and is still owed. What
// owes nothing is not at risk, whatever its clocks once did.
const overdue = `
	t.risk_at <= @now::timestamptz AND EXISTS (
		SELECT FROM deadlines d
		WHERE d.ticket_id = t.id AND d.due_at <= @now::timestamptz
		  AND (d.state = 'open' OR d.state = 'passed' AND ` + stillOwed + `)
		  AND d.rule NOT IN ('wait', 'remind', 'respond', 'suppress', 'update'))`

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
