package postgres_test

import (
	"crypto/rand"
	"fmt"
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
		`INSERT INTO tickets (number, version, status, priority, category, locale, subject, login, created_at, updated_at,
		                      kind, channel, department, pack, received_at, procedure)
		 SELECT translate(substr(upper(md5(i::text)), 1, 4) || '-' || substr(upper(md5(i::text)), 5, 4), 'ILOU', '1100'), 1,
		        CASE WHEN i % 50 = 0 THEN 'new' ELSE 'closed' END, 'normal', 'withdrawals', 'ru', 'Вывод ' || i, 'player' || i,
		        now() - make_interval(secs => 100000 - i), now(), 'question', 'form', 'support', 'default@1', now() - make_interval(secs => 100000 - i), '{}'
		 FROM generate_series(1, 100000) i ON CONFLICT DO NOTHING`,
		`INSERT INTO messages (ticket_id, author_kind, public, body, at, salt, commitment)
		 SELECT id, 'player', true, 'Не пришли деньги, заявка ' || id, created_at, uuid_send(gen_random_uuid()), sha256('') FROM tickets`,
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
				if page, err := s.Queue(b.Context(), 0, f); err != nil || page.Total == 0 {
					b.Fatal(page, err)
				}
			}
		})
	}
	b.Run("dossier", func(b *testing.B) {
		page, err := s.Queue(b.Context(), 0, tickets.Filter{})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := s.Dossier(b.Context(), 0, page.Items[0].Ticket.Number); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// The content pages on 100,000 asks of 90 days: a fifth found nothing, a tenth ended in a
// ticket, another tenth with a word of thanks; with 20,000 words of readers on the pages
// and more than a year of views of 200 articles in two languages.
func BenchmarkContentPages(b *testing.B) {
	s, url := durable(b)
	conn, err := pgx.Connect(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(b.Context())
	for _, sql := range []string{
		`INSERT INTO asks (key, visit, channel, question, locale, verdict, confidence, outcome, at)
		 SELECT md5(i::text), '', 'search', 'Вопрос номер ' || i % 7919 || ' о выводе?', CASE WHEN i % 3 = 0 THEN 'en' ELSE 'ru' END,
		        CASE i % 5 WHEN 0 THEN 'no_answer' WHEN 1 THEN 'suggested' ELSE 'answered' END, 0.5,
		        CASE WHEN i % 100 < 10 THEN 'ticket' WHEN i % 100 < 20 THEN 'solved' ELSE '' END,
		        now() - make_interval(secs => i * 77)
		 FROM generate_series(1, 100000) i`,
		`INSERT INTO citations SELECT 'ru/faq/article-' || a || '#passage-' || p || '@0123456789ab', 'faq', 'x', '', 'x', NULL, 'x', now()
		 FROM generate_series(1, 200) a, generate_series(1, 5) p`,
		`INSERT INTO ask_citations SELECT id, 0, 'ru/faq/article-' || id % 200 + 1 || '#passage-' || id % 5 + 1 || '@0123456789ab', 'x'
		 FROM asks WHERE verdict = 'answered'`,
		`INSERT INTO feedback (locale, article, ref, visitor, helped, reason, at)
		 SELECT 'ru', 'faq/article-' || i % 200 + 1, 'ru/faq/article-' || i % 200 + 1 || '#@0123456789ab', '', i % 4 > 0, '', now() - make_interval(secs => i * 388)
		 FROM generate_series(1, 20000) i`,
		`INSERT INTO article_views SELECT current_date - day, locale, 'faq/article-' || a, 10
		 FROM generate_series(0, 399) day, unnest(ARRAY['ru', 'en']) locale, generate_series(1, 200) a`,
		`VACUUM ANALYZE`,
	} {
		if _, err := conn.Exec(b.Context(), sql); err != nil {
			b.Fatal(err)
		}
	}
	for _, days := range []int{7, 30, 90} {
		f := tickets.GapFilter{Period: tickets.LastDays(days, time.Now(), time.UTC)}
		for name, read := range map[string]func() (int, error){
			"use":        func() (int, error) { found, err := s.ContentUse(b.Context(), f.Period); return len(found), err },
			"unanswered": func() (int, error) { found, err := s.Unanswered(b.Context(), f); return len(found.List), err },
			"suggested":  func() (int, error) { found, err := s.SuggestedInVain(b.Context(), f); return len(found.List), err },
		} {
			b.Run(fmt.Sprintf("%s of %d days", name, days), func(b *testing.B) {
				for b.Loop() {
					if n, err := read(); n == 0 || err != nil {
						b.Fatal(n, err)
					}
				}
			})
		}
	}
}
