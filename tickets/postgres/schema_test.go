package postgres_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"otvet/tickets"
)

// The database itself refuses what the program must never do, whoever asks.
func TestTheDatabaseHoldsTheRules(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.agent("Anna")
	d.open(byMail("p@player.example"))
	const message = `INSERT INTO messages (salt, commitment, ticket_id, author_kind, author_id, public, body, at, review_by, review_at) VALUES `
	const ticket = `INSERT INTO tickets (number, version, status, priority, category, locale, subject, login, email, created_at, updated_at, kind, channel, department, pack, received_at, procedure) VALUES `
	const file = `INSERT INTO attachments (id, ticket_id, place, sha256, name, mime, size, width, height, state, provenance, at) VALUES `
	for name, c := range map[string]struct{ sql, code string }{
		"file of a kind that browsers run": {file + `(repeat('a', 26), 1, 0, sha256('x'), 'x', 'text/html', 1, NULL, NULL, 'kept', 'player', now())`, "23514"},
		"file with a path":                 {file + `(repeat('a', 26), 1, 0, sha256('x'), '../x', 'text/plain', 1, NULL, NULL, 'kept', 'player', now())`, "23514"},
		"picture of no size":               {file + `(repeat('a', 26), 1, 0, sha256('x'), 'x', 'image/png', 1, NULL, NULL, 'kept', 'player', now())`, "23514"},
		"file removed by nobody":           {file + `(repeat('a', 26), 1, 0, sha256('x'), 'x', 'text/plain', 1, NULL, NULL, 'removed', 'player', now())`, "23514"},
		"agent's message without review":   {message + `(uuid_send(gen_random_uuid()), sha256(''), 1, 'agent', 1, true, 'x', now(), NULL, NULL)`, "23514"},
		"machine's message to a player":    {message + `(uuid_send(gen_random_uuid()), sha256(''), 1, 'system', NULL, true, 'x', now(), NULL, NULL)`, "23514"},
		"review without time":              {message + `(uuid_send(gen_random_uuid()), sha256(''), 1, 'agent', 1, true, 'x', now(), 1, NULL)`, "23514"},
		"review by nobody there is":        {message + `(uuid_send(gen_random_uuid()), sha256(''), 1, 'agent', 1, true, 'x', now(), 99, now())`, "23503"},
		"agent's message by nobody":        {message + `(uuid_send(gen_random_uuid()), sha256(''), 1, 'agent', NULL, false, 'x', now(), NULL, NULL)`, "23514"},
		"empty message":                    {message + `(uuid_send(gen_random_uuid()), sha256(''), 1, 'player', NULL, true, '', now(), NULL, NULL)`, "23514"},
		"message too long":                 {message + `(uuid_send(gen_random_uuid()), sha256(''), 1, 'player', NULL, true, repeat('ж', 8001), now(), NULL, NULL)`, "23514"},
		"unknown author":                   {message + `(uuid_send(gen_random_uuid()), sha256(''), 1, 'robot', NULL, false, 'x', now(), NULL, NULL)`, "23514"},
		"event changed":                    {`UPDATE events SET change = 'noted'`, "23001"},
		"event deleted":                    {`DELETE FROM events`, "23001"},
		"events truncated":                 {`TRUNCATE events`, "23001"},
		"message changed":                  {`UPDATE messages SET body = 'y'`, "23001"},
		"message erased in passing":        {`UPDATE messages SET body = '', salt = NULL, erased_at = now()`, "23001"},
		"message deleted":                  {`DELETE FROM messages`, "23001"},
		"messages truncated":               {`TRUNCATE messages CASCADE`, "23001"},
		"ticket with events deleted":       {`DELETE FROM tickets`, "23503"},
		"unknown event":                    {`INSERT INTO events (ticket_id, version, at, actor_kind, change, detail, hash) VALUES (1, 1, now(), 'system', 'Erased!', '{}', sha256(''))`, "23514"},
		"event with a text as detail":      {`INSERT INTO events (ticket_id, version, at, actor_kind, change, detail, hash) VALUES (1, 1, now(), 'system', 'noted', '"x"', sha256(''))`, "23514"},
		"unknown status":                   {`UPDATE tickets SET status = 'gone'`, "23514"},
		"unknown priority":                 {`UPDATE tickets SET priority = 'high'`, "23514"},
		"unknown locale":                   {`UPDATE tickets SET locale = 'de'`, "23514"},
		"two contacts":                     {`UPDATE tickets SET login = 'x'`, "23514"},
		"no contact":                       {`UPDATE tickets SET email = NULL`, "23514"},
		"number that players misread":      {ticket + `('ILOU-0000', 1, 'new', 'normal', 'x', 'ru', 'x', 'x', NULL, now(), now(), 'question', 'form', 'support', 'default@1', now(), '{}')`, "23514"},
		"number of another ticket":         {ticket + `((SELECT number FROM tickets), 1, 'new', 'normal', 'x', 'ru', 'x', 'x', NULL, now(), now(), 'question', 'form', 'support', 'default@1', now(), '{}')`, "23505"},
		"letter decided twice":             {`INSERT INTO letters (ticket_id, kind, dedupe_key, recipient, mailbox, locale, mark, state, fields, counted, created_at) SELECT ticket_id, kind, dedupe_key, recipient, mailbox, locale, 'other', state, fields, counted, created_at FROM letters`, "23505"},
		"letter sent at no time":           {`UPDATE letters SET state = 'sent'`, "23514"},
		"stage of a question":              {`UPDATE tickets SET stage = 'received', procedure = '{"stage": "received"}'`, "23514"},
		"complaint without a stage":        {`UPDATE tickets SET kind = 'complaint'`, "23514"},
		"stage other than the case's":      {`UPDATE tickets SET kind = 'complaint', stage = 'received', procedure = '{"stage": "assessed"}'`, "23514"},
		"closed in the middle":             {`UPDATE tickets SET kind = 'complaint', stage = 'received', procedure = '{"stage": "received"}', status = 'closed'`, "23514"},
		"ended without being closed":       {`UPDATE tickets SET kind = 'complaint', stage = 'closed', procedure = '{"stage": "closed"}'`, "23514"},
		"in the hands of the accused":      {`UPDATE tickets SET assignee = 1, against = 1`, "23514"},
		"merged and open":                  {`UPDATE tickets SET merged_into = number`, "23514"},
		"unknown kind":                     {`UPDATE tickets SET kind = 'wish'`, "23514"},
		"unknown channel":                  {`UPDATE tickets SET channel = 'pigeon'`, "23514"},
		"rules without a version":          {`UPDATE tickets SET pack = 'default'`, "23514"},
		"answer without its message":       {`UPDATE letters SET kind = 'reply'`, "23514"},
		"clock that ended at no time":      {`UPDATE deadlines SET state = 'met', next_at = NULL`, "23514"},
		"clock that runs to no end":        {`UPDATE deadlines SET next_at = NULL`, "23514"},
		"token kept in the open":           {`INSERT INTO ticket_tokens (hash, ticket_id) VALUES ('AAAAAAAAAAAAAAAAAAAAAA', 1)`, "23514"},
	} {
		var refused *pgconn.PgError
		if err := d.sql(c.sql); !errors.As(err, &refused) || refused.Code != c.code {
			t.Errorf("%s: %v, want code %s", name, err, c.code)
		}
	}
}

// Nothing that people wrote is in the events' details, whatever happens.
func TestEventsHoldNoText(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	o := d.open(func(n *tickets.NewTicket) { n.Subject, n.Body = "canary", "canary" })
	d.do(o.Ticket.Number, by(anna, tickets.Noted{Body: "canary"}))
	d.do(o.Ticket.Number, reply(anna, "canary", tickets.StatusPending))
	if n := d.count(`SELECT count(*) FROM events WHERE detail::text LIKE '%canary%'`); n != 0 {
		t.Errorf("%d events hold text", n)
	}
}
