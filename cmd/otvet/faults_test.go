package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"otvet/tickets"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

var unlimited = []string{"--rate-limit=1000000", "--ticket-rate-limit=1000000"}

// TestKillsUnderLoadLoseNothing kills the server again and again while players send
// tickets: what was confirmed is there, what was not is there once after the same
// request is repeated, and nothing is there twice.
func TestKillsUnderLoadLoseNothing(t *testing.T) {
	t.Parallel()
	database := postgrestest.URL(t)
	var sent ledger
	for cycle := range 5 {
		p := serveOn(t, database, unlimited...)
		base := p.mustFind(t, helpSection)
		var players sync.WaitGroup
		for player := range 4 {
			players.Go(func() { sendUntilItDies(base, fmt.Sprintf("kill-%02d-player-%d", cycle, player), &sent) })
		}
		time.Sleep(time.Duration(100+rand.IntN(300)) * time.Millisecond) // the moment of the kill is the experiment
		_ = p.end(syscall.SIGKILL)
		players.Wait()
	}
	p := serveOn(t, database, unlimited...)
	base, confirmed := p.mustFind(t, helpSection), 0
	sent.each(func(key, number string) {
		again, err := openTicket(base, key)
		if err != nil || number != "" && again != number {
			t.Errorf("key %s was confirmed as %q and is now %q (%v)", key, number, again, err)
		}
		if number != "" {
			confirmed++
		}
	})
	if kept := countTickets(t, database); kept != sent.len() || confirmed == 0 {
		t.Errorf("%d keys sent, %d confirmed, %d tickets kept", sent.len(), confirmed, kept)
	}
	t.Logf("%d keys sent, %d confirmed before a kill", sent.len(), confirmed)
}

// ledger is which number each key got; empty: no answer came.
type ledger struct {
	mu      sync.Mutex
	numbers map[string]string
}

func (l *ledger) note(key, number string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.numbers == nil {
		l.numbers = map[string]string{}
	}
	l.numbers[key] = number
}

func (l *ledger) len() int { return len(l.numbers) }

func (l *ledger) each(f func(key, number string)) {
	for key, number := range l.numbers {
		f(key, number)
	}
}

func sendUntilItDies(base, name string, l *ledger) {
	for n := range 1000 {
		key := fmt.Sprintf("%s-ticket-%03d", name, n)
		l.note(key, "")
		number, err := openTicket(base, key)
		if err != nil {
			return
		}
		l.note(key, number)
	}
}

// openTicket sends a ticket and returns its number.
func openTicket(base, key string) (string, error) {
	request, err := http.NewRequest(http.MethodPost, base+"/api/v1/tickets", strings.NewReader(aTicket))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode/100 != 2 {
		return "", fmt.Errorf("status %d, %w", response.StatusCode, err)
	}
	_, rest, _ := strings.Cut(string(body), `"number":"`)
	number, _, _ := strings.Cut(rest, `"`)
	return number, nil
}

func countTickets(t *testing.T, database string) int {
	t.Helper()
	store, err := postgres.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Ready(context.Background()); err != nil {
		t.Fatal(err)
	}
	page, err := store.Queue(context.Background(), 0, tickets.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return page.Total
}

// TestRollingRestartFailsNoRequest restarts two replicas one after the other under load,
// behind a balancer that believes /readyz: every request is answered.
func TestRollingRestartFailsNoRequest(t *testing.T) {
	t.Parallel()
	database := postgrestest.URL(t)
	drain := append([]string{"--drain=500ms"}, unlimited...)
	var b balancer
	replicas := []*process{serveOn(t, database, drain...), serveOn(t, database, drain...)}
	for i, p := range replicas {
		b.bases[i].Store(p.mustFind(t, helpSection))
	}
	ctx, cancel := context.WithCancel(context.Background())
	var players sync.WaitGroup
	players.Go(func() { b.probe(ctx) })
	for player := range 3 {
		players.Go(func() { b.send(ctx, t, player) })
	}
	for i, p := range replicas {
		if err := p.end(os.Interrupt); err != nil {
			t.Errorf("stop replica %d: %v", i, err)
		}
		replicas[i] = serveOn(t, database, drain...)
		b.bases[i].Store(replicas[i].mustFind(t, helpSection))
		time.Sleep(200 * time.Millisecond) // until the balancer has noticed
	}
	cancel()
	players.Wait()
	t.Logf("%d requests", b.sent.Load())
	if b.sent.Load() < 20 {
		t.Errorf("only %d requests were sent", b.sent.Load())
	}
}

// balancer sends requests to replicas that were ready a moment ago.
type balancer struct {
	bases [2]atomic.Value // addresses
	ready [2]atomic.Bool
	sent  atomic.Int64
}

func (b *balancer) probe(ctx context.Context) {
	for ctx.Err() == nil {
		for i := range b.bases {
			response, err := http.Get(b.bases[i].Load().(string) + "/readyz")
			b.ready[i].Store(err == nil && response.StatusCode == http.StatusOK)
			if err == nil {
				_ = response.Body.Close()
			}
		}
		time.Sleep(20 * time.Millisecond) // a probe's interval
	}
}

func (b *balancer) send(ctx context.Context, t *testing.T, player int) {
	for n := 0; ctx.Err() == nil; n++ {
		for i := range b.bases {
			if !b.ready[i].Load() {
				continue
			}
			b.sent.Add(1)
			if _, err := openTicket(b.bases[i].Load().(string), fmt.Sprintf("rolling-%d-%d-%06d", player, i, n)); err != nil {
				t.Errorf("replica %d: %v", i, err)
			}
		}
		time.Sleep(5 * time.Millisecond) // people do not send faster
	}
}
