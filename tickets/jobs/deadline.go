package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// sweepEvery is how often lost clocks are looked for.
const sweepEvery = 5 * time.Minute

// deadlineWorker looks at a clock when it is due. What is due it reads from the ticket, not
// from the job: a job that comes twice, late, or for a clock that has moved does no harm.
type deadlineWorker struct {
	river.WorkerDefaults[postgres.DeadlineArgs]
	store  *postgres.Store
	config Config
}

// Work implements river.Worker.
func (w *deadlineWorker) Work(ctx context.Context, job *river.Job[postgres.DeadlineArgs]) error {
	now := time.Now()
	if early := job.Args.At.Sub(now); early > 0 { // the database's clock is not ours
		return river.JobSnooze(early)
	}
	fired, err := w.store.RunDeadline(ctx, job.Args.Ticket, now)
	if errors.Is(err, tickets.ErrNotFound) {
		return river.JobCancel(err)
	}
	w.config.call(ctx, fired)
	return err
}

// sweepArgs is the job of looking for clocks that have lost theirs.
type sweepArgs struct{}

// Kind implements river.JobArgs.
func (sweepArgs) Kind() string { return "sweep" }

type sweepWorker struct {
	river.WorkerDefaults[sweepArgs]
	store  *postgres.Store
	config Config
}

// Work implements river.Worker.
func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[sweepArgs]) error {
	found, err := w.store.Sweep(ctx, time.Now())
	w.config.call(ctx, found.Fired)
	for _, n := range found.Orphans {
		w.config.Log.WarnContext(ctx, "ticket has neither an owner nor a clock: assign it", "ticket", n)
	}
	return err
}

// sweepOften is inserted by the one replica that leads.
func sweepOften() *river.PeriodicJob {
	job := func() (river.JobArgs, *river.InsertOpts) { return sweepArgs{}, nil }
	return river.NewPeriodicJob(river.PeriodicInterval(sweepEvery), job, &river.PeriodicJobOpts{RunOnStart: true})
}
