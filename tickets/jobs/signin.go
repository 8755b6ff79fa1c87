package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// signInWorker sends letters with a link to sign in by. Who asked for one does not wait for
// it: whether the address is known is found out here.
type signInWorker struct {
	river.WorkerDefaults[postgres.SignInArgs]
	store  *postgres.Store
	config Config
	host   string // of the Message-IDs
}

// NextRetry implements river.Worker. The letter is given up with its link: see
// postgres.SignInLinkLife.
func (w *signInWorker) NextRetry(job *river.Job[postgres.SignInArgs]) time.Time {
	return time.Now().Add(min(backoff(job.Attempt), 5*time.Minute))
}

// Work implements river.Worker.
func (w *signInWorker) Work(ctx context.Context, job *river.Job[postgres.SignInArgs]) error {
	l, err := w.store.SignInLetter(ctx, job.Args.LetterID)
	switch {
	case errors.Is(err, tickets.ErrNotFound): // nobody of ours: nothing is sent, and nothing noted
		return nil
	case err != nil:
		return err
	case l.State != tickets.LetterQueued:
		return nil
	}
	err = w.send(ctx, l)
	var refused *RefusedError
	var unfilled *kb.UnfilledError
	if errors.Is(err, ErrNotMailed) || errors.As(err, &refused) || errors.As(err, &unfilled) {
		w.config.Log.WarnContext(ctx, "letter given up", "letter", l.Kind, "reason", err)
		return w.store.SignInLetterFailed(ctx, l.ID)
	}
	if err != nil {
		return err
	}
	return w.store.SignInLetterSent(ctx, l.ID)
}

// send fills in the letter, which holds nothing but the link: anybody can have it sent.
func (w *signInWorker) send(ctx context.Context, l tickets.Letter) error {
	mail, err := w.config.compose(l)
	if err != nil {
		return err
	}
	mail.MessageID = l.Mark + "@" + w.host
	return w.config.Notifier.Send(ctx, mail)
}
