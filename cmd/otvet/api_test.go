package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"otvet/cmd/otvet/internal/webtest"
	"otvet/search"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// TestAPI runs the specifications of the JSON API on the whole program.
func TestAPI(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/api/*.txt", func(t *testing.T) http.Handler {
		return handlerOn(t, postgrestest.Store(t), 10000, 10000)
	})
}

// TestAPIWithoutDatabase runs those of a program whose database is away.
func TestAPIWithoutDatabase(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/away/*.txt", func(t *testing.T) http.Handler {
		return handlerOn(t, storeAway(t), 10000, 10000)
	})
}

// storeAway returns a store whose server cannot be reached.
func storeAway(t testing.TB) *postgres.Store {
	t.Helper()
	store, err := postgres.Open(context.Background(), "postgres://otvet@127.0.0.1:1/otvet")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

// handlerOn returns the program's handler with the shipped content on a store, and takes
// so many requests and tickets a minute.
func handlerOn(t testing.TB, store *postgres.Store, rate, tickets positive) http.Handler {
	t.Helper()
	return newTestHandler(t, parts{settings: siteFlags{limitFlags: limitFlags{RateLimit: rate, TicketRateLimit: tickets}}, store: store})
}

// shippedEngine is on the shipped content; tests share it, since building one takes long.
var shippedEngine = sync.OnceValues(func() (*search.Engine, error) { return contentFlags{}.engine(nil) })

func shipped(t testing.TB) *search.Engine {
	t.Helper()
	engine, err := shippedEngine()
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// newTestHandler fills in what the test leaves open.
func newTestHandler(t testing.TB, p parts) http.Handler {
	t.Helper()
	p.engine = shipped(t)
	p.health = &health{engine: p.engine, store: p.store}
	if p.log == nil {
		p.log = slog.New(slog.DiscardHandler)
	}
	p.settings.TimeZone = zone{time.UTC}
	p.settings.identityFlags = identityFlags{
		BaseURL:  baseURL{&url.URL{Scheme: "https", Host: "help.example.com"}},
		Operator: "Example Bet", HelplineEN: "Helpline 0800", HelplineRU: "Линия 8-800",
	}
	h, err := newHandler(p)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func post(h http.Handler, path, key, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

const aTicket = `{"locale":"en","category":"unsure","subject":"Help","body":"Please help.","login":"player77"}`

// TestFiftyEqualRequestsOpenOneTicket sends one ticket fifty times at once.
func TestFiftyEqualRequestsOpenOneTicket(t *testing.T) {
	t.Parallel()
	h := handlerOn(t, postgrestest.Store(t), 10000, 10000)
	answers := make(chan *httptest.ResponseRecorder, 50)
	var all sync.WaitGroup
	for range cap(answers) {
		all.Go(func() { answers <- post(h, "/api/v1/tickets", "one-key-for-fifty", aTicket) })
	}
	all.Wait()
	close(answers)
	created, numbers := 0, map[string]bool{}
	for w := range answers {
		switch w.Code {
		case http.StatusCreated:
			created++
		case http.StatusOK:
		default:
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		_, rest, _ := strings.Cut(w.Body.String(), `"number":"`)
		numbers[rest[:9]] = true
	}
	if created != 1 || len(numbers) != 1 {
		t.Errorf("%d times created, numbers %v", created, numbers)
	}
}

// TestLimits holds that too many requests, too long questions and too large bodies are
// told so, in the API's form.
func TestLimits(t *testing.T) {
	t.Parallel()
	h := handlerOn(t, storeAway(t), 5, 5)
	for _, c := range []struct {
		what, body string
		want       int
	}{
		{"question of 2001 bytes", fmt.Sprintf(`{"question":%q,"locale":"en"}`, strings.Repeat("a ", 1000)+"b"), 413},
		{"body of 1 MB", fmt.Sprintf(`{"question":%q,"locale":"en"}`, strings.Repeat("a", 1<<20)), 413},
		{"quote storm", fmt.Sprintf(`{"question":%q,"locale":"en"}`, strings.Repeat(`"*`, 900)+" withdrawal"), 200},
		{"64 words and more", fmt.Sprintf(`{"question":%q,"locale":"en"}`, strings.Repeat("withdrawal ", 180)), 200},
		{"deep nesting", `{"question":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `,"locale":"en"}`, 422},
		{"one too many", `{"question":"withdrawal","locale":"en"}`, 429},
	} {
		began := time.Now()
		w := post(h, "/api/v1/ask", "", c.body)
		if w.Code != c.want {
			t.Errorf("%s: got %d, want %d: %.300s", c.what, w.Code, c.want, w.Body)
		}
		if w.Code != 200 && w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: got %s", c.what, w.Header().Get("Content-Type"))
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s took %s", c.what, took)
		}
	}
}

// TestTicketsAreLimitedFurther holds that sending tickets has a limit of its own, which
// the form and the API share, and asking has not.
func TestTicketsAreLimitedFurther(t *testing.T) {
	t.Parallel()
	h := handlerOn(t, storeAway(t), 1000, 2)
	for i, c := range []struct {
		path string
		want int
	}{
		{"/api/v1/tickets", 503}, {"/en/contact", 503}, {"/api/v1/tickets", 429}, {"/ru/contact", 429}, {"/api/v1/ask", 200},
	} {
		var w *httptest.ResponseRecorder
		switch {
		case strings.HasSuffix(c.path, "/contact"):
			w = postForm(h, c.path, message("send", "Qwxz"))
		case strings.HasSuffix(c.path, "/ask"):
			w = post(h, c.path, "", `{"question":"withdrawal","locale":"en"}`)
		default:
			w = post(h, c.path, "a-key-that-is-long", aTicket)
		}
		if w.Code != c.want {
			t.Errorf("request %d to %s: got %d, want %d", i+1, c.path, w.Code, c.want)
		}
	}
}

// BenchmarkAsk measures POST /api/v1/ask through the whole router, without a network.
func BenchmarkAsk(b *testing.B) {
	questions := []string{"How long does a withdrawal take?", "сколько ждать вывод на карту", "my bet is still not settled", "погода в Париже"}
	for name, store := range map[string]func(testing.TB) *postgres.Store{"recorded": postgrestest.Store, "database-away": storeAway} {
		b.Run(name, func(b *testing.B) {
			h := handlerOn(b, store(b), 1<<30, 1)
			for i := 0; b.Loop(); i++ {
				w := post(h, "/api/v1/ask", "", fmt.Sprintf(`{"question":%q,"locale":"en"}`, questions[i%len(questions)]))
				if w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
}

// TestEveryQuestionIsRecorded holds that what the API answers, hands over or cannot
// answer is kept, without the words of one that only a person may answer.
func TestEveryQuestionIsRecorded(t *testing.T) {
	t.Parallel()
	var log growing
	h := newTestHandler(t, parts{
		settings: siteFlags{limitFlags: limitFlags{RateLimit: 100, TicketRateLimit: 100}},
		store:    postgrestest.Store(t), log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	for _, q := range []string{"How long does a withdrawal take?", "weather in Paris", "I want to kill myself"} {
		if w := post(h, "/api/v1/ask", "", fmt.Sprintf(`{"question":%q,"locale":"en"}`, q)); w.Code != http.StatusOK {
			t.Errorf("%q: status %d", q, w.Code)
		}
	}
	if text := log.String(); strings.Contains(text, "not recorded") || strings.Contains(text, "kill") {
		t.Error(text)
	}
}
