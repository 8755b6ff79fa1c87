package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/jobs"
)

// duty is people on duty whom a pager calls.
type duty chan jobs.Alarm

// Page implements jobs.Pager.
func (d duty) Page(_ context.Context, a jobs.Alarm) error {
	d <- a
	return errors.New("the pager is broken")
}

// arrived opens a ticket that arrived some time ago.
func (o *office) arrived(ago time.Duration, p tickets.Priority) tickets.Number {
	o.t.Helper()
	opening, err := o.OpenTicket(o.t.Context(), tickets.NewTicket{
		Key: "0123456789abcdef" + ago.String(), Locale: kb.EN, Category: "withdrawals", Subject: "canary-subject", Body: "canary-body",
		Requester: tickets.Requester{Login: "canary-login"}, Priority: p, At: time.Now().Add(-ago),
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return opening.Ticket.Number
}

const clockEvents = `SELECT count(*)::text FROM events WHERE change IN ('deadline_near', 'deadline_passed')`

// Two replicas work the queue: each clock fires once.
func TestClocksRunOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.arrived(49*time.Hour, "") // half, four fifths and all of the first answer's time
	o.work(jobs.NewLog(slog.New(slog.DiscardHandler)))
	o.work(jobs.NewLog(slog.New(slog.DiscardHandler)))
	eventually(t, func() bool { return o.text(clockEvents) == "3" })
	eventually(t, func() bool {
		return o.text(`SELECT count(*)::text FROM river_job WHERE kind = 'deadline' AND scheduled_at < now() AND state <> 'completed'`) == "0"
	})
	if got := o.text(clockEvents); got != "3" {
		t.Errorf("%s events of clocks", got)
	}
}

// The queue has lost every job: the sweep at the start finds the clock.
func TestAClockWithoutAJobRunsOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.arrived(13*time.Hour, "") // half of the first answer's time
	o.text(`WITH gone AS (DELETE FROM river_job RETURNING id) SELECT count(*)::text FROM gone`)
	o.work(jobs.NewLog(slog.New(slog.DiscardHandler)))
	eventually(t, func() bool { return o.text(clockEvents) == "1" })
}

func TestPeopleOnDutyAreCalled(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := o.arrived(6*time.Minute, tickets.PrioritySafety)
	called := make(duty, 10)
	config := o.config(jobs.NewLog(slog.New(slog.DiscardHandler)))
	config.Pager = called
	c, err := jobs.Start(t.Context(), o.Store, config)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Stop(context.Background())
	if a := <-called; a != (jobs.Alarm{Ticket: n}) {
		t.Errorf("alarm %+v", a)
	}
	eventually(t, func() bool { return strings.Contains(o.log.String(), "could not be called") })
	log := o.log.String()
	if !strings.Contains(log, "level=WARN msg=\"ALARM") || !strings.Contains(log, string(n)) || strings.Contains(log, "canary") {
		t.Errorf("the log says\n%s", log)
	}
}
