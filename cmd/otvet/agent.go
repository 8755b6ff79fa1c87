package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"otvet/cmd/otvet/internal/desk"
	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// agentCommands are "otvet agent add" and "otvet agent reset".
type agentCommands struct {
	Add   agentAddCommand   `cmd:"" help:"Add an agent and print a one-time password."`
	Reset agentResetCommand `cmd:"" help:"Give an agent a new one-time password, and end their sessions."`
}

// agentAddCommand is "otvet agent add".
type agentAddCommand struct {
	Email  string `required:"" placeholder:"ADDRESS" help:"E-mail address: the sign-in name."`
	Name   string `required:"" placeholder:"NAME" help:"Name, as players and colleagues see it."`
	Locale string `enum:"ru,en" default:"en" help:"Language of the desk, ru or en (${default})."`
	databaseFlags
}

// Run adds the agent.
func (c *agentAddCommand) Run(ctx context.Context, w world) error {
	email, err := address(c.Email)
	if err != nil {
		return err
	}
	return c.with(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		if err := s.Ready(ctx); err != nil {
			return err
		}
		password, err := addAgent(ctx, s, email, c.Name, kb.Locale(c.Locale))
		if errors.Is(err, tickets.ErrConflict) {
			return &exitError{statusNegative, fmt.Errorf(`there is an agent with this address already; "otvet agent reset" gives a new password`)}
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(w.stdout, "Added %s. One-time password, shown only now:\n%s\n", email, password)
		return nil
	})
}

// addAgent creates an agent and returns the one-time password.
func addAgent(ctx context.Context, s *postgres.Store, email, name string, locale kb.Locale) (string, error) {
	password, hash, err := desk.NewPassword()
	if err != nil {
		return "", err
	}
	_, err = s.AddAgent(ctx, tickets.Agent{
		Email: email, Name: name, Locale: locale, PasswordHash: hash, MustChange: true, CreatedAt: time.Now(),
	})
	return password, err
}

// agentResetCommand is "otvet agent reset".
type agentResetCommand struct {
	Email string `required:"" placeholder:"ADDRESS" help:"E-mail address of the agent."`
	databaseFlags
}

// Run replaces the password.
func (c *agentResetCommand) Run(ctx context.Context, w world) error {
	email, err := address(c.Email)
	if err != nil {
		return err
	}
	return c.with(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		if err := s.Ready(ctx); err != nil {
			return err
		}
		agent, err := s.AgentByEmail(ctx, email)
		if errors.Is(err, tickets.ErrNotFound) {
			return &exitError{statusNegative, errors.New("there is no agent with this address")}
		}
		if err != nil {
			return err
		}
		password, hash, err := desk.NewPassword()
		if err != nil {
			return err
		}
		if err := s.SetPassword(ctx, agent.ID, hash, true); err != nil {
			return err
		}
		fmt.Fprintf(w.stdout, "New one-time password of %s, shown only now:\n%s\n", email, password)
		return nil
	})
}

// address reads an e-mail address as a sign-in name.
func address(s string) (string, error) {
	r, code := tickets.ParseRequester(s)
	if code != "" || r.Email == "" {
		return "", &exitError{statusUsage, fmt.Errorf("%q is not an e-mail address", s)}
	}
	return strings.ToLower(r.Email), nil
}
