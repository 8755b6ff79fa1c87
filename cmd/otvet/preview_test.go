package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"otvet/content"
)

// TestPreviewShowsWhatIsSaved: an editor saves a file and the open page changes by itself,
// also when the article cannot be published as it is.
func TestPreviewShowsWhatIsSaved(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, content.Content()); err != nil {
		t.Fatal(err)
	}
	p, err := launchCommand(dir, nil, "preview", "--addr=127.0.0.1:0", "--content", dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.end(os.Interrupt) })
	page := open(t, chromium, p.mustFind(t, helpSection))
	page.do("open an article", page.goTo("/en/help/first-withdrawal"))
	page.shows("Nothing to mend in this article.")

	file := filepath.Join(dir, "en", "help", "first-withdrawal.md")
	save(t, file, func(text string) string { return text + "\n## Saved just now\n\nA new section.\n" })
	page.shows("heading without an anchor")
	page.shows("A new section.")

	save(t, file, func(text string) string { return strings.Replace(text, "just now\n", "just now {#saved}\n", 1) })
	page.shows("missing translation of the section")
}

// TestPreviewAnswersOnlyToItsOwnName: by DNS rebinding a page could read drafts.
func TestPreviewAnswersOnlyToItsOwnName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, content.Content()); err != nil {
		t.Fatal(err)
	}
	p, err := launchCommand(dir, nil, "preview", "--addr=127.0.0.1:0", "--content", dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.end(os.Interrupt) })
	base := p.mustFind(t, helpSection)
	for host, want := range map[string]int{"": http.StatusOK, "localhost:8081": http.StatusOK, "evil.example": http.StatusNotFound} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/en/", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("asked as %q: %d, want %d", host, response.StatusCode, want)
		}
	}
}

// save changes a file as an editor does.
func save(t *testing.T, file string, edit func(string) string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(edit(string(text))), 0o666); err != nil {
		t.Fatal(err)
	}
}

// shows waits until the page says something. A page that is just being loaded again cannot be
// read; the next look will do.
func (p *tab) shows(words string) {
	p.t.Helper()
	var last string
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(p.ctx, 10*time.Second)
		last, err = chromedp.Run(ctx, chromedp.Text(chromedp.CSS("body")))
		cancel()
		if err == nil && strings.Contains(last, words) {
			return
		}
	}
	p.t.Fatalf("the page never says %q but: %s (%v)", words, last, err)
}
