package site

import (
	"context"
	"fmt"
	"sync"
	"time"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// publications keeps published reports for a while: each reads every ticket of a quarter,
// and anyone may ask for one. The figures of a time that is over hardly change.
type publications struct {
	store *postgres.Store
	zone  *time.Location
	mu    sync.Mutex // one report at a time
	kept  map[tickets.Span]publication
}

type publication struct {
	tickets.Published
	enough bool
	at     time.Time
}

// publicationAge is how long a report is kept. An older one still serves while the
// database is away.
const publicationAge = time.Hour

func newPublications(store *postgres.Store, zone *time.Location) *publications {
	return &publications{store: store, zone: zone, kept: map[tickets.Span]publication{}}
}

// read returns what is published of a quarter or a month.
func (p *publications) read(ctx context.Context, period period) (publication, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	span, now := period.span(p.zone), time.Now()
	old, had := p.kept[span]
	if had && now.Sub(old.at) < publicationAge {
		return old, nil
	}
	fresh, err := p.compute(ctx, period, now)
	switch {
	case err == nil:
		p.kept[span] = fresh
		return fresh, nil
	case had:
		return old, nil
	}
	return publication{}, err
}

func (p *publications) compute(ctx context.Context, period period, now time.Time) (publication, error) {
	r, err := p.store.Report(ctx, period.span(p.zone), now)
	if err != nil {
		return publication{}, fmt.Errorf("publish the report of %s: %w", period, err)
	}
	var parts []tickets.Report
	for _, m := range period.months() {
		part, err := p.store.Report(ctx, m.span(p.zone), now)
		if err != nil {
			return publication{}, fmt.Errorf("publish the report of %s: %w", period, err)
		}
		parts = append(parts, part)
	}
	published, enough := r.Publish(parts...)
	return publication{published, enough, now}, nil
}
