package jobs

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// waitForEarlier is how long a letter waits for an earlier one about the same ticket.
const waitForEarlier = 5 * time.Second

// letterWorker sends letters.
type letterWorker struct {
	river.WorkerDefaults[postgres.LetterArgs]
	store  *postgres.Store
	config Config
	host   string // of the Message-IDs
}

// NextRetry implements river.Worker: after 5 seconds, then twice as long each time, at
// most an hour; together about 17 hours.
func (w *letterWorker) NextRetry(job *river.Job[postgres.LetterArgs]) time.Time {
	return time.Now().Add(backoff(job.Attempt))
}

func backoff(attempt int) time.Duration {
	wait := time.Hour
	if attempt < 11 {
		wait = min(wait, 5*time.Second<<max(0, attempt-1))
	}
	return wait + rand.N(wait/10) // letters that failed together must not come back together
}

// Work implements river.Worker.
func (w *letterWorker) Work(ctx context.Context, job *river.Job[postgres.LetterArgs]) error {
	l, err := w.store.LetterToSend(ctx, job.Args.LetterID)
	switch {
	case errors.Is(err, tickets.ErrNotFound):
		return river.JobCancel(err)
	case err != nil:
		return err
	case l.State != tickets.LetterQueued:
		return nil
	case l.MustWait:
		return river.JobSnooze(waitForEarlier)
	}
	err = w.send(ctx, l)
	switch {
	case errors.Is(err, ErrNotMailed):
		return w.store.LetterSuppressed(ctx, l.ID, postgres.NoMailServer)
	case err != nil:
		return w.giveUp(ctx, l, job.JobRow, err)
	}
	return w.note(ctx, l)
}

func (w *letterWorker) send(ctx context.Context, l tickets.Letter) error {
	mail, err := w.config.compose(l)
	if err != nil {
		return err
	}
	mail.MessageID = l.Mark + "@" + w.host
	if l.Thread != "" {
		mail.InReplyTo = l.Thread + "@" + w.host
	}
	return w.config.Notifier.Send(ctx, mail)
}

// giveUp ends a letter that was refused for good, has used up its attempts, or would go out
// with gaps.
func (w *letterWorker) giveUp(ctx context.Context, l tickets.Letter, job *rivertype.JobRow, cause error) error {
	var refused *RefusedError
	var unfilled *kb.UnfilledError
	reason := "given up"
	switch {
	case errors.As(cause, &unfilled):
		reason = tickets.Unfilled
	case errors.As(cause, &refused):
		reason = refused.Error()
	case job.Attempt < job.MaxAttempts:
		w.config.Log.WarnContext(ctx, "letter not sent; it will be tried again",
			"ticket", l.Number, "letter", l.Kind, "attempt", job.Attempt, "error", cause)
		return cause
	}
	w.config.Log.WarnContext(ctx, "letter given up", "ticket", l.Number, "letter", l.Kind, "reason", reason, "error", cause)
	if err := w.store.LetterFailed(ctx, l.ID, reason); err != nil {
		return err
	}
	return river.JobCancel(cause)
}

// note remembers that the letter went out. It tries hard, even when the job's time is up,
// since a letter without the note is sent again.
func (w *letterWorker) note(ctx context.Context, l tickets.Letter) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	for {
		err := w.store.LetterSent(ctx, l.ID)
		if err == nil || ctx.Err() != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(500 * time.Millisecond):
		}
	}
}
