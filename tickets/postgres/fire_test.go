package postgres_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

var morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

const hour = time.Hour

// run lets the clocks act and returns how many did.
func (d *desk) run(now time.Time) int {
	d.t.Helper()
	n, err := d.RunDeadlines(d.t.Context(), now)
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

// clocked lists what the clocks did to a ticket, in order: "first 0 50%".
func (d *desk) clocked(n tickets.Number) string {
	d.t.Helper()
	var list []string
	for _, e := range d.dossier(n).History {
		if e.Change == "deadline_near" || e.Change == "deadline_passed" {
			s := e.Detail["rule"] + " " + e.Detail["round"]
			if e.Change == "deadline_near" {
				s += " " + e.Detail["percent"] + "%"
			}
			list = append(list, s)
		}
	}
	return strings.Join(list, ", ")
}

// doAt is do at a time.
func (d *desk) doAt(now time.Time, n tickets.Number, a tickets.Agent, c tickets.Change) tickets.Ticket {
	d.t.Helper()
	e := by(a, c)
	e.At = now
	return d.do(n, e)
}

func TestAClockFiresAtItsTimeAndOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	n := d.open(complaint, at(morning)).Ticket.Number
	for _, c := range []struct {
		after time.Duration
		fired int
	}{
		{time.Minute, 0}, {24*hour - time.Microsecond, 0}, {24 * hour, 1}, {24 * hour, 0}, {39 * hour, 1}, {48 * hour, 1}, {49 * hour, 0},
	} {
		if got := d.run(morning.Add(c.after)); got != c.fired {
			t.Errorf("after %v %d clocks fired, want %d", c.after, got, c.fired)
		}
	}
	if got, want := d.clocked(n), "first 0 50%, first 0 80%, first 0"; got != want {
		t.Errorf("fired %s, want %s", got, want)
	}
}

// After three days without a scheduler every clock fires once, in order, and the player
// gets one letter of progress, not three.
func TestASchedulerThatWasAwayFiresEachClockOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	n := d.open(complaint, at(morning), byMail("p@player.example")).Ticket.Number
	if err := d.LetterSent(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	d.doAt(morning.Add(hour), n, anna, tickets.AgentReplied{Body: "Смотрим", Review: reviewed(anna, morning)})
	d.doAt(morning.Add(hour), n, anna, tickets.Extended{Reason: "Банк молчит", Review: reviewed(anna, morning)})
	back := morning.Add(hour + 23*day) // three updates were due at 7, 14 and 21 days
	d.run(back)
	if d.run(back) != 0 {
		t.Error("clocks fired twice")
	}
	if got, want := d.clocked(n), "resolve 0 50%, resolve 0 80%, resolve 0, update 0"; got != want {
		t.Errorf("fired %s, want %s", got, want)
	}
	if got := d.count(`SELECT count(*) FROM letters WHERE kind = 'progress'`); got != 1 {
		t.Errorf("%d letters of progress", got)
	}
	if d.run(back.Add(7*day-time.Second)) > 1 || d.count(`SELECT count(*) FROM letters WHERE kind = 'progress'`) != 1 {
		t.Error("the next word came before its time")
	}
	d.run(back.Add(7 * day))
	if got := d.count(`SELECT count(*) FROM letters WHERE kind = 'progress'`); got != 2 {
		t.Errorf("%d letters of progress a week later", got)
	}
}

func TestManyWorkersFireAClockOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var numbers []tickets.Number
	for range 5 {
		numbers = append(numbers, d.open(complaint, at(morning)).Ticket.Number)
	}
	var fired atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			n, err := d.RunDeadlines(t.Context(), morning.Add(72*hour))
			if err != nil {
				t.Error(err)
			}
			fired.Add(int32(n))
		})
	}
	all.Wait()
	for _, n := range numbers {
		if got, want := d.clocked(n), "first 0 50%, first 0 80%, first 0"; got != want {
			t.Errorf("fired %s, want %s", got, want)
		}
	}
	if fired.Load() != 15 {
		t.Errorf("%d clocks say that they fired, want 15", fired.Load())
	}
}

// An extension moves the clock: the old job finds nothing to do.
func TestAClockThatHasMovedIsHarmless(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	n := d.open(complaint, at(morning)).Ticket.Number
	d.doAt(morning.Add(hour), n, anna, tickets.AgentReplied{Body: "Смотрим", Review: reviewed(anna, morning)})
	d.run(morning.Add(28 * day))
	d.doAt(morning.Add(28*day), n, anna, tickets.Extended{Reason: "Банк молчит", Review: reviewed(anna, morning)})
	april := time.Date(2026, 4, 2, 9, 0, 0, 0, time.UTC)
	fired, err := d.RunDeadline(t.Context(), n, april)
	if diff := cmp.Diff([]postgres.Fired{{Ticket: n, Rule: "final", Round: 1, Percent: 50}}, fired); diff != "" || err != nil {
		t.Errorf("at the old moment, half of the new time (-want +got):\n%s, %v", diff, err)
	}
	d.run(time.Date(2026, 5, 2, 9, 0, 0, 0, time.UTC))
	if got := d.clocked(n); !strings.Contains(got, "final 1") || strings.HasSuffix(got, "final 0") || strings.Contains(got, "final 0,") {
		t.Errorf("fired %s, want the extended clock to have run out, and only that", got)
	}
	if got := d.count(`SELECT count(*) FROM letters`); got != 0 {
		t.Errorf("%d letters to nobody's address", got)
	}
	states := d.count(`SELECT count(*) FROM deadlines WHERE rule = 'final' AND (round = 0 AND state = 'met' OR round = 1 AND state = 'passed')`)
	if states != 2 {
		t.Errorf("%d rows of the final clock are as they should be, want 2", states)
	}
}

// Each clock that waits has a job at its moment, inserted with it.
func TestEveryClockHasAJob(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	n := d.open(complaint).Ticket.Number
	d.do(n, by(anna, tickets.Assessed{Severity: "low", Complexity: "complex", Impact: "one", Nature: tickets.NatureConduct}))
	d.do(n, by(anna, tickets.Extended{Reason: "Банк молчит", Review: reviewed(anna, time.Now())}))
	without := d.count(`
		SELECT count(*) FROM deadlines d JOIN tickets t ON t.id = d.ticket_id
		WHERE d.next_at IS NOT NULL AND NOT EXISTS (
			SELECT FROM river_job j WHERE j.kind = 'deadline' AND j.args->>'ticket' = t.number AND j.args->>'rule' = d.rule
			AND (j.args->>'round')::int = d.round AND (j.args->>'at')::timestamptz = d.next_at AND j.scheduled_at = d.next_at)`)
	if with := d.count(`SELECT count(*) FROM deadlines WHERE next_at IS NOT NULL`); without != 0 || with < 4 {
		t.Errorf("%d of %d clocks have no job", without, with)
	}
}

func TestSomeoneInDistressIsNotForgotten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	n := d.open(at(morning), func(n *tickets.NewTicket) { n.Priority = tickets.PrioritySafety }).Ticket.Number
	var got []string
	for minute := range 21 {
		fired, err := d.RunDeadline(t.Context(), n, morning.Add(time.Duration(minute)*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fired {
			got = append(got, fmt.Sprint(minute, " ", f.Rule, " ", f.Round, " ", f.Percent))
		}
	}
	want := []string{"3 claim 0 50", "5 claim 0 0", "8 claim 1 50", "10 claim 1 0", "13 claim 2 50", "15 claim 2 0", "18 claim 3 50", "20 claim 3 0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	d.doAt(morning.Add(21*time.Minute), n, anna, tickets.Assigned{To: anna.ID})
	if fired := d.run(morning.Add(hour)); fired != 0 {
		t.Errorf("%d clocks of a ticket that was taken up", fired)
	}
}

// A clock whose job was lost fires all the same, and a ticket without its rows gets them.
func TestASweepFindsWhatWasLost(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	lost, bare := d.open(complaint, at(morning)).Ticket.Number, d.open(at(morning), byPhone).Ticket.Number
	if err := d.sql(`DELETE FROM river_job`); err != nil {
		t.Fatal(err)
	}
	if err := d.sql(`DELETE FROM deadlines d USING tickets t WHERE t.id = d.ticket_id AND t.number = $1`, bare); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Orphans(t.Context()); err != nil || n != 1 {
		t.Errorf("%d orphans, %v", n, err)
	}
	found, err := d.Sweep(t.Context(), morning.Add(25*hour))
	if err != nil {
		t.Fatal(err)
	}
	want := []postgres.Fired{{Ticket: lost, Rule: "first", Percent: 50}}
	if diff := cmp.Diff(want, found.Fired); diff != "" || len(found.Orphans) != 0 {
		t.Errorf("fired (-want +got):\n%s\norphans: %v", diff, found.Orphans)
	}
	if got := d.clocked(bare); got != "first 0 50%" {
		t.Errorf("the clock of the ticket without rows: %s", got)
	}
}

func TestTicketsWithoutOwnerAndClockAreTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	held, owned := d.open().Ticket.Number, d.open().Ticket.Number
	d.open(func(n *tickets.NewTicket) { n.Kind = tickets.KindFeedback })
	if err := d.sql(`UPDATE deadlines SET state = 'met', ended_at = now(), next_at = NULL`); err != nil {
		t.Fatal(err)
	}
	if err := d.sql(`UPDATE tickets SET assignee = $1 WHERE number = $2`, anna.ID, owned); err != nil {
		t.Fatal(err)
	}
	found, err := d.Sweep(t.Context(), time.Now())
	if err != nil || len(found.Orphans) != 1 || found.Orphans[0] != held {
		t.Errorf("orphans %v, %v; want %s", found.Orphans, err, held)
	}
}

// byPhone gives a question the clock of a call, which runs for two days.
func byPhone(n *tickets.NewTicket) { n.Channel = tickets.ChannelPhone }
