package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"otvet/content"
)

// away is a database that nobody serves: help pages and answers go on without it.
const away = "DATABASE_URL=postgres://nobody@127.0.0.1:1/none"

// bigFolder writes a content folder of about n passages: the shipped articles, and others made
// of words that are not theirs.
func bigFolder(t testing.TB, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(dir, content.Content()); err != nil {
		t.Fatal(err)
	}
	const shipped, perArticle = 1300, 20
	word := func(lang string, i int) string {
		letters := []rune("бвгдклмнпрст")
		if lang == "en" {
			letters = []rune("bcdfgklmnprs")
		}
		vowels := map[string]string{"ru": "а", "en": "a"}[lang]
		var b strings.Builder
		for i = i*7919%100_000 + 1; i > 0; i /= len(letters) {
			b.WriteString(string(letters[i%len(letters)]) + vowels)
		}
		return b.String()
	}
	for article := range (n - shipped) / 2 / perArticle {
		for _, lang := range []string{"ru", "en"} {
			var b strings.Builder
			fmt.Fprintf(&b, "---\ntitle: %s %s\ncategory: withdrawals\nsummary: %s.\nupdated: 2026-10-12\n---\n", word(lang, article), word(lang, article+1), word(lang, article))
			for q := range perArticle {
				at := (article*perArticle + q) * 13
				fmt.Fprintf(&b, "\n## %s %s %s? {#q%d}\n", word(lang, at), word(lang, at/3), word(lang, at/7), q)
				for paragraph := range 3 {
					b.WriteString("\n")
					for i := range 30 {
						fmt.Fprintf(&b, "%s ", word(lang, (at+paragraph*31+i*i)%4000))
					}
					b.WriteString(".\n")
				}
			}
			if err := os.WriteFile(filepath.Join(dir, lang, "faq", fmt.Sprintf("big%d.md", article)), []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// firstAnswer starts the server, asks as soon as it listens, and returns how long that took
// from the start of the process, and the answer.
func firstAnswer(t testing.TB, p *process) (time.Duration, string) {
	t.Helper()
	m, err := p.find(helpSection, &p.stdout)
	if err != nil {
		t.Fatal(err)
	}
	body := strings.NewReader(`{"question":"How long does a withdrawal take?","locale":"en"}`)
	response, err := http.Post(m[1]+"/api/v1/ask", "application/json", body)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("status %d %v: %s", response.StatusCode, err, answer)
	}
	return time.Since(p.began), itsOwn.ReplaceAllString(string(answer), "")
}

// itsOwn is what differs from one server to the next.
var itsOwn = regexp.MustCompile(`"key":"[^"]*"|http://[^/]*/`)

// startStored starts a server on a content with an index folder.
func startStored(t testing.TB, content, index string) *process {
	t.Helper()
	p, err := launch(t.TempDir(), []string{away}, "--content="+content, "--index-dir="+index)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.end(os.Interrupt) })
	return p
}

// TestStoredStart: the second start on a folder of 10,000 passages answers the same, much sooner. The
// machine may be busy, so the bound is a ratio; the log has the times and the memory.
func TestStoredStart(t *testing.T) {
	if testing.Short() {
		t.Skip("indexes 10,000 passages")
	}
	articles, index := bigFolder(t, 10_000), filepath.Join(t.TempDir(), "index")
	fresh := startStored(t, articles, index)
	first, want := firstAnswer(t, fresh)
	var times []time.Duration
	for range 11 {
		p := startStored(t, articles, index)
		took, got := firstAnswer(t, p)
		if got != want {
			t.Errorf("a fresh index answers\n%s\nthe stored one\n%s", want, got)
		}
		times = append(times, took)
		if len(times) == 11 {
			t.Logf("resident: %s", resident(p))
		}
		if err := p.end(os.Interrupt); err != nil {
			t.Errorf("stop: %v\n%s", err, &p.stderr)
		}
		if strings.Contains(p.stderr.String(), "index") {
			t.Errorf("the log says %s", &p.stderr)
		}
	}
	slices.Sort(times)
	t.Logf("first answer: fresh %s; stored, of %d starts: fastest %s, median %s", first, len(times), times[0], times[len(times)/2])
	if times[len(times)/2] > first/2 {
		t.Errorf("a start from the store takes %s, a fresh one %s", times[len(times)/2], first)
	}
}

// resident returns the memory that a process has in use, where the system tells.
func resident(p *process) string {
	if runtime.GOOS != "linux" {
		return "unknown"
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return err.Error()
	}
	var said []string
	for line := range bytes.Lines(status) {
		if bytes.HasPrefix(line, []byte("VmRSS")) || bytes.HasPrefix(line, []byte("Rss")) {
			said = append(said, strings.Join(strings.Fields(string(line)), " "))
		}
	}
	return strings.Join(said, ", ")
}

// TestServersShareAnIndexFolder: two at once, on an empty folder and on a full one; and one that may
// not keep anything.
func TestServersShareAnIndexFolder(t *testing.T) {
	articles, index := bigFolder(t, 2_000), filepath.Join(t.TempDir(), "index")
	var want string
	for range 2 {
		one, other := startStored(t, articles, index), startStored(t, articles, index)
		for _, p := range []*process{one, other} {
			_, got := firstAnswer(t, p)
			if want != "" && got != want {
				t.Errorf("one server answers\n%s\nanother\n%s", want, got)
			}
			want = got
		}
	}
	for _, dir := range []string{"none", "/dev/null/index"} {
		p := startStored(t, articles, dir)
		if _, got := firstAnswer(t, p); got != want {
			t.Errorf("with --index-dir=%s the answer is\n%s\nnot\n%s", dir, got, want)
		}
	}
}
