package postgres_test

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"otvet/tickets"
	"otvet/tickets/postgres/postgrestest"
)

// A desk from before there were cases is migrated with its tickets, whose clocks begin to
// run at the first sweep.
func TestTicketsFromBeforeThereWereCases(t *testing.T) {
	t.Parallel()
	url := postgrestest.EmptyURL(t)
	old := older(t, url, 4)
	for _, sql := range []string{
		`INSERT INTO agents (email, name, locale, password_hash, must_change, created_at) VALUES ('a@desk.example', 'Anna', 'en', 'x', false, now())`,
		`INSERT INTO tickets (number, version, status, priority, category, locale, subject, login, email, created_at, updated_at) VALUES
		 ('AAAA-0001', 1, 'new', 'normal', 'x', 'ru', 'new', 'p', NULL, '2026-03-02 09:00+00', '2026-03-02 09:00+00'),
		 ('AAAA-0002', 2, 'pending', 'normal', 'x', 'en', 'answered', NULL, 'p@player.example', '2026-03-02 09:00+00', '2026-03-02 11:00+00'),
		 ('AAAA-0003', 1, 'new', 'safety', 'x', 'ru', 'distress', 'p', NULL, '2026-03-02 09:00+00', '2026-03-02 09:00+00'),
		 ('AAAA-0004', 3, 'open', 'normal', 'x', 'ru', 'wrote again', 'p', NULL, '2026-03-02 09:00+00', '2026-03-02 12:00+00'),
		 ('AAAA-0005', 2, 'closed', 'normal', 'x', 'ru', 'closed', 'p', NULL, '2026-03-02 09:00+00', '2026-03-02 10:00+00')`,
		`INSERT INTO messages (ticket_id, author_kind, author_id, public, body, at, review_by, review_at)
		 SELECT id, 'player', NULL, true, 'x', created_at, NULL, NULL FROM tickets`,
		`INSERT INTO messages (ticket_id, author_kind, author_id, public, body, at, review_by, review_at)
		 SELECT id, 'agent', 1, true, 'x', '2026-03-02 11:00+00', 1, '2026-03-02 11:00+00' FROM tickets WHERE number IN ('AAAA-0002', 'AAAA-0004')`,
		`INSERT INTO messages (ticket_id, author_kind, author_id, public, body, at, review_by, review_at)
		 SELECT id, 'player', NULL, true, 'x', '2026-03-02 12:00+00', NULL, NULL FROM tickets WHERE number = 'AAAA-0004'`,
		`INSERT INTO events (ticket_id, version, at, actor_kind, change, detail) SELECT id, 1, created_at, 'player', 'opened', '{}' FROM tickets`,
		`INSERT INTO letters (ticket_id, message_id, kind, dedupe_key, recipient, mailbox, locale, mark, state)
		 VALUES (2, NULL, 'ack', 'ack:2', 'p@player.example', 'p@player.example', 'en', 'a', 'queued'),
		        (2, 6, 'reply', 'reply:6', 'p@player.example', 'p@player.example', 'en', 'b', 'queued')`,
	} {
		if _, err := old.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	s := opened(t, url)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := &desk{Store: s, t: t, url: url}
	nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	eleven, noon := nine.Add(2*hour), nine.Add(3*hour)
	for number, want := range map[tickets.Number]struct {
		kind tickets.Kind
		c    tickets.Case
	}{
		"AAAA-0001": {tickets.KindQuestion, tickets.Case{ReceivedAt: nine, AcknowledgedAt: nine, ToldAt: nine, UnansweredSince: nine}},
		"AAAA-0002": {tickets.KindQuestion, tickets.Case{ReceivedAt: nine, AcknowledgedAt: nine, FirstAnswerAt: eleven, ToldAt: eleven, Turns: 1, PendingAt: eleven}},
		"AAAA-0003": {tickets.KindSafety, tickets.Case{ReceivedAt: nine, AcknowledgedAt: nine, ToldAt: nine, UnansweredSince: nine, AlarmAt: nine}},
		"AAAA-0004": {tickets.KindQuestion, tickets.Case{ReceivedAt: nine, AcknowledgedAt: nine, FirstAnswerAt: eleven, ToldAt: eleven, Turns: 1, UnansweredSince: noon}},
		"AAAA-0005": {tickets.KindQuestion, tickets.Case{ReceivedAt: nine, AcknowledgedAt: nine, ToldAt: nine, ClosedAt: nine.Add(hour)}},
	} {
		got := d.dossier(number).Ticket
		if diff := cmp.Diff(want.c, got.Case); diff != "" || got.Kind != want.kind || got.Channel != tickets.ChannelForm || got.Rules.Ref().String() != "default@1" {
			t.Errorf("%s is a %s by %s under %s (-want +got):\n%s", number, got.Kind, got.Channel, got.Rules.Ref(), diff)
		}
	}
	if l := d.letter(1); l.Kind != tickets.LetterAck || l.State != tickets.LetterQueued {
		t.Errorf("letter %+v", l)
	}
	if _, err := s.Sweep(t.Context(), nine.Add(4*hour)); err != nil {
		t.Fatal(err)
	}
	if n := d.count(`SELECT count(DISTINCT ticket_id) FROM deadlines WHERE next_at IS NOT NULL`); n != 4 {
		t.Errorf("%d tickets have clocks, want all that are not closed", n)
	}
	d.do("AAAA-0001", reply(tickets.Agent{ID: 1}, "Здравствуйте", tickets.StatusSolved))
}

// older returns a connection to a database whose schema is of an earlier version.
func older(t *testing.T, url string, version int64) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	db := stdlib.OpenDB(*conn.Config())
	defer db.Close()
	up, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("migrations"))
	if err == nil {
		_, err = up.UpTo(t.Context(), version)
	}
	if err != nil {
		t.Fatal(err)
	}
	return conn
}
