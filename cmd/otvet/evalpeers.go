package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"

	"otvet/kb"
	"otvet/search/eval"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/local"
)

// peerFlags say whether others are asked the same.
type peerFlags struct {
	Peers         bool   `help:"Ask plain bleve and PostgreSQL's full text search the same questions, and print figures side by side. Times go to standard error."`
	PeersDatabase string `placeholder:"URL" help:"PostgreSQL server for --peers, where only temporary tables are made. Without it, a private one that is gone afterwards."`
}

// field is the peers of one evaluation, opened as they are needed.
type field struct {
	peerFlags
	stderr  io.Writer
	watches []*eval.Stopwatch
	closers []func() error // in the order of opening
}

func (f peerFlags) field(w world) *field { return &field{peerFlags: f, stderr: w.stderr} }

// peers returns what makes the peers, nil when nobody wants them.
func (f *field) peers() eval.Peers {
	if !f.Peers {
		return nil
	}
	return f.open
}

// open indexes texts with every peer that can be had.
func (f *field) open(ctx context.Context, loc kb.Locale, texts iter.Seq2[string, string]) ([]eval.Peer, error) {
	match, err := eval.PlainPeer(loc, texts)
	if err != nil {
		return nil, err
	}
	f.closers = append(f.closers, match.Close)
	peers := []eval.Peer{f.watch(match)}
	url, err := f.server(ctx)
	if errors.Is(err, local.ErrNoServer) {
		fmt.Fprintf(f.stderr, "Without PostgreSQL: %v\n", err)
		return peers, nil
	}
	if err != nil {
		return nil, err
	}
	words, err := postgres.NewTextIndex(ctx, url, loc, texts)
	if err != nil {
		return nil, err
	}
	f.closers = append(f.closers, words.Close)
	return append(peers, f.watch(words)), nil
}

func (f *field) watch(p eval.Peer) eval.Peer {
	s := &eval.Stopwatch{Peer: p}
	f.watches = append(f.watches, s)
	return s
}

// server returns the address of the PostgreSQL server, which it starts unless there is one.
func (f *field) server(ctx context.Context) (string, error) {
	if f.PeersDatabase != "" {
		return f.PeersDatabase, nil
	}
	dir, err := os.MkdirTemp("", "otvet-peers-")
	if err != nil {
		return "", err
	}
	f.closers = append(f.closers, func() error { return os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { // the server's user must enter it
		return "", err
	}
	cluster, err := local.Start(ctx, dir, slog.New(slog.DiscardHandler), local.Volatile())
	if err != nil {
		return "", err
	}
	f.closers = append(f.closers, func() error { return cluster.Stop(context.WithoutCancel(ctx)) })
	f.PeersDatabase = cluster.URL
	return cluster.URL, nil
}

// print says how long the peers took beside the answers to the same questions.
func (f *field) print(answers eval.Timing) {
	for _, w := range f.watches {
		fmt.Fprintln(f.stderr, w.Beside(answers))
	}
	f.watches = nil
}

// close ends what was opened, the last first.
func (f *field) close() error {
	var errs []error
	for i := len(f.closers) - 1; i >= 0; i-- {
		errs = append(errs, f.closers[i]())
	}
	return errors.Join(errs...)
}
