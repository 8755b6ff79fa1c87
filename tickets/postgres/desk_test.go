package postgres_test

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/policy"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// desk is a store with what a test does with it in one line.
type desk struct {
	*postgres.Store
	t    *testing.T
	url  string
	keys int
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	url := postgrestest.URL(t)
	return &desk{Store: postgrestest.Open(t, url), t: t, url: url}
}

// form is what a player may send; each has a key of its own.
func (d *desk) form(change ...func(*tickets.NewTicket)) tickets.NewTicket {
	d.keys++
	n := tickets.NewTicket{
		Key: fmt.Sprintf("form-%011d", d.keys), Locale: kb.RU, Category: "withdrawals",
		Subject: "Вывод средств", Body: "Не пришли деньги на карту.", Requester: tickets.Requester{Login: "lucky777"},
		At: time.Now(),
	}
	for _, c := range change {
		c(&n)
	}
	return n
}

// byMail makes the player give an address.
func byMail(address string) func(*tickets.NewTicket) {
	return func(n *tickets.NewTicket) { n.Requester = tickets.Requester{Email: address} }
}

func (d *desk) open(change ...func(*tickets.NewTicket)) postgres.Opening {
	d.t.Helper()
	o, err := d.OpenTicket(d.t.Context(), d.form(change...))
	if err != nil {
		d.t.Fatal(err)
	}
	return o
}

func (d *desk) agent(name string) tickets.Agent {
	d.t.Helper()
	a, err := d.AddAgent(d.t.Context(), tickets.Agent{Email: name + "@desk.example", Name: name, Locale: kb.EN, PasswordHash: "hash"})
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

// byValue compares tickets with the packs of rules by their names.
var byValue = cmp.Comparer(func(a, b *policy.Pack) bool { return a == b || a != nil && b != nil && a.Ref() == b.Ref() })

// by makes an event of an agent.
func by(a tickets.Agent, c tickets.Change) tickets.Event {
	return tickets.Event{At: time.Now(), Actor: tickets.Actor{Kind: tickets.ByAgent, Agent: a.ID}, Change: c}
}

func reply(a tickets.Agent, body string, then tickets.Status) tickets.Event {
	return by(a, tickets.AgentReplied{Body: body, Then: then, Review: tickets.Review{By: a.ID, At: time.Now()}})
}

// do applies an event to a ticket as it is.
func (d *desk) do(n tickets.Number, e tickets.Event) tickets.Ticket {
	d.t.Helper()
	t, err := d.Apply(d.t.Context(), n, d.dossier(n).Ticket.Version, e)
	if err != nil {
		d.t.Fatal(err)
	}
	return t
}

func (d *desk) dossier(n tickets.Number) tickets.Dossier {
	d.t.Helper()
	dossier, err := d.Dossier(d.t.Context(), 0, n)
	if err != nil {
		d.t.Fatal(err)
	}
	return dossier
}

// sql runs a statement past the store, as an administrator could.
func (d *desk) sql(statement string, args ...any) error {
	d.t.Helper()
	conn, err := pgx.Connect(d.t.Context(), d.url)
	if err != nil {
		d.t.Fatal(err)
	}
	defer conn.Close(d.t.Context())
	_, err = conn.Exec(d.t.Context(), statement, args...)
	return err
}

// count returns the one number that a query yields.
func (d *desk) count(query string, args ...any) (n int) {
	d.t.Helper()
	conn, err := pgx.Connect(d.t.Context(), d.url)
	if err != nil {
		d.t.Fatal(err)
	}
	defer conn.Close(d.t.Context())
	if err := conn.QueryRow(d.t.Context(), query, args...).Scan(&n); err != nil {
		d.t.Fatal(err)
	}
	return n
}

// tables returns the names of our tables.
func (d *desk) tables() (names []string) {
	d.t.Helper()
	conn, err := pgx.Connect(d.t.Context(), d.url)
	if err != nil {
		d.t.Fatal(err)
	}
	defer conn.Close(d.t.Context())
	rows, err := conn.Query(d.t.Context(), `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`)
	if err != nil {
		d.t.Fatal(err)
	}
	if names, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		d.t.Fatal(err)
	}
	return names
}

// sha returns the SHA-256 of a text in hexadecimal digits.
func sha(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }
