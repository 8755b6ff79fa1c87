package postgres_test

import (
	"errors"
	"testing"
	"time"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// closed opens a ticket full of canaries and ends it.
func (d *desk) closed(change ...func(*tickets.NewTicket)) tickets.Number {
	d.t.Helper()
	o := d.open(append([]func(*tickets.NewTicket){func(n *tickets.NewTicket) {
		n.Subject, n.Body, n.Requester = "canary", "canary", tickets.Requester{Email: "canary@player.example"}
		n.Record, n.Visit = tickets.Record{Device: "canary", Bets: []string{"canary"}}, "visit"
		n.Files = []tickets.Attachment{{Hash: sha("canary"), Name: "canary.txt", MIME: "text/plain", Size: 1}}
	}}, change...)...)
	if _, err := d.PlayerApply(d.t.Context(), o.Token, tickets.Event{Change: tickets.PlayerClosed{}}); err != nil {
		d.t.Fatal(err)
	}
	return o.Ticket.Number
}

// Nothing of a person is left in any column of any table after an erasure, and the record
// still verifies (security case S109).
func TestAnErasureIsComplete(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	if err := d.RecordAsk(t.Context(), tickets.Ask{
		Key: "0123456789abcdef0123456789abcdef", Visit: "visit", Channel: "search", Question: "canary", Locale: "ru", Verdict: "no_answer",
	}); err != nil {
		t.Fatal(err)
	}
	o := d.open(func(n *tickets.NewTicket) {
		n.Subject, n.Body, n.Requester = "canary", "canary", tickets.Requester{Email: "canary@player.example"}
		n.Record, n.Visit = tickets.Record{Device: "canary", Bets: []string{"canary"}}, "visit"
		n.Files = []tickets.Attachment{{Hash: sha("canary"), Name: "canary.txt", MIME: "text/plain", Size: 1}}
	})
	d.do(o.Ticket.Number, by(anna, tickets.Noted{Body: "canary"}))
	d.do(o.Ticket.Number, reply(anna, "canary", tickets.StatusSolved))
	if _, err := d.PlayerApply(t.Context(), o.Token, tickets.Event{Change: tickets.PlayerClosed{}}); err != nil {
		t.Fatal(err)
	}
	if n := d.canaries(); n < 8 {
		t.Fatalf("only %d rows hold the canary before", n)
	}
	for range 2 { // again changes nothing
		if err := d.Erase(t.Context(), o.Ticket.Number, postgres.Erasure{Asked: true, Ground: "request"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := d.canaries(); n > 0 {
		t.Errorf("%d rows hold the canary", n)
	}
	done, breaks := d.audit(0)
	if len(breaks) > 0 || done.Erased != 3 {
		t.Errorf("%+v, %v", done, breaks)
	}
	got := d.dossier(o.Ticket.Number)
	if last := got.History[len(got.History)-1]; last.Change != tickets.EntryErased || last.Detail["ground"] != "request" {
		t.Errorf("the history does not tell: %+v", last)
	}
	if _, err := d.PlayerDossier(t.Context(), o.Token); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("the private link still opens: %v", err)
	}
	if hashes, err := d.FileHashes(t.Context()); err != nil || len(hashes) > 0 {
		t.Errorf("files that a sweep would leave: %v, %v", hashes, err)
	}
}

// canaries counts the rows of all our tables in which the canary stands.
func (d *desk) canaries() (n int) {
	d.t.Helper()
	for _, table := range d.tables() {
		n += d.count(`SELECT count(*) FROM ` + table + ` x WHERE x::text ILIKE ANY ('{%canary%,%canari%}') OR x::text LIKE '%` + sha("canary")[:20] + `%'`)
	}
	return n
}

// A ticket that cannot be erased holds up no other.
func TestRetentionGoesOnAfterAFailure(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	bad, good := d.closed(), d.closed()
	if err := d.sql(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`); err != nil {
		t.Fatal(err)
	}
	if err := d.sql(`CREATE TRIGGER refuse BEFORE UPDATE ON tickets FOR EACH ROW WHEN (OLD.number = '` + string(bad) + `') EXECUTE FUNCTION refuse()`); err != nil {
		t.Fatal(err)
	}
	gone, err := d.Retention(t.Context(), time.Now().AddDate(3, 0, 0), false)
	if err == nil || len(gone) != 1 || gone[0].Count != 1 {
		t.Errorf("%+v, %v", gone, err)
	}
	if d.dossier(good).Ticket.Subject != "" || d.dossier(bad).Ticket.Subject == "" {
		t.Error("the wrong one was erased")
	}
}

func TestRetentionErasesWhatHasBeenKeptLongEnough(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	over, held := d.closed(), d.closed()
	open := d.open()
	d.do(held, by(anna, tickets.Held{Reason: "court"}))
	later := time.Now().AddDate(3, 0, 0)
	for _, c := range []struct {
		at   time.Time
		dry  bool
		want int
	}{{time.Now(), false, 0}, {later, true, 1}, {later, true, 1}, {later, false, 1}, {later, false, 0}} {
		gone, err := d.Retention(t.Context(), c.at, c.dry)
		if err != nil || len(gone) != min(c.want, 1) || c.want > 0 && (gone[0].Count != c.want || gone[0].Kind != tickets.KindQuestion) {
			t.Errorf("at %v, dry %v: %+v, %v", c.at, c.dry, gone, err)
		}
	}
	for n, want := range map[tickets.Number]bool{over: true, held: false, open.Ticket.Number: false} {
		if got := d.dossier(n).Ticket; (got.Subject == "") != want {
			t.Errorf("ticket %s: erased %v, want %v", n, got.Subject == "", want)
		}
	}
	d.do(held, by(anna, tickets.Held{}))
	if gone, err := d.Retention(t.Context(), later, false); err != nil || len(gone) != 1 {
		t.Errorf("after the hold: %+v, %v", gone, err)
	}
	if _, breaks := d.audit(0); len(breaks) > 0 {
		t.Errorf("breaks: %v", breaks)
	}
}

// What goes on in an open ticket is needed there, whatever its own time.
func TestAMergedTicketIsKeptAsLongAsTheOther(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	into, from := d.open().Ticket.Number, d.open().Ticket.Number
	d.do(from, by(anna, tickets.Merged{Into: into}))
	err := d.Erase(t.Context(), from, postgres.Erasure{Asked: true, Ground: "request"})
	var kept *tickets.KeptError
	if !errors.As(err, &kept) || kept.Why != tickets.KeptOpen {
		t.Errorf("%v", err)
	}
}

func TestWhoSawATicketIsNoted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	n := d.open().Ticket.Number
	for _, what := range []string{postgres.SawTicket, postgres.SawTicket, postgres.SawPack} {
		if err := d.Saw(t.Context(), n, anna.ID, what); err != nil {
			t.Fatal(err)
		}
	}
	seen, err := d.Accesses(t.Context(), n)
	if err != nil || len(seen) != 2 || seen[0].Agent != "Anna" || seen[0].What != postgres.SawPack {
		t.Errorf("%+v, %v", seen, err)
	}
	log, err := d.AccessLog(t.Context(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	if err != nil || len(log) != 3 || log[0].Number != n {
		t.Errorf("%+v, %v", log, err)
	}
	if err := d.sql(`DELETE FROM accesses`); err == nil {
		t.Error("the log can be shortened")
	}
}
