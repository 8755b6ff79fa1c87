package jobs

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"otvet/tickets/postgres"
)

// purgeArgs is the job of removing what has run out.
type purgeArgs struct{}

// Kind implements river.JobArgs.
func (purgeArgs) Kind() string { return "purge" }

type purgeWorker struct {
	river.WorkerDefaults[purgeArgs]
	store *postgres.Store
	sweep func(context.Context) error
}

// Work implements river.Worker.
func (w *purgeWorker) Work(ctx context.Context, _ *river.Job[purgeArgs]) error {
	err := w.store.Purge(ctx)
	if w.sweep != nil {
		err = errors.Join(err, w.sweep(ctx))
	}
	return err
}

// purgeHourly is inserted by the one replica that leads.
func purgeHourly() *river.PeriodicJob {
	job := func() (river.JobArgs, *river.InsertOpts) { return purgeArgs{}, nil }
	return river.NewPeriodicJob(river.PeriodicInterval(purgeEvery), job, &river.PeriodicJobOpts{RunOnStart: true})
}
