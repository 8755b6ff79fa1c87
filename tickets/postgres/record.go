package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"otvet/tickets"
)

// recordWait is how long a reader may wait for the record of an answer.
const recordWait = 250 * time.Millisecond

// maxRecords is how many records may be under way: a database that hangs must not
// collect the questions of an afternoon in memory.
const maxRecords = 64

// ErrSlow says that a record goes on in the background.
var ErrSlow = errors.New("the record takes long and goes on in the background")

// RecordAskSoon is RecordAsk for somebody who waits for an answer: it returns after a
// quarter of a second at the latest, then with ErrSlow, while the record goes on for a few
// seconds more. When too many go on, tickets.ErrUnavailable. Close waits for them.
func (s *Store) RecordAskSoon(ctx context.Context, a tickets.Ask) error {
	done := make(chan error, 1)
	if !s.soon(ctx, func(ctx context.Context) { done <- s.RecordAsk(ctx, a) }) {
		return fmt.Errorf("record ask: too many wait: %w", tickets.ErrUnavailable)
	}
	select {
	case err := <-done:
		return err
	case <-time.After(recordWait):
		return ErrSlow
	}
}

// soon lets f go on in the background for a few seconds; false when too many do.
func (s *Store) soon(ctx context.Context, f func(context.Context)) bool {
	select {
	case s.records <- struct{}{}:
	default:
		return false
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	s.recording.Go(func() {
		defer cancel()
		defer func() { <-s.records }()
		f(ctx)
	})
	return true
}
