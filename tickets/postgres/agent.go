package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
)

const agentColumns = `id, email, name, locale, password_hash, must_change, disabled, epoch, created_at`

func scanAgent(row pgx.CollectableRow) (a tickets.Agent, err error) {
	err = row.Scan(&a.ID, &a.Email, &a.Name, &a.Locale, &a.PasswordHash, &a.MustChange, &a.Disabled, &a.Epoch, &a.CreatedAt)
	return a, err
}

// AddAgent creates an agent and returns it with its ID; a zero CreatedAt means now. An
// e-mail address that another agent has is tickets.ErrConflict.
func (s *Store) AddAgent(ctx context.Context, a tickets.Agent) (tickets.Agent, error) {
	const sql = `
		INSERT INTO agents (email, name, locale, password_hash, must_change, disabled, created_at)
		VALUES (@email, @name, @locale, @hash, @must, @disabled, @at)
		RETURNING ` + agentColumns
	a, err := a.Validate()
	if err != nil {
		return tickets.Agent{}, fmt.Errorf("add agent: %w", err)
	}
	added, err := one(ctx, s, sql, pgx.NamedArgs{
		"email": a.Email, "name": a.Name, "locale": a.Locale, "hash": a.PasswordHash,
		"must": a.MustChange, "disabled": a.Disabled, "at": moment(a.CreatedAt),
	}, scanAgent)
	if err != nil {
		return tickets.Agent{}, fmt.Errorf("add agent: %w", err)
	}
	return added, nil
}

// Agent returns an agent by ID.
func (s *Store) Agent(ctx context.Context, id tickets.AgentID) (tickets.Agent, error) {
	const sql = `SELECT ` + agentColumns + ` FROM agents WHERE id = @id`
	a, err := one(ctx, s, sql, pgx.NamedArgs{"id": id}, scanAgent)
	if err != nil {
		return tickets.Agent{}, fmt.Errorf("agent %d: %w", id, err)
	}
	return a, nil
}

// AgentByEmail returns an agent by sign-in name, in whatever case it is written.
func (s *Store) AgentByEmail(ctx context.Context, email string) (tickets.Agent, error) {
	const sql = `SELECT ` + agentColumns + ` FROM agents WHERE email = @email`
	email = strings.ToLower(strings.TrimSpace(email))
	if !storable(email) {
		return tickets.Agent{}, fmt.Errorf("agent by e-mail: %w", tickets.ErrNotFound)
	}
	a, err := one(ctx, s, sql, pgx.NamedArgs{"email": email}, scanAgent)
	if err != nil {
		return tickets.Agent{}, fmt.Errorf("agent by e-mail: %w", err)
	}
	return a, nil
}

// Agents returns all agents by name.
func (s *Store) Agents(ctx context.Context) ([]tickets.Agent, error) {
	const sql = `SELECT ` + agentColumns + ` FROM agents ORDER BY lower(name), id`
	found, err := all(ctx, s, sql, nil, scanAgent)
	if err != nil {
		return nil, fmt.Errorf("agents: %w", err)
	}
	return found, nil
}

// SetPassword replaces an agent's password hash; mustChange marks a one-time password.
// Every session of the agent ends: its Epoch grows.
func (s *Store) SetPassword(ctx context.Context, id tickets.AgentID, hash string, mustChange bool) error {
	const sql = `UPDATE agents SET password_hash = @hash, must_change = @must, epoch = epoch + 1 WHERE id = @id`
	return s.changeAgent(ctx, "set password of", id, sql, pgx.NamedArgs{"hash": hash, "must": mustChange})
}

// SetAgentDisabled shuts an agent out, or lets them in again. Every session of the
// agent ends: its Epoch grows.
func (s *Store) SetAgentDisabled(ctx context.Context, id tickets.AgentID, disabled bool) error {
	const sql = `UPDATE agents SET disabled = @disabled, epoch = epoch + 1 WHERE id = @id`
	return s.changeAgent(ctx, "set disabled of", id, sql, pgx.NamedArgs{"disabled": disabled})
}

// SetAgentLocale sets the language of an agent's desk.
func (s *Store) SetAgentLocale(ctx context.Context, id tickets.AgentID, l kb.Locale) error {
	const sql = `UPDATE agents SET locale = @locale WHERE id = @id`
	if !l.Valid() {
		return fmt.Errorf("set locale of agent %d: %w", id, invalid("locale", tickets.Unknown))
	}
	return s.changeAgent(ctx, "set locale of", id, sql, pgx.NamedArgs{"locale": l})
}

func (s *Store) changeAgent(ctx context.Context, what string, id tickets.AgentID, sql string, args pgx.NamedArgs) error {
	args["id"] = id
	n, err := s.exec(ctx, sql, args)
	if err == nil && n == 0 {
		err = tickets.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("%s agent %d: %w", what, id, err)
	}
	return nil
}

// agentName returns an agent's name, "" for nobody.
func agentName(ctx context.Context, tx pgx.Tx, id tickets.AgentID) (string, error) {
	if id == 0 {
		return "", nil
	}
	return first(ctx, tx, `SELECT name FROM agents WHERE id = @id`, pgx.NamedArgs{"id": id}, pgx.RowTo[string])
}

// workingAgentName is agentName of someone who may get a ticket.
func workingAgentName(ctx context.Context, tx pgx.Tx, id tickets.AgentID) (string, error) {
	if id == 0 {
		return "", nil
	}
	const sql = `SELECT name FROM agents WHERE id = @id AND NOT disabled`
	name, err := first(ctx, tx, sql, pgx.NamedArgs{"id": id}, pgx.RowTo[string])
	if errors.Is(err, tickets.ErrNotFound) {
		err = invalid("assignee", tickets.Unknown)
	}
	return name, err
}
