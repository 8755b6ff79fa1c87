package jobs_test

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/jobs"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// office is a store with somebody who works its queue.
type office struct {
	*postgres.Store
	t    *testing.T
	url  string
	log  *lockedBuffer
	anna tickets.Agent
}

func newOffice(t *testing.T) *office {
	t.Helper()
	url := postgrestest.URL(t)
	o := &office{Store: postgrestest.Open(t, url), t: t, url: url, log: &lockedBuffer{}}
	var err error
	o.anna, err = o.AddAgent(t.Context(), tickets.Agent{Email: "anna@desk.example", Name: "Anna", Locale: kb.EN})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// work starts the workers; they stop when the test ends.
func (o *office) work(n jobs.Notifier) *jobs.Client {
	o.t.Helper()
	c, err := jobs.Start(o.t.Context(), o.Store, o.config(n))
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := c.Stop(ctx); err != nil {
			o.t.Error(err)
		}
	})
	return c
}

func (o *office) config(n jobs.Notifier) jobs.Config {
	return jobs.Config{
		Notifier: n,
		Letter: func(l kb.Locale, name string) (kb.Letter, bool) {
			text := kb.Letter{
				Locale: l, Name: name, Subject: name + " {{number}}",
				Body: "{{category}} {{operator}} {{helpline}}\n{{link}}\n",
			}
			if name == string(tickets.LetterReply) {
				text.Body = "{{reply}}\n\n" + text.Body
			}
			if name == string(tickets.LetterVerify) {
				text.Subject, text.Body = name, "{{operator}} {{until}}\n\n{{link}}\n"
			}
			return text, l.Valid()
		},
		Category: func(_ kb.Locale, id string) string { return "«" + id + "»" },
		BaseURL:  "https://help.demo.example",
		Operator: "Demo Bet",
		Helpline: func(kb.Locale) string { return "8-800" },

		DisputeService: func(kb.Locale) string { return "Нет." },
		Log:            slog.New(slog.NewTextHandler(o.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
}

func (o *office) open(address string) postgres.Opening {
	o.t.Helper()
	opening, err := o.OpenTicket(o.t.Context(), tickets.NewTicket{
		Key: "0123456789abcdef" + address, Locale: kb.RU, Category: "withdrawals", Subject: "canary-subject", Body: "canary-body",
		Requester: tickets.Requester{Email: address}, At: time.Now(),
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return opening
}

func (o *office) reply(n tickets.Number, body string) {
	o.t.Helper()
	d, err := o.Dossier(o.t.Context(), 0, n)
	if err == nil {
		_, err = o.Apply(o.t.Context(), n, d.Ticket.Version, tickets.Event{
			Actor:  tickets.Actor{Kind: tickets.ByAgent, Agent: o.anna.ID},
			Change: tickets.AgentReplied{Body: body, Then: tickets.StatusPending, Review: tickets.Review{By: o.anna.ID, At: time.Now()}},
		})
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// text runs a query and returns its one value.
func (o *office) text(sql string) (s string) {
	o.t.Helper()
	conn, err := pgx.Connect(o.t.Context(), o.url)
	if err != nil {
		o.t.Fatal(err)
	}
	defer conn.Close(o.t.Context())
	if err := conn.QueryRow(o.t.Context(), sql).Scan(&s); err != nil {
		o.t.Fatal(err)
	}
	return s
}

// states returns the state of each letter with its attempts.
func (o *office) states() string {
	return o.text(`SELECT coalesce(string_agg(kind || ' ' || state || ' ' || attempts, ', ' ORDER BY id), '') FROM letters`)
}

func (o *office) become(states string) {
	o.t.Helper()
	defer func() {
		if o.t.Failed() {
			o.t.Logf("letters: %s, want %s", o.states(), states)
		}
	}()
	eventually(o.t, func() bool { return o.states() == states })
}

// hurry makes every job due that waits for its time.
func (o *office) hurry() {
	o.t.Helper()
	o.due("state IN ('retryable', 'scheduled') OR state = 'available' AND scheduled_at > now()")
}

// rescue makes the jobs due whose worker was killed, as River does after five minutes.
func (o *office) rescue() { o.t.Helper(); o.due("state = 'running'") }

func (o *office) due(which string) {
	o.t.Helper()
	o.text(`WITH due AS (UPDATE river_job SET state = 'available', scheduled_at = now()
		WHERE kind = 'letter' AND (` + which + `) RETURNING id) SELECT count(*)::text FROM due`)
}

// failedOnce waits until the job was tried and is to be tried again.
func (o *office) failedOnce() {
	o.t.Helper()
	eventually(o.t, func() bool {
		return o.text(`SELECT count(*)::text FROM river_job WHERE kind = 'letter' AND cardinality(errors) > 0 AND state <> 'running'`) != "0"
	})
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
