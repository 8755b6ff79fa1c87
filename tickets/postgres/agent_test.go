package postgres_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
)

func TestAgents(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	anna, err := d.AddAgent(t.Context(), tickets.Agent{
		Email: " Anna@Desk.Example", Name: "Анна", Locale: kb.RU, PasswordHash: "h1", MustChange: true, CreatedAt: at,
	})
	want := tickets.Agent{
		ID: 1, Email: "anna@desk.example", Name: "Анна", Locale: kb.RU, PasswordHash: "h1", MustChange: true, Epoch: 1, CreatedAt: at,
	}
	if diff := cmp.Diff(want, anna); diff != "" || err != nil {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := d.AddAgent(t.Context(), tickets.Agent{Email: "ANNA@desk.example", Name: "x", Locale: kb.EN}); !errors.Is(err, tickets.ErrConflict) {
		t.Errorf("same address again: %v", err)
	}
	var invalid *tickets.InvalidError
	if _, err := d.AddAgent(t.Context(), tickets.Agent{Email: "x", Name: "\x00"}); !errors.As(err, &invalid) {
		t.Errorf("bad agent: %v", err)
	}
	boris := d.agent("boris")
	all, err := d.Agents(t.Context())
	if diff := cmp.Diff([]tickets.Agent{boris, anna}, all); diff != "" || err != nil {
		t.Errorf("agents, %v (-want +got):\n%s", err, diff)
	}
	for _, email := range []string{"anna@desk.example", " ANNA@DESK.example "} {
		if got, err := d.AgentByEmail(t.Context(), email); got != anna || err != nil {
			t.Errorf("by %q: %+v, %v", email, got, err)
		}
	}
	for _, email := range []string{"", "x@desk.example", "' OR true --", "a\x00", "\xff"} {
		if _, err := d.AgentByEmail(t.Context(), email); !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("by %q: %v", email, err)
		}
	}
}

// A session that remembers an older epoch is over.
func TestEpochEndsSessions(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	a := d.agent("anna")
	ctx := t.Context()
	for _, c := range []struct {
		name  string
		do    func() error
		ends  bool
		check func(tickets.Agent) bool
	}{
		{"new password", func() error { return d.SetPassword(ctx, a.ID, "h2", false) }, true, func(a tickets.Agent) bool { return a.PasswordHash == "h2" && !a.MustChange }},
		{"one-time password", func() error { return d.SetPassword(ctx, a.ID, "h3", true) }, true, func(a tickets.Agent) bool { return a.MustChange }},
		{"disabled", func() error { return d.SetAgentDisabled(ctx, a.ID, true) }, true, func(a tickets.Agent) bool { return a.Disabled }},
		{"let in again", func() error { return d.SetAgentDisabled(ctx, a.ID, false) }, true, func(a tickets.Agent) bool { return !a.Disabled }},
		{"other language", func() error { return d.SetAgentLocale(ctx, a.ID, kb.RU) }, false, func(a tickets.Agent) bool { return a.Locale == kb.RU }},
	} {
		before, _ := d.Agent(ctx, a.ID)
		if err := c.do(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		after, err := d.Agent(ctx, a.ID)
		if err != nil || !c.check(after) || (after.Epoch != before.Epoch) != c.ends {
			t.Errorf("%s: %+v became %+v, %v", c.name, before, after, err)
		}
	}
	for name, err := range map[string]error{
		"password": d.SetPassword(ctx, 99, "h", false), "disabled": d.SetAgentDisabled(ctx, 99, true), "locale": d.SetAgentLocale(ctx, 99, kb.RU),
	} {
		if !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("%s of nobody: %v", name, err)
		}
	}
	if _, err := d.Agent(ctx, 99); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
	var invalid *tickets.InvalidError
	if err := d.SetAgentLocale(ctx, a.ID, "de"); !errors.As(err, &invalid) {
		t.Errorf("foreign locale: %v", err)
	}
}
