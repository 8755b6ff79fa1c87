package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"otvet/tickets/postgres"
)

// retentionArgs is the job of erasing what has been kept long enough.
type retentionArgs struct{}

// Kind implements river.JobArgs.
func (retentionArgs) Kind() string { return "retention" }

// InsertOpts implements river.JobArgsWithInsertOpts: once a day, whoever leads.
func (retentionArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: retentionEvery}}
}

const (
	retentionEvery = 24 * time.Hour
	retentionTime  = 30 * time.Minute
)

type retentionWorker struct {
	river.WorkerDefaults[retentionArgs]
	store *postgres.Store
	log   *slog.Logger
}

// Timeout implements river.Worker.
func (w *retentionWorker) Timeout(*river.Job[retentionArgs]) time.Duration { return retentionTime }

// Work implements river.Worker. What was erased before a failure stays erased, and the
// next attempt goes on from there.
func (w *retentionWorker) Work(ctx context.Context, _ *river.Job[retentionArgs]) error {
	gone, err := w.store.Retention(ctx, time.Now(), false)
	for _, x := range gone {
		w.log.Info("erased what has been kept long enough", "kind", x.Kind, "tickets", x.Count)
	}
	return err
}

// retentionDaily is inserted by the one replica that leads.
func retentionDaily() *river.PeriodicJob {
	job := func() (river.JobArgs, *river.InsertOpts) { return retentionArgs{}, nil }
	return river.NewPeriodicJob(river.PeriodicInterval(retentionEvery), job, &river.PeriodicJobOpts{RunOnStart: true})
}
