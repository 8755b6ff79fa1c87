package main

import (
	"context"
	"log/slog"
	"math"
	"time"

	"otvet/kb"
	"otvet/search"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

const (
	popularDays  = 30               // over how many days popularity is counted
	popularEvery = 10 * time.Minute // how often it is read
	popularRetry = 30 * time.Second // and after the database was away
)

// popularity tells the search engine now and then what players come for.
type popularity struct {
	engine *search.Engine
	store  *postgres.Store
	zone   *time.Location
	log    *slog.Logger
}

// run goes on until ctx ends. Without a database nothing is more popular than anything
// else.
func (p popularity) run(ctx context.Context) {
	for wait := time.Duration(0); ; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = popularEvery
		if err := p.refresh(ctx); err != nil {
			p.log.Debug("popularity not read", "cause", err)
			wait = popularRetry
		}
	}
}

func (p popularity) refresh(ctx context.Context) error {
	demand, err := p.store.Demand(ctx, tickets.LastDays(popularDays, time.Now(), p.zone))
	if err == nil && len(demand) > 0 { // nothing read yet: the editors' order is all there is
		p.engine.Prefer(popularityOf(demand))
	}
	return err
}

// popularityOf turns figures into shares of the largest one, on a scale on which twice as
// much is one step. An answer to a question tells more than a look at an article, which
// may be meant for any of its passages.
func popularityOf(demand []tickets.Demand) search.Popularity {
	const ofAnswers, ofViews = 0.7, 0.3
	answers, views := map[kb.Ref]int{}, map[kb.Ref]int{}
	mostAnswers, mostViews := 1, 1
	for _, d := range demand {
		place := kb.Ref{Locale: d.Locale, Article: d.Article, Anchor: d.Anchor}
		answers[place] += d.Answers
		views[place] += d.Views
		mostAnswers, mostViews = max(mostAnswers, answers[place]), max(mostViews, views[place])
	}
	return func(r kb.Ref) float64 {
		r.Revision = ""
		article := kb.Ref{Locale: r.Locale, Article: r.Article}
		return ofAnswers*step(answers[r], mostAnswers) + ofViews*step(views[article], mostViews)
	}
}

// step is how far n is from 0 to most in doublings.
func step(n, most int) float64 { return math.Log1p(float64(n)) / math.Log1p(float64(most)) }
