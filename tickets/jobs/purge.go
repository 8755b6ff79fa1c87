package jobs

import (
	"context"

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
}

// Work implements river.Worker.
func (w *purgeWorker) Work(ctx context.Context, _ *river.Job[purgeArgs]) error {
	return w.store.Purge(ctx)
}

// purgeHourly is inserted by the one replica that leads.
func purgeHourly() *river.PeriodicJob {
	job := func() (river.JobArgs, *river.InsertOpts) { return purgeArgs{}, nil }
	return river.NewPeriodicJob(river.PeriodicInterval(purgeEvery), job, &river.PeriodicJobOpts{RunOnStart: true})
}
