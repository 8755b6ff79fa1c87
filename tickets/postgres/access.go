package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Access is that somebody has seen a player's data.
type Access struct {
	At     time.Time
	Agent  string         // name; empty: on the command line
	Number tickets.Number // of the ticket
	What   string         // one of the Saw… constants
}

// What was seen.
const (
	SawTicket = "ticket" // the ticket's page
	SawPack   = "pack"   // the file for a dispute body
	SawExport = "export" // everything that there is, notes included
	SawData   = "data"   // the file that its person gets who asked for their data
)

// Saw notes that an agent has seen a ticket; without an agent, that the command line has.
// Nothing is shown before it is noted.
func (s *Store) Saw(ctx context.Context, n tickets.Number, agent tickets.AgentID, what string) error {
	const sql = `
		INSERT INTO accesses (agent_id, ticket_id, what)
		SELECT nullif(@agent::bigint, 0), id, @what FROM tickets WHERE number = @number`
	if _, err := s.exec(ctx, sql, pgx.NamedArgs{"agent": agent, "number": n, "what": what}); err != nil {
		return fmt.Errorf("note access to ticket %s: %w", n, err)
	}
	return nil
}

// Accesses returns who saw a ticket, the last first: for each agent and kind of access
// only the last time.
func (s *Store) Accesses(ctx context.Context, n tickets.Number) ([]Access, error) {
	const sql = `
		SELECT max(x.at), coalesce(a.name, ''), t.number, x.what
		FROM accesses x JOIN tickets t ON t.id = x.ticket_id LEFT JOIN agents a ON a.id = x.agent_id
		WHERE t.number = @number GROUP BY a.id, a.name, t.number, x.what ORDER BY 1 DESC LIMIT 100`
	return s.accesses(ctx, sql, pgx.NamedArgs{"number": n})
}

// AccessLog returns every access in a time, oldest first; to is not part of it.
func (s *Store) AccessLog(ctx context.Context, from, to time.Time) ([]Access, error) {
	const sql = `
		SELECT x.at, coalesce(a.name, ''), t.number, x.what
		FROM accesses x JOIN tickets t ON t.id = x.ticket_id LEFT JOIN agents a ON a.id = x.agent_id
		WHERE x.at >= @from AND x.at < @to ORDER BY x.at, x.id`
	return s.accesses(ctx, sql, pgx.NamedArgs{"from": from, "to": to})
}

func (s *Store) accesses(ctx context.Context, sql string, args pgx.NamedArgs) ([]Access, error) {
	list, err := all(ctx, s, sql, args, pgx.RowToStructByPos[Access])
	if err != nil {
		return nil, fmt.Errorf("read who saw what: %w", err)
	}
	return list, nil
}
