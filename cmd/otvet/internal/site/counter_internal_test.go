package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// tally is a recorder that adds up, and fails while it is away.
type tally struct {
	mu    sync.Mutex
	away  bool
	calls int
	sums  map[string]int
}

// AddViews implements recorder.
func (t *tally) AddViews(_ context.Context, views []tickets.Views) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls++
	if t.away {
		return errors.New("nobody is there")
	}
	if t.sums == nil {
		t.sums = map[string]int{}
	}
	for _, v := range views {
		t.sums[fmt.Sprintf("%s %s/%s", v.Day.Format(time.DateOnly), v.Locale, v.Article)] += v.Count
	}
	return nil
}

func (t *tally) set(away bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.away = away
}

func (t *tally) of(key string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sums[key]
}

func articleNamed(id string) *kb.Article { return &kb.Article{ID: id, Locale: kb.RU} }

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestViewsAreHandedOverEveryFewSecondsAndAtTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		database := &tally{}
		c := NewCounter(database, time.UTC, quiet())
		ctx, cancel := context.WithCancel(t.Context())
		go c.Run(ctx)
		at := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
		for range 3 {
			c.Count(articleNamed("faq/a"), at)
		}
		if n := database.of("2026-11-01 ru/faq/a"); n != 0 {
			t.Errorf("%d views are there at once", n)
		}
		time.Sleep(flushEvery + time.Second)
		synctest.Wait()
		if n := database.of("2026-11-01 ru/faq/a"); n != 3 {
			t.Errorf("%d views after a while, want 3", n)
		}
		time.Sleep(time.Hour)
		if database.calls != 1 {
			t.Errorf("the database was called %d times, want 1: nothing was new", database.calls)
		}
		c.Count(articleNamed("faq/a"), at)
		cancel()
		synctest.Wait()
		c.Flush(t.Context())
		if n := database.of("2026-11-01 ru/faq/a"); n != 4 {
			t.Errorf("%d views at the end, want 4", n)
		}
	})
}

func TestViewsCountToTheOperatorsDay(t *testing.T) {
	t.Parallel()
	database := &tally{}
	c := NewCounter(database, time.FixedZone("east", 3*60*60), quiet())
	c.Count(articleNamed("faq/a"), time.Date(2026, 10, 31, 20, 59, 0, 0, time.UTC))
	c.Count(articleNamed("faq/a"), time.Date(2026, 10, 31, 21, 1, 0, 0, time.UTC))
	c.Flush(t.Context())
	if a, b := database.of("2026-10-31 ru/faq/a"), database.of("2026-11-01 ru/faq/a"); a != 1 || b != 1 {
		t.Errorf("%d views before midnight and %d after, want 1 and 1", a, b)
	}
}

func TestViewsWaitForTheDatabaseUpToABound(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	database := &tally{away: true}
	c := NewCounter(database, time.UTC, slog.New(slog.NewTextHandler(&log, nil)))
	at := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	c.Count(articleNamed("faq/a"), at)
	for range 3 {
		c.Flush(t.Context())
	}
	for i := range 2 * maxCounts {
		c.Count(articleNamed(fmt.Sprintf("faq/%d", i)), at)
	}
	c.Flush(t.Context())
	c.Count(articleNamed("faq/late"), at)
	c.Flush(t.Context())
	c.Count(articleNamed("faq/later"), at)
	c.Count(articleNamed("faq/a"), at) // known: counted although there is no room
	if len(c.counts) != maxCounts {
		t.Errorf("%d counts wait, want %d", len(c.counts), maxCounts)
	}
	for _, words := range []string{"wait in memory", "are dropped"} {
		if n := strings.Count(log.String(), words); n != 1 {
			t.Errorf("the log says %d times that views %s:\n%s", n, words, &log)
		}
	}
	database.set(false)
	c.Flush(t.Context())
	if n := database.of("2026-11-01 ru/faq/a"); n != 2 {
		t.Errorf("%d views when the database is back, want 2", n)
	}
	if n := len(database.sums); n != maxCounts {
		t.Errorf("%d articles when the database is back, want %d", n, maxCounts)
	}
	database.set(true)
	c.Count(articleNamed("faq/a"), at)
	c.Flush(t.Context())
	if n := strings.Count(log.String(), "wait in memory"); n != 2 {
		t.Errorf("the log tells of %d outages, want 2", n)
	}
}

// stuck is a recorder that answers when it is told to.
type stuck struct{ free chan struct{} }

// AddViews implements recorder.
func (s stuck) AddViews(context.Context, []tickets.Views) error {
	<-s.free
	return errors.New("too late")
}

func TestADatabaseThatHangsHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		database := stuck{make(chan struct{})}
		c := NewCounter(database, time.UTC, quiet())
		at := time.Now()
		c.Count(articleNamed("faq/a"), at)
		go c.Flush(t.Context())
		synctest.Wait()
		c.Count(articleNamed("faq/a"), at) // would end the test as a deadlock
		close(database.free)
		synctest.Wait()
		if n := c.counts[counted{tickets.Day(at, time.UTC), kb.RU, "faq/a"}]; n != 2 {
			t.Errorf("%d views wait, want 2", n)
		}
	})
}

func TestWhatIsAView(t *testing.T) {
	t.Parallel()
	const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
	cookies := web.NewCookies(&url.URL{Scheme: "https", Host: "help.example"})
	for _, c := range []struct {
		name, method, header, value string
		want                        bool
	}{
		{"browser", "GET", "User-Agent", firefox, true},
		{"telephone", "GET", "User-Agent", "Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36", true},
		{"HEAD", "HEAD", "User-Agent", firefox, false},
		{"nothing said", "GET", "User-Agent", "", false},
		{"curl", "GET", "User-Agent", "curl/8.5.0", false},
		{"Google", "GET", "User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", false},
		{"Yandex", "GET", "User-Agent", "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)", false},
		{"model", "GET", "User-Agent", "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", false},
		{"link preview", "GET", "User-Agent", "Mozilla/5.0 (compatible; SkypeUriPreview Preview/0.5)", false},
		{"headless", "GET", "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36", false},
		{"prefetch", "GET", "Sec-Purpose", "prefetch", false},
		{"prerender", "GET", "Sec-Purpose", "prefetch;prerender", false},
		{"old prefetch", "GET", "Purpose", "prefetch", false},
		{"navigation", "GET", "Sec-Fetch-Mode", "navigate", true},
		{"agent", "GET", "Cookie", cookies.Name(deskCookie) + "=token", false},
		{"visitor", "GET", "Cookie", cookies.Name(visitCookie) + "=token", true},
	} {
		r := httptest.NewRequest(c.method, "/ru/faq/withdrawals", http.NoBody)
		r.Header.Set("User-Agent", firefox)
		r.Header.Set(c.header, c.value)
		if got := isView(r, cookies); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
