package postgres_test

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// durable returns a store on a cluster with fsync, as in production.
func durable(b *testing.B) (*postgres.Store, string) {
	cluster := postgrestest.Cluster(b)
	cluster.Stop()
	cluster.StartDurable()
	return postgrestest.Open(b, cluster.URL), cluster.URL
}

func anyForm() tickets.NewTicket {
	return tickets.NewTicket{
		Key: rand.Text(), Visit: rand.Text(), Locale: kb.RU, Category: "withdrawals", Subject: "Вывод средств",
		Body: "Не пришли деньги на карту.", Requester: tickets.Requester{Email: rand.Text() + "@player.example"}, At: time.Now(),
	}
}

func BenchmarkOpenTicket(b *testing.B) {
	s, _ := durable(b)
	for b.Loop() {
		if _, err := s.OpenTicket(b.Context(), anyForm()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenTicketInParallel(b *testing.B) {
	s, _ := durable(b)
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			form := anyForm()
			form.Requester = tickets.Requester{Login: "lucky777"} // no letter: acknowledgements have a limit
			if _, err := s.OpenTicket(b.Context(), form); err != nil {
				b.Error(err)
			}
		}
	})
}

// A desk of 100,000 tickets, 2,000 of them to be worked.
func BenchmarkQueue(b *testing.B) {
	s, url := durable(b)
	conn, err := pgx.Connect(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(b.Context())
	for _, sql := range []string{
		`INSERT INTO tickets (number, version, status, priority, category, locale, subject, login, created_at, updated_at)
		 SELECT translate(substr(upper(md5(i::text)), 1, 4) || '-' || substr(upper(md5(i::text)), 5, 4), 'ILOU', '1100'), 1,
		        CASE WHEN i % 50 = 0 THEN 'new' ELSE 'closed' END, 'normal', 'withdrawals', 'ru', 'Вывод ' || i, 'player' || i,
		        now() - make_interval(secs => 100000 - i), now()
		 FROM generate_series(1, 100000) i ON CONFLICT DO NOTHING`,
		`INSERT INTO messages (ticket_id, author_kind, public, body, at) SELECT id, 'player', true, 'Не пришли деньги, заявка ' || id, created_at FROM tickets`,
		`INSERT INTO ticket_words SELECT id, to_tsvector('russian', search_text(subject || ' Не пришли деньги, заявка ' || id)) FROM tickets`,
		`VACUUM ANALYZE`,
	} {
		if _, err := conn.Exec(b.Context(), sql); err != nil {
			b.Fatal(err)
		}
	}
	for name, f := range map[string]tickets.Filter{
		"first page": {}, "last page": {Page: 1000}, "closed": {Statuses: []tickets.Status{tickets.StatusClosed}},
		"a rare word": {Text: "заявками 777", Statuses: tickets.Statuses()}, "a common word": {Text: "деньгами", Statuses: tickets.Statuses()},
		"a login": {Text: "player777", Statuses: tickets.Statuses()},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if page, err := s.Queue(b.Context(), f); err != nil || page.Total == 0 {
					b.Fatal(page, err)
				}
			}
		})
	}
	b.Run("dossier", func(b *testing.B) {
		page, err := s.Queue(b.Context(), tickets.Filter{})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := s.Dossier(b.Context(), page.Items[0].Ticket.Number); err != nil {
				b.Fatal(err)
			}
		}
	})
}
