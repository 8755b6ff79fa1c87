package postgres

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// overtakes notes in the detail of an assignment how many older tickets of the same class
// and department wait for somebody while this one is taken up. Tickets that the agent must
// not see do not count.
func overtakes(ctx context.Context, tx pgx.Tx, before tickets.Ticket, e tickets.Event, detail map[string]string) error {
	const sql = `
		SELECT count(*) FROM tickets t
		WHERE status NOT IN ('solved', 'closed') AND status IN ('new', 'open') AND assignee IS NULL
		  AND department = @department AND (received_at, id) < (@received, @id)
		  AND priority = @priority AND coalesce(risk_at <= @at, false) = @risk
		  AND against IS DISTINCT FROM @agent::bigint`
	c, ok := e.Change.(tickets.Assigned)
	if !ok || c.To == 0 || before.Assignee != 0 {
		return nil
	}
	risk := before.RiskAt()
	n, err := first(ctx, tx, sql, pgx.NamedArgs{
		"department": before.Department, "received": before.Case.ReceivedAt, "id": before.ID, "priority": before.Priority,
		"at": e.At, "risk": !risk.IsZero() && !risk.After(e.At), "agent": c.To,
	}, pgx.RowTo[int])
	if err == nil && n > 0 {
		detail["overtook"] = strconv.Itoa(n)
	}
	return err
}
