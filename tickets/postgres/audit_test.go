package postgres_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// audit returns what an audit of all tickets counts and finds.
func (d *desk) audit(boundary int64) (postgres.Audited, []tickets.Break) {
	d.t.Helper()
	var breaks []tickets.Break
	done, err := d.Audit(d.t.Context(), postgres.Audit{
		Boundary: boundary, Progress: func(postgres.Audited) {}, Break: func(b tickets.Break) { breaks = append(breaks, b) },
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return done, breaks
}

// talk is a desk with two tickets and some correspondence: ids of messages and events
// count from 1.
func talk(t *testing.T) *desk {
	d := newDesk(t)
	anna, boris := d.agent("Anna"), d.agent("Boris")
	for range 2 {
		o := d.open(byMail("p@player.example"))
		e := by(anna, tickets.Assigned{To: boris.ID})
		e.Key = "form"
		d.do(o.Ticket.Number, e)
		d.do(o.Ticket.Number, by(boris, tickets.Noted{Body: "проверить платёж"}))
		d.do(o.Ticket.Number, reply(boris, "Деньги в пути.", tickets.StatusPending))
		if _, err := d.PlayerApply(t.Context(), o.Token, tickets.Event{Change: tickets.PlayerReplied{Body: "Спасибо!"}}); err != nil {
			t.Fatal(err)
		}
	}
	for letter := range int64(4) {
		if err := d.LetterSent(t.Context(), letter+1); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// everyColumn holds one change of each column of what the record is made of. A new column
// must be added here, and to tickets.Link or tickets.Contents.
var everyColumn = map[string]map[string]string{
	"events": {
		"id": `(SELECT max(id) + 1000 FROM events)`, "ticket_id": `3 - ticket_id`, "version": `version + 1`, "key": `coalesce(key, '') || 'x'`,
		"at": `at + interval '1 microsecond'`, "actor_kind": `'system'`, "actor_id": `2`, "change": `'noted'`,
		"detail": `detail || '{"to": "Carl"}'`, "message_id": `NULL`, "hash": `sha256('x')`,
	},
	"messages": {
		"id": `(SELECT max(id) + 1000 FROM messages)`, "ticket_id": `3 - ticket_id`, "author_kind": `'agent'`, "author_id": `coalesce(author_id, 0) + 1`,
		"public": `NOT public`, "body": `body || '.'`, "at": `at - interval '1 microsecond'`, "review_by": `coalesce(review_by, 0) + 1`,
		"review_at": `coalesce(review_at, at) + interval '1 hour'`, "salt": `uuid_send(gen_random_uuid())`,
		"commitment": `sha256('x')`, "erased_at": `at`,
	},
	"tickets": {"chain_head": `sha256('x')`, "chain_length": `chain_length + 1`, "number": `'0000-0000'`, "subject": `'x'`},
}

// tampered runs statements as a superuser can, past every trigger and foreign key, hands
// on what an audit finds, and puts everything back.
func (d *desk) tampered(statements ...string) []tickets.Break {
	d.t.Helper()
	conn, err := pgx.Connect(d.t.Context(), d.url)
	if err != nil {
		d.t.Fatal(err)
	}
	defer conn.Close(d.t.Context())
	run := func(sql string) {
		if _, err := conn.Exec(d.t.Context(), sql); err != nil {
			d.t.Fatalf("%s: %v", sql, err)
		}
	}
	run(`SET session_replication_role = replica`)
	for _, table := range []string{"tickets", "messages", "events"} {
		run(fmt.Sprintf(`CREATE TABLE kept_%[1]s AS TABLE %[1]s`, table))
	}
	for _, sql := range statements {
		run(sql)
	}
	_, breaks := d.audit(0)
	for _, table := range []string{"tickets", "messages", "events"} {
		run(fmt.Sprintf(`DELETE FROM %[1]s; INSERT INTO %[1]s OVERRIDING SYSTEM VALUE SELECT * FROM kept_%[1]s; DROP TABLE kept_%[1]s`, table))
	}
	if _, left := d.audit(0); len(left) > 0 {
		d.t.Fatalf("not put back: %v", left)
	}
	return breaks
}

func (d *desk) loosen() {
	d.t.Helper()
	for _, sql := range []string{
		`ALTER TABLE messages DROP CONSTRAINT messages_author, DROP CONSTRAINT messages_review, DROP CONSTRAINT messages_reviewed,
		 DROP CONSTRAINT messages_body, DROP CONSTRAINT messages_salt`,
		`ALTER TABLE events DROP CONSTRAINT events_actor, ALTER id DROP IDENTITY`,
		`ALTER TABLE messages ALTER id DROP IDENTITY`,
		`DROP INDEX events_key`,
	} {
		if err := d.sql(sql); err != nil {
			d.t.Fatal(err)
		}
	}
}

func TestAnAuditOfAnUntouchedRecordFindsNothing(t *testing.T) {
	t.Parallel()
	d := talk(t)
	done, breaks := d.audit(0)
	if len(breaks) > 0 {
		t.Errorf("breaks: %v", breaks)
	}
	if done.Tickets != 2 || done.Events != 16 || done.Messages != 8 || done.Erased+done.Unproven != 0 || len(done.Root) != 32 {
		t.Errorf("counts: %+v", done)
	}
}

// Whatever is changed in the database itself, with the triggers off, is found.
func TestAnAuditFindsEveryChange(t *testing.T) {
	t.Parallel()
	d := talk(t)
	d.loosen()
	for table, columns := range everyColumn {
		for column, to := range columns {
			for row := range 3 {
				sql := fmt.Sprintf(`UPDATE %s SET %s = %s WHERE id = (SELECT id FROM %[1]s ORDER BY id OFFSET %[4]d LIMIT 1)`, table, column, to, row)
				if d.changes(sql) && len(d.tampered(sql)) == 0 {
					t.Errorf("%s: not found", sql)
				}
			}
		}
	}
	for _, table := range []string{"events", "messages"} {
		n := d.count(`SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`, table)
		if n != len(everyColumn[table]) {
			t.Errorf("%s has %d columns, and %d of them are tried", table, n, len(everyColumn[table]))
		}
	}
}

// changes reports whether a statement makes anything different.
func (d *desk) changes(sql string) bool {
	d.t.Helper()
	conn, err := pgx.Connect(d.t.Context(), d.url)
	if err != nil {
		d.t.Fatal(err)
	}
	defer conn.Close(d.t.Context())
	tx, err := conn.Begin(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	defer tx.Rollback(d.t.Context())
	const sum = `SELECT md5((SELECT string_agg(e::text, '' ORDER BY id) FROM events e) || (SELECT string_agg(m::text, '' ORDER BY id) FROM messages m)
	             || (SELECT string_agg(t::text, '' ORDER BY id) FROM tickets t))`
	var before, after string
	err = errors.Join(
		tx.QueryRow(d.t.Context(), sum).Scan(&before),
		func() error {
			_, err := tx.Exec(d.t.Context(), `SET LOCAL session_replication_role = replica; `+sql)
			return err
		}(),
		tx.QueryRow(d.t.Context(), sum).Scan(&after),
	)
	if err != nil {
		d.t.Fatal(err)
	}
	return before != after
}

func TestAnAuditFindsWhatWasRemovedInsertedOrMoved(t *testing.T) {
	t.Parallel()
	d := talk(t)
	d.loosen()
	const last = `(SELECT max(id) FROM events WHERE ticket_id = 1)`
	const copyOfTwo = `INSERT INTO events OVERRIDING SYSTEM VALUE
		SELECT 99, ticket_id, version, 'other', at, actor_kind, actor_id, change, detail, NULL, hash FROM events WHERE id = 2`
	for name, statements := range map[string][]string{
		"the last event":                         {`DELETE FROM events WHERE id = ` + last},
		"the last event, and the head with it":   {`UPDATE tickets SET chain_head = (SELECT hash FROM events WHERE id = 5) WHERE id = 1`, `DELETE FROM events WHERE id = ` + last},
		"an event in the middle":                 {`DELETE FROM events WHERE id = 2`},
		"the first event":                        {`DELETE FROM events WHERE id = 1`},
		"all events of a ticket":                 {`DELETE FROM events WHERE ticket_id = 1`},
		"a message and its event":                {`DELETE FROM events WHERE id = 3`, `DELETE FROM messages WHERE id = 2`},
		"a message alone":                        {`DELETE FROM messages WHERE id = 2`},
		"a ticket":                               {`DELETE FROM tickets WHERE id = 1`},
		"an event once more":                     {copyOfTwo},
		"an event once more, and counted":        {copyOfTwo, `UPDATE tickets SET chain_length = chain_length + 1 WHERE id = 1`},
		"a message of nobody's event":            {`INSERT INTO messages (id, ticket_id, author_kind, public, body, at, salt, commitment) SELECT 99, ticket_id, author_kind, public, body, at, salt, commitment FROM messages WHERE id = 1`},
		"the order of two events":                {`UPDATE events SET id = 98 WHERE id = 2`, `UPDATE events SET id = 2 WHERE id = 3`, `UPDATE events SET id = 3 WHERE id = 98`},
		"two tickets' events":                    {`UPDATE events SET ticket_id = 3 - ticket_id`},
		"two tickets' events and heads":          {`UPDATE events SET ticket_id = 3 - ticket_id`, `UPDATE tickets t SET chain_head = o.chain_head FROM tickets o WHERE o.id = 3 - t.id`},
		"two tickets' events, heads and letters": {`UPDATE events SET ticket_id = 3 - ticket_id`, `UPDATE messages SET ticket_id = 3 - ticket_id`, `UPDATE tickets t SET chain_head = o.chain_head FROM tickets o WHERE o.id = 3 - t.id`},
		"two messages' texts":                    {`UPDATE messages m SET body = o.body FROM messages o WHERE m.id IN (1, 2) AND o.id = 3 - m.id`},
		"two messages' texts with salt and seal": {`UPDATE messages m SET body = o.body, salt = o.salt, commitment = o.commitment FROM messages o WHERE m.id IN (1, 2) AND o.id = 3 - m.id`},
		"a text out of the record":               {`UPDATE messages SET body = '', salt = NULL, erased_at = now() WHERE id = 1`},
	} {
		if found := d.tampered(statements...); len(found) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
}

// Who rewrites a whole record with its head is found by the root that was noted before.
func TestANotedRootProvesThePast(t *testing.T) {
	t.Parallel()
	d := talk(t)
	noted, _ := d.audit(0)
	again, breaks := d.audit(noted.Boundary)
	if !bytes.Equal(again.Root, noted.Root) || len(breaks) > 0 {
		t.Errorf("the root of the same events: %x, %x, %v", noted.Root, again.Root, breaks)
	}
	d.open()
	if later, _ := d.audit(0); bytes.Equal(later.Root, noted.Root) {
		t.Error("more events have the same root")
	}
	if then, _ := d.audit(noted.Boundary); !bytes.Equal(then.Root, noted.Root) {
		t.Error("more events have changed the root of the earlier ones")
	}
	if err := d.sql(`
		SET session_replication_role = replica; UPDATE tickets SET chain_length = 0, chain_head = NULL WHERE id = 1;
		DELETE FROM events WHERE ticket_id = 1; DELETE FROM messages WHERE ticket_id = 1`); err != nil {
		t.Fatal(err)
	}
	if forged, breaks := d.audit(noted.Boundary); len(breaks) > 0 || bytes.Equal(forged.Root, noted.Root) {
		t.Errorf("a record rewritten as a whole: %v, root %x", breaks, forged.Root)
	}
}

// What was there before the chain is chained as it was found, by SQL that knows the
// encoding too.
func TestTheMigrationChainsWhatIsThere(t *testing.T) {
	t.Parallel()
	d := talk(t)
	migration := postgres.Migration("00008_chain.sql")
	for _, sql := range append([]string{`
		SET session_replication_role = replica;
		DROP TRIGGER messages_append_only ON messages;
		DROP TRIGGER messages_not_truncated ON messages;
		DROP FUNCTION refuse_change_but_erasure;
		ALTER TABLE events DROP COLUMN hash, DROP COLUMN message_id;
		DROP TABLE accesses;
		DROP INDEX tickets_ended;
		ALTER TABLE attachments DROP CONSTRAINT attachments_erased, ALTER COLUMN sha256 SET NOT NULL,
			DROP CONSTRAINT attachments_state, ADD CONSTRAINT attachments_state_check CHECK (true);
		ALTER TABLE tickets DROP COLUMN erased_at CASCADE, ADD CONSTRAINT tickets_subject_check CHECK (true),
			ADD CONSTRAINT tickets_one_contact CHECK (true);
		ALTER TABLE messages DROP COLUMN salt, DROP COLUMN commitment, DROP COLUMN erased_at CASCADE;
		ALTER TABLE messages ADD CONSTRAINT messages_body_check CHECK (length(body) BETWEEN 1 AND 8000);
		ALTER TABLE tickets DROP COLUMN chain_head, DROP COLUMN chain_length`}, migration) {
		if err := d.sql(sql); err != nil {
			t.Fatal(err)
		}
	}
	done, breaks := d.audit(0)
	if len(breaks) > 0 || done.Tickets != 2 || done.Events != 18 || done.Messages != 8 || done.Unproven != 2 || time.Since(done.Since) > time.Minute {
		t.Errorf("%+v, %v", done, breaks)
	}
	o := d.open()
	d.do(o.Ticket.Number, by(tickets.Agent{ID: 1}, tickets.Noted{Body: "x"}))
	if _, breaks := d.audit(0); len(breaks) > 0 {
		t.Errorf("and goes on: %v", breaks)
	}
}
