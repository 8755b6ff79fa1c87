package postgres_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"otvet/tickets"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// kills is how often the crash tests kill something; they are to be run with more of
// them at times.
func kills(t *testing.T, usually int) int {
	t.Helper()
	if s := os.Getenv("OTVET_TEST_KILLS"); s != "" {
		if _, err := fmt.Sscan(s, &usually); err != nil {
			t.Fatal(err)
		}
	}
	return usually
}

func upTo(d time.Duration) time.Duration {
	n, _ := rand.Int(rand.Reader, big.NewInt(int64(d))) // never fails
	return time.Duration(n.Int64())
}

// What was confirmed before the program was killed is there afterwards, once; what was
// not is there once or not at all, and the same key tells which.
func TestKilledInTheMiddleOfOpeningAndAnswering(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.agent("Anna")
	tried, opened, answered := map[string]bool{}, map[string]string{}, map[string]bool{}
	for range kills(t, 10) {
		for _, line := range workedUntilKilled(t, d.url, upTo(400*time.Millisecond)) {
			words := strings.Fields(line)
			tried[words[1]] = true
			switch words[0] {
			case "opened":
				opened[words[1]] = words[2]
			case "answered":
				answered[words[1]] = true
			}
		}
	}
	if len(answered) == 0 {
		t.Fatal("nothing was confirmed: no test")
	}
	replies := 0
	for key := range tried {
		form := d.form(byMail("p@player.example"))
		form.Key = key
		o, err := d.OpenTicket(t.Context(), form)
		if err != nil {
			t.Fatal(err)
		}
		if number, ok := opened[key]; ok && (!o.Repeated || string(o.Ticket.Number) != number) {
			t.Errorf("key %s was confirmed as %s, and is %+v", key, number, o)
		}
		if answered[key] && o.Ticket.Version != 2 {
			t.Errorf("key %s was answered, and is %+v", key, o)
		}
		replies += o.Ticket.Version - 1
	}
	for what, want := range map[string]int{
		"tickets": len(tried), "messages": len(tried) + replies, "events WHERE change = 'opened'": len(tried),
		"events WHERE change = 'agent_replied'": replies, "letters WHERE kind = 'ack'": len(tried),
		"letters l JOIN river_job ON (args->>'letter_id')::bigint = l.id AND l.kind = 'reply'": replies,
		"ticket_words": len(tried), "idempotency_keys": len(tried),
	} {
		if got := d.count(`SELECT count(*) FROM ` + what); got != want {
			t.Errorf("%d %s, want %d", got, what, want)
		}
	}
	t.Logf("%d keys tried, %d confirmed, %d answers confirmed", len(tried), len(opened), len(answered))
}

// workedUntilKilled runs this test program as one that opens and answers tickets, kills
// it after a while, and returns its log.
func workedUntilKilled(t *testing.T, url string, after time.Duration) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestWorkForEver$")
	cmd.Env = append(os.Environ(), "OTVET_TEST_URL="+url)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		if len(lines) == 0 { // it works
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		lines = append(lines, scanner.Text())
	}
	_ = cmd.Wait() // it was killed
	return lines
}

// TestWorkForEver is the program that the test before kills.
func TestWorkForEver(t *testing.T) {
	url := os.Getenv("OTVET_TEST_URL")
	if url == "" {
		return // this is no test
	}
	d := &desk{Store: postgrestest.Open(t, url), t: t, url: url}
	anna := tickets.Agent{ID: 1}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for {
				form := d.form(byMail("p@player.example"))
				form.Key = rand.Text()
				say("trying", form.Key)
				o, err := d.OpenTicket(context.Background(), form)
				if err != nil {
					t.Error(err)
					return
				}
				say("opened", form.Key, string(o.Ticket.Number))
				if _, err := d.Apply(context.Background(), o.Ticket.Number, 1, reply(anna, "Готово.", tickets.StatusSolved)); err != nil {
					t.Error(err)
					return
				}
				say("answered", form.Key)
			}
		})
	}
	all.Wait()
}

// say writes a line at once, so that a kill does not lose it.
func say(words ...string) { _, _ = io.WriteString(os.Stdout, strings.Join(words, " ")+"\n") }

// The server is killed again and again while players write and agents answer.
func TestServerKilledUnderLoad(t *testing.T) {
	t.Parallel()
	cluster := postgrestest.Cluster(t)
	s := postgrestest.Open(t, cluster.URL)
	d := &desk{Store: s, t: t, url: cluster.URL}
	anna := d.agent("Anna")
	ctx, end := context.WithCancel(t.Context())
	var load sync.WaitGroup
	counts := make([]int, 6)
	for i := range counts {
		load.Go(func() {
			for ctx.Err() == nil {
				if openAndAnswer(t, s, anna) {
					counts[i]++
				}
			}
		})
	}
	for range kills(t, 3) {
		time.Sleep(100*time.Millisecond + upTo(400*time.Millisecond))
		cluster.Signal([]syscall.Signal{syscall.SIGQUIT, syscall.SIGKILL}[upTo(2)])
		cluster.Stop()
		cluster.Start()
		began := time.Now()
		for s.Ping(t.Context()) != nil {
			if time.Since(began) > 10*time.Second {
				t.Fatal("the store does not come back")
			}
		}
	}
	end()
	load.Wait()
	done := 0
	for _, n := range counts {
		done += n
	}
	for what, want := range map[string]int{
		"tickets": done, "messages": 2 * done, "events WHERE change <> 'letter_suppressed'": 2 * done, "letters": 2 * done, "tickets WHERE status = 'solved' AND version = 2": done,
		"letters l WHERE state = 'queued' AND NOT EXISTS (SELECT FROM river_job WHERE (args->>'letter_id')::bigint = l.id)": 0,
	} {
		if got := d.count(`SELECT count(*) FROM ` + what); got != want {
			t.Errorf("%d %s, want %d", got, what, want)
		}
	}
	t.Logf("%d tickets opened and answered", done)
}

// openAndAnswer opens a ticket and answers it, trying each again with the same key until
// it is told that it is done.
func openAndAnswer(t *testing.T, s *postgres.Store, anna tickets.Agent) bool {
	form := (&desk{}).form(byMail(strings.ToLower(rand.Text()) + "@player.example"))
	form.Key = rand.Text()
	answer := reply(anna, "Готово.", tickets.StatusSolved)
	answer.Key = rand.Text()
	o, err := s.OpenTicket(t.Context(), form)
	for errors.Is(err, tickets.ErrUnavailable) {
		o, err = s.OpenTicket(t.Context(), form)
	}
	if err == nil {
		_, err = s.Apply(t.Context(), o.Ticket.Number, 1, answer)
	}
	for errors.Is(err, tickets.ErrUnavailable) {
		_, err = s.Apply(t.Context(), o.Ticket.Number, 1, answer)
	}
	if err != nil {
		t.Error(err)
	}
	return err == nil
}
