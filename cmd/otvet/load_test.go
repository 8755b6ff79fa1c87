package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search/eval"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// BenchmarkLoad loads POST /api/v1/ask of the whole program over HTTP, in turns with a greeting
// through the same middleware: the figures that count are the shares of the greeting's requests
// a second, for questions that were not asked lately ("fresh") and for one that was ("again"),
// and how many times its median the slowest hundredth takes.
//
// "away" has no database, so that nothing is recorded; "recorded" has a server that syncs no
// commit to disk, "durable" one as otvet serve starts it.
func BenchmarkLoad(b *testing.B) {
	b.Run("away", func(b *testing.B) { load(b, storeAway(b)) })
	b.Run("recorded", func(b *testing.B) { load(b, postgrestest.Store(b)) })
	b.Run("durable", func(b *testing.B) {
		cluster := postgrestest.Cluster(b)
		cluster.Stop()
		cluster.StartDurable()
		load(b, postgrestest.Open(b, cluster.URL))
	})
}

// load measures in rounds of a fraction of a second for everyone.
func load(b *testing.B, store *postgres.Store) {
	const unlimited = math.MaxInt32
	log := slog.New(slog.NewJSONHandler(io.Discard, nil))
	h := newTestHandler(b, parts{settings: siteFlags{limitFlags: limitFlags{RateLimit: unlimited, TicketRateLimit: unlimited}}, store: store, log: log})
	h.(chi.Router).Get("/hello", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"hello":"world"}`)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := web.NewServer(h, log)
	go func() { _ = server.Serve(listener) }()
	b.Cleanup(func() { _ = server.Close() })

	contestants := []*contestant{
		{name: "hello", requests: []string{"GET /hello HTTP/1.1\r\nHost: help.example.com\r\n\r\n"}},
		{name: "fresh", requests: asks(b)},
		{name: "again", requests: asks(b)[:1]},
	}
	for b.Loop() {
		for _, c := range contestants {
			c.run(b, listener.Addr().String(), 400*time.Millisecond)
		}
	}
	hello := contestants[0]
	b.ReportMetric(0, "ns/op")
	for _, c := range contestants {
		b.ReportMetric(c.rate(), c.name+"/s")
		b.ReportMetric(float64(c.took.Percentile(50).Microseconds()), c.name+"-p50-µs")
		b.ReportMetric(float64(c.took.Percentile(99))/float64(c.took.Percentile(50)), c.name+"-p99/p50")
		b.ReportMetric(c.rate()/hello.rate(), c.name+"/hello")
	}
}

// asks returns requests for the tuning half of the judged questions, each from the pages of
// both languages: more than are remembered.
func asks(b *testing.B) []string {
	var requests []string
	for _, page := range kb.Locales() {
		for _, loc := range kb.Locales() {
			f, err := os.Open("../../search/testdata/judged/" + string(loc) + ".tsv")
			if err != nil {
				b.Fatal(err)
			}
			judged, err := eval.ReadJudgments(f, f.Name())
			if err := errors.Join(err, f.Close()); err != nil {
				b.Fatal(err)
			}
			for _, j := range eval.Tuning.Of(judged) {
				if j.Kind != eval.Person {
					requests = append(requests, askRequest(b, j.Text, page))
				}
			}
		}
	}
	return requests
}

func askRequest(b *testing.B, question string, page kb.Locale) string {
	body, err := json.Marshal(map[string]string{"question": question, "locale": string(page)})
	if err != nil {
		b.Fatal(err)
	}
	return fmt.Sprintf("POST /api/v1/ask HTTP/1.1\r\nHost: help.example.com\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

// contestant is a kind of request under load.
type contestant struct {
	name     string
	requests []string
	next     int

	mu    sync.Mutex
	took  eval.Timing
	spent time.Duration
}

func (c *contestant) rate() float64 { return float64(len(c.took)) / c.spent.Seconds() }

// run sends requests over eight connections, as fast as they are answered.
func (c *contestant) run(b *testing.B, address string, long time.Duration) {
	start := time.Now()
	var sending sync.WaitGroup
	for range 8 {
		sending.Go(func() {
			if err := c.send(address, start.Add(long)); err != nil {
				b.Errorf("%s: %v", c.name, err)
			}
		})
	}
	sending.Wait()
	c.spent += time.Since(start)
}

// send is a client that costs little beside the server that it shares the machine with.
func (c *contestant) send(address string, until time.Time) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	var took eval.Timing
	for time.Now().Before(until) {
		request := c.take()
		start := time.Now()
		if _, err := io.WriteString(conn, request); err != nil {
			return err
		}
		if err := readResponse(in); err != nil {
			return err
		}
		took = append(took, time.Since(start))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took = append(c.took, took...)
	return nil
}

func (c *contestant) take() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next++
	return c.requests[c.next%len(c.requests)]
}

// readResponse passes over a response, which must be a good one.
func readResponse(in *bufio.Reader) error {
	response, err := http.ReadResponse(in, nil)
	if err != nil {
		return err
	}
	n, err := io.Copy(io.Discard, response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || n == 0) {
		err = fmt.Errorf("%s, %d bytes", response.Status, n)
	}
	return err
}
