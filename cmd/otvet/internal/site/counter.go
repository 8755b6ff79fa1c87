package site

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

const (
	flushEvery = 5 * time.Second
	// maxCounts is how many counts wait for the database at most. A thousand articles that
	// all are read take ten days to fill it.
	maxCounts = 10_000
)

// recorder keeps views; *postgres.Store does. It is an interface so that a test can hold
// the counter against a database that hangs or fails at a given moment.
type recorder interface {
	AddViews(context.Context, []tickets.Views) error
}

// Counter counts page views of articles in memory and hands the sums to the database
// every few seconds. Counting never waits and never fails: while the database is away
// the sums wait, up to a bound, and what is beyond it is dropped.
type Counter struct {
	recorder recorder
	zone     *time.Location
	log      *slog.Logger

	flushing sync.Mutex // held by Flush
	away     bool       // the log knows that the sums wait; guarded by flushing

	counting sync.Mutex
	counts   map[counted]int
	full     bool // the log knows that views are dropped
}

// counted is what views are summed up by.
type counted struct {
	day     time.Time // as tickets.Day returns it
	locale  kb.Locale
	article string
}

// NewCounter returns a counter of days in a time zone. Nothing is handed over before Run
// or Flush.
func NewCounter(r recorder, zone *time.Location, log *slog.Logger) *Counter {
	return &Counter{recorder: r, zone: zone, log: log, counts: map[counted]int{}}
}

// Count notes one view of an article.
func (c *Counter) Count(a *kb.Article, at time.Time) {
	c.counting.Lock()
	defer c.counting.Unlock()
	c.add(counted{tickets.Day(at, c.zone), a.Locale, a.ID}, 1)
}

// add adds to a sum if there is room for it. The caller holds counting.
func (c *Counter) add(what counted, n int) {
	if _, known := c.counts[what]; known || len(c.counts) < maxCounts {
		c.counts[what] += n
		return
	}
	if !c.full {
		c.full = true
		c.log.Warn("too many views wait for the database; those of further articles and days are dropped")
	}
}

// Run hands views over until ctx ends. What is counted after that needs a Flush.
func (c *Counter) Run(ctx context.Context) {
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			c.Flush(ctx)
		}
	}
}

// Flush hands over what has been counted, within ctx. What the database does not take
// stays for the next time; when only the word of its commit was lost, the views of these
// few seconds count twice.
func (c *Counter) Flush(ctx context.Context) {
	c.flushing.Lock()
	defer c.flushing.Unlock()
	counts := c.take()
	if len(counts) == 0 {
		return
	}
	views := make([]tickets.Views, 0, len(counts))
	for what, n := range counts {
		views = append(views, tickets.Views{Day: what.day, Locale: what.locale, Article: what.article, Count: n})
	}
	err := c.recorder.AddViews(ctx, views)
	c.settle(counts, err)
	if err != nil && !c.away {
		c.log.Warn("views are not recorded and wait in memory", "cause", err)
	}
	c.away = err != nil
}

// take returns what has been counted and begins anew.
func (c *Counter) take() map[counted]int {
	c.counting.Lock()
	defer c.counting.Unlock()
	counts := c.counts
	c.counts = map[counted]int{}
	return counts
}

// settle adds what the database did not take to what has been counted since.
func (c *Counter) settle(counts map[counted]int, err error) {
	c.counting.Lock()
	defer c.counting.Unlock()
	if err == nil {
		c.full = false
		return
	}
	for what, n := range counts {
		c.add(what, n)
	}
}
