package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// everyMethod calls every method that needs the database.
func everyMethod(t *testing.T, s *postgres.Store) iter.Seq2[string, error] {
	ctx := t.Context()
	form := tickets.NewTicket{
		Key: "0123456789abcdef", Locale: kb.RU, Category: "x", Subject: "x", Body: "x", Requester: tickets.Requester{Login: "x"},
	}
	note := by(tickets.Agent{ID: 1}, tickets.Noted{Body: "x"})
	said := tickets.Event{Change: tickets.PlayerReplied{Body: "x"}}
	agent := tickets.Agent{Email: "x@y.example", Name: "x", Locale: kb.RU}
	word := tickets.Feedback{Ref: cited("a", "b").Ref}
	calls := []struct {
		name string
		do   func() error
	}{
		{"Ping", func() error { return s.Ping(ctx) }},
		{"OpenTicket", func() error { _, err := s.OpenTicket(ctx, form); return err }},
		{"Apply", func() error { _, err := s.Apply(ctx, "0000-0000", 1, note); return err }},
		{"PlayerApply", func() error { _, err := s.PlayerApply(ctx, tickets.NewToken(), said); return err }},
		{"Dossier", func() error { _, err := s.Dossier(ctx, 0, "0000-0000"); return err }},
		{"PlayerDossier", func() error { _, err := s.PlayerDossier(ctx, tickets.NewToken()); return err }},
		{"Queue", func() error { _, err := s.Queue(ctx, 0, tickets.Filter{}); return err }},
		{"RecordAsk", func() error { return s.RecordAsk(ctx, anAsk("a")) }},
		{"SetOutcome", func() error { return s.SetOutcome(ctx, strings.Repeat("a", 32), tickets.AskOutcomeSolved) }},
		{"Citation", func() error { _, err := s.Citation(ctx, word.Ref); return err }},
		{"RecordFeedback", func() error { return s.RecordFeedback(ctx, word) }},
		{"Feedback", func() error { _, err := s.Feedback(ctx, tickets.FeedbackFilter{}); return err }},
		{"AddViews", func() error {
			return s.AddViews(ctx, []tickets.Views{{Day: time.Now(), Locale: kb.RU, Article: "faq/x", Count: 1}})
		}},
		{"ContentUse", func() error { _, err := s.ContentUse(ctx, tickets.Period{}); return err }},
		{"Unanswered", func() error { _, err := s.Unanswered(ctx, tickets.GapFilter{}); return err }},
		{"SuggestedInVain", func() error { _, err := s.SuggestedInVain(ctx, tickets.GapFilter{}); return err }},
		{"AddAgent", func() error { _, err := s.AddAgent(ctx, agent); return err }},
		{"Agent", func() error { _, err := s.Agent(ctx, 1); return err }},
		{"AgentByEmail", func() error { _, err := s.AgentByEmail(ctx, agent.Email); return err }},
		{"Agents", func() error { _, err := s.Agents(ctx); return err }},
		{"SetPassword", func() error { return s.SetPassword(ctx, 1, "x", true) }},
		{"SetAgentDisabled", func() error { return s.SetAgentDisabled(ctx, 1, true) }},
		{"SetAgentLocale", func() error { return s.SetAgentLocale(ctx, 1, kb.RU) }},
		{"Allow", func() error { _, err := s.Allow(ctx, "x", 1, time.Hour); return err }},
		{"LetterToSend", func() error { _, err := s.LetterToSend(ctx, 1); return err }},
		{"LetterSent", func() error { return s.LetterSent(ctx, 1) }},
		{"LetterFailed", func() error { return s.LetterFailed(ctx, 1, "x") }},
		{"Purge", func() error { return s.Purge(ctx) }},
		{"Sessions.Find", func() error { _, _, err := s.Sessions().Find("x"); return err }},
		{"Sessions.Commit", func() error { return s.Sessions().Commit("x", nil, time.Now()) }},
		{"Sessions.Delete", func() error { return s.Sessions().Delete("x") }},
	}
	return func(yield func(string, error) bool) {
		for _, c := range calls {
			if !yield(c.name, c.do()) {
				return
			}
		}
	}
}

func TestAServerThatStopsAndComesBack(t *testing.T) {
	t.Parallel()
	cluster := postgrestest.Cluster(t)
	s := postgrestest.Open(t, cluster.URL)
	for _, stop := range []struct {
		name string
		do   func()
	}{
		{"stopped", cluster.Stop},
		{"killed", func() { cluster.Signal(syscall.SIGKILL); cluster.Stop() }},
	} {
		if err := s.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		stop.do()
		for name, err := range everyMethod(t, s) {
			if !errors.Is(err, tickets.ErrUnavailable) {
				t.Errorf("%s, %s: %v", stop.name, name, err)
			}
		}
		cluster.Start()
		if err := s.Ping(t.Context()); err != nil {
			t.Errorf("%s and back: %v", stop.name, err)
		}
	}
}

func TestAFrozenServerHoldsNobodyForLong(t *testing.T) {
	t.Parallel()
	cluster := postgrestest.Cluster(t)
	s := postgrestest.Open(t, cluster.URL)
	cluster.Freeze()
	began := time.Now()
	var all sync.WaitGroup
	for i := range 60 { // thrice the pool
		all.Go(func() {
			if _, err := s.Queue(t.Context(), 0, tickets.Filter{}); !errors.Is(err, tickets.ErrUnavailable) {
				t.Errorf("call %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if took := time.Since(began); took > 7*time.Second {
		t.Errorf("answers took %v", took)
	}
	cluster.Thaw()
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("after the thaw: %v", err)
	}
}

func TestServerStatesThatMeanUnavailable(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]string{
		"read-only":                `ALTER DATABASE otvet SET default_transaction_read_only = on`,
		"too many connections":     `ALTER DATABASE otvet CONNECTION LIMIT 0`,
		"user who may not sign in": `ALTER ROLE ordinary NOLOGIN`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cluster := postgrestest.Cluster(t)
			s := postgrestest.Open(t, cluster.URL)
			conn, err := pgx.Connect(t.Context(), cluster.URL)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(t.Context())
			for _, sql := range []string{
				`CREATE ROLE ordinary LOGIN`, `GRANT ALL ON ALL TABLES IN SCHEMA public TO ordinary`, set,
				`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'otvet'`,
			} {
				if _, err := conn.Exec(t.Context(), sql); err != nil {
					t.Fatal(err)
				}
			}
			_ = s.Ping(t.Context()) // may still meet a connection that was cut
			ordinary := opened(t, strings.Replace(cluster.URL, "otvet@", "ordinary@", 1))
			err = ordinary.Ready(t.Context())
			if err == nil {
				_, err = ordinary.AddAgent(t.Context(), tickets.Agent{Email: "x@y.example", Name: "x", Locale: kb.RU})
			}
			if !errors.Is(err, tickets.ErrUnavailable) {
				t.Error(err)
			}
		})
	}
}

func TestACutConnectionLosesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 20 {
		form := d.form()
		var cut sync.WaitGroup
		cut.Go(func() {
			err := d.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()`)
			if err != nil && !strings.Contains(err.Error(), "57P01") {
				t.Error(err)
			}
		})
		o, err := d.OpenTicket(t.Context(), form)
		cut.Wait()
		for err != nil {
			if !errors.Is(err, tickets.ErrUnavailable) || !reflect.DeepEqual(o, postgres.Opening{}) {
				t.Fatal(o, err)
			}
			o, err = d.OpenTicket(t.Context(), form)
		}
	}
	if n := d.count(`SELECT count(*) FROM tickets`); n != 20 {
		t.Errorf("%d tickets, want 20", n)
	}
}

func TestALockedTicketIsUnavailable(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	o := d.open()
	conn, err := pgx.Connect(t.Context(), d.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `BEGIN; SELECT FROM tickets FOR UPDATE`); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_, err = d.Apply(t.Context(), o.Ticket.Number, 1, by(anna, tickets.Noted{Body: "x"}))
	if !errors.Is(err, tickets.ErrUnavailable) || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
	if _, err := d.Dossier(t.Context(), 0, o.Ticket.Number); err != nil {
		t.Errorf("reading goes on: %v", err)
	}
}

func TestACallerWhoLeavesGetsTheirOwnError(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := d.Queue(gone, 0, tickets.Filter{}); !errors.Is(err, context.Canceled) || errors.Is(err, tickets.ErrUnavailable) {
		t.Error(err)
	}
}

// The database is made to report a deadlock the first times that it is asked.
func TestDeadlocksAreRepeated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		deadlocks int
		works     bool
	}{{1, true}, {3, true}, {4, false}} {
		d := newDesk(t)
		for _, sql := range []string{
			`CREATE SEQUENCE tries`, // is not rolled back
			`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
				IF nextval('tries') <= ` + fmt.Sprint(c.deadlocks) + ` THEN RAISE 'deadlock' USING ERRCODE = '40P01'; END IF;
				RETURN NEW;
			END $$`,
			`CREATE TRIGGER fail BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION fail()`,
		} {
			if err := d.sql(sql); err != nil {
				t.Fatal(err)
			}
		}
		_, err := d.OpenTicket(t.Context(), d.form())
		if (err == nil) != c.works || err != nil && !errors.Is(err, tickets.ErrUnavailable) {
			t.Errorf("%d deadlocks: %v", c.deadlocks, err)
		}
	}
}
