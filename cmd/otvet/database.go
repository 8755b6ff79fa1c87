package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"otvet/tickets/jobs"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/local"
)

// database brings the server's database up behind the pages that need none: the private
// cluster, the schema, the first agent, the queue's workers.
type database struct {
	flags   databaseFlags
	store   *postgres.Store
	letters jobs.Config
	log     *slog.Logger
	tell    func(format string, args ...any) // what the person at the terminal should read
	cluster *local.Cluster
	queue   *jobs.Client
	ended   chan struct{} // closed when run has returned
}

// private reports whether the data are on a cluster of our own.
func (f databaseFlags) private() bool { return f.DatabaseURL == "" }

// folder is where the private cluster is.
func (f databaseFlags) folder() string { return filepath.Join(f.Data, "pg") }

// indexFolder is where the search index is kept unless something else was asked for.
func (f databaseFlags) indexFolder() string { return filepath.Join(f.Data, "index") }

// open prepares the store without connecting.
func (f databaseFlags) open(ctx context.Context) (*postgres.Store, error) {
	url := f.DatabaseURL
	if f.private() {
		var err error
		if url, err = local.URLFor(f.folder()); err != nil {
			return nil, err
		}
	}
	store, err := postgres.Open(ctx, url)
	if err != nil && !f.private() {
		return nil, &exitError{statusUsage, err}
	}
	return store, err
}

// run brings the database up and keeps trying until it is there. It returns when that is
// done, when ctx ends, or with an error that no waiting will mend.
func (d *database) run(ctx context.Context) error {
	defer close(d.ended)
	for pause := time.Second; ; pause = min(2*pause, 30*time.Second) {
		err := d.up(ctx)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return nil
		case final(err):
			return err
		}
		d.log.Warn("the database is away, trying again: help pages and search work, tickets are not taken", "in", pause, "cause", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// final reports whether an error needs a person: what is missing or wrong stays so.
func final(err error) bool {
	var schema *postgres.SchemaError
	var durability *postgres.DurabilityError
	var busy *local.BusyError
	return errors.As(err, &schema) || errors.As(err, &durability) || errors.As(err, &busy) ||
		errors.Is(err, local.ErrNoServer) || refusedUs(err)
}

// refusedUs reports whether the server does not know the user, the password or the
// database of DATABASE_URL.
func refusedUs(err error) bool {
	var e interface{ SQLState() string } // of pgx, which only tickets/postgres imports
	return errors.As(err, &e) && (strings.HasPrefix(e.SQLState(), "28") || e.SQLState() == "3D000")
}

// up does what is not done yet.
func (d *database) up(ctx context.Context) (err error) {
	if d.flags.private() && d.cluster == nil {
		if d.cluster, err = local.Start(ctx, d.flags.folder(), d.log); err != nil {
			return err
		}
	}
	if d.flags.private() {
		if err := d.store.Migrate(ctx); err != nil {
			return err
		}
	}
	if err := d.store.Ready(ctx); err != nil {
		return err
	}
	if d.flags.private() {
		if err := d.firstAgent(ctx); err != nil {
			return err
		}
	}
	d.queue, err = jobs.Start(context.WithoutCancel(ctx), d.store, d.letters) // ends by Stop, which lets jobs finish
	return err
}

// firstAgentEmail is the sign-in name of the agent that a new private cluster begins with.
const firstAgentEmail = "agent@demo.example"

// firstAgent creates an agent when there is none and tells the password, which is
// written nowhere else.
func (d *database) firstAgent(ctx context.Context) error {
	agents, err := d.store.Agents(ctx)
	if err != nil || len(agents) > 0 {
		return err
	}
	password, err := addAgent(ctx, d.store, firstAgentEmail, "Demo Agent", "en")
	if err != nil {
		return err
	}
	d.tell("The first agent can sign in at %s/desk with this password, which the desk asks to replace at once:\n  e-mail    %s\n  password  %s\n", d.letters.BaseURL, firstAgentEmail, password)
	return nil
}

// stop waits for run, ends the workers within ctx, then the cluster, which must not be
// left behind.
func (d *database) stop(ctx context.Context) error {
	<-d.ended
	var errs []error
	if d.queue != nil {
		errs = append(errs, d.queue.Stop(ctx))
	}
	d.store.Close()
	if d.cluster != nil {
		errs = append(errs, d.cluster.Stop(context.WithoutCancel(ctx)))
	}
	return errors.Join(errs...)
}
