package preview_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/rogpeppe/go-internal/txtar"

	"otvet/cmd/otvet/internal/preview"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
)

// house is a preview of a folder around a page of its own.
type house struct {
	t      *testing.T
	dir    string
	base   string
	during func()           // what happens while /en/slow is made
	log    chan slog.Record // what is logged, as far as it has room
}

// Handle implements slog.Handler.
func (h *house) Handle(_ context.Context, r slog.Record) error {
	select {
	case h.log <- r:
	default:
	}
	return nil
}

// Enabled implements slog.Handler.
func (*house) Enabled(context.Context, slog.Level) bool { return true }

// WithAttrs implements slog.Handler.
func (h *house) WithAttrs([]slog.Attr) slog.Handler { return h }

// WithGroup implements slog.Handler.
func (h *house) WithGroup(string) slog.Handler { return h }

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir(), log: make(chan slog.Record, 1000)}
	write(t, h.dir)
	engine, err := preview.Load(os.DirFS(h.dir), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	catalog, err := web.LoadCatalog(time.UTC, web.Messages(), preview.Files())
	if err != nil {
		t.Fatal(err)
	}
	assets, err := web.LoadAssets(preview.Files())
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(h)
	w, err := web.New(web.Config{Catalog: catalog, Assets: assets, Log: log, Classify: func(error) web.Kind { return web.Internal }})
	if err != nil {
		t.Fatal(err)
	}
	p, err := preview.New(preview.Config{
		Web: w, Engine: engine, FS: os.DirFS(h.dir), Log: log,
		Place: func(file string) string { return "folder/" + file }, Letter: h.letter(engine),
	})
	if err != nil {
		t.Fatal(err)
	}
	r := chi.NewRouter()
	p.Install(r)
	r.Handle("/*", p.Wrap(http.HandlerFunc(h.page)))
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	h.base = server.URL
	ctx, cancel := context.WithCancel(t.Context())
	watched := make(chan struct{})
	go func() { p.Watch(ctx, time.Millisecond); close(watched) }()
	t.Cleanup(func() { cancel(); <-watched })
	return h
}

// write writes the small content that kb's proofreader has nothing to say about.
func write(t *testing.T, dir string) {
	t.Helper()
	archive, err := txtar.ParseFile("../../../../kb/testdata/proofread.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// letter stands for the letters with sample values.
func (h *house) letter(engine *search.Engine) func(l kb.Locale, name string) (preview.Specimen, bool) {
	return func(l kb.Locale, name string) (preview.Specimen, bool) {
		text, ok := engine.Library().Letter(l, name)
		if !ok {
			return preview.Specimen{Subject: "Shipped " + name, Shipped: true, Gaps: "due"}, name == "deadlock"
		}
		w, err := text.Render(kb.SampleFields(l))
		return preview.Specimen{Subject: w.Subject, Text: w.Text, Page: "<html><body style=\"color:red\">" + string(w.HTML) + "</body></html>"}, err == nil
	}
}

// page stands for the site.
func (h *house) page(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/en/slow" {
		h.during()
	}
	if strings.HasSuffix(r.URL.Path, ".json") {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `"</body>"`)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusTeapot)
	_, _ = io.WriteString(w, "<html><body><p>Page</p></body></html>")
}

// get returns the status and the body.
func (h *house) get(method, path string) (int, string) {
	h.t.Helper()
	request, err := http.NewRequestWithContext(h.t.Context(), method, h.base+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// until gets a page until it holds some words.
func (h *house) until(path, words string) string {
	h.t.Helper()
	var body string
	for range 3000 {
		if _, body = h.get(http.MethodGet, path); strings.Contains(body, words) {
			return body
		}
		time.Sleep(10 * time.Millisecond)
	}
	h.t.Fatalf("%s never says %q but: %s", path, words, body)
	return ""
}

// edit changes a file of the folder.
func (h *house) edit(file, old, words string) {
	h.t.Helper()
	path := filepath.Join(h.dir, file)
	text, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		h.t.Fatalf("%s does not hold %q", file, old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, words, 1)), 0o666); err != nil {
		h.t.Fatal(err)
	}
}

var stateOf = regexp.MustCompile(`data-preview="([^"]+)"`)

func TestPagesSayWhatIsWrongWithTheirArticle(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	good := h.until("/en/faq/withdrawals", "Nothing to mend in this article.")
	if !strings.Contains(good, "<p>Page</p>") || !strings.HasSuffix(good, "</body></html>") {
		t.Errorf("the page is not whole: %s", good)
	}
	seen := stateOf.FindStringSubmatch(good)[1]
	changed := make(chan int, 1)
	go func() {
		status, _ := h.get(http.MethodGet, "/preview/state?seen="+seen)
		changed <- status
	}()
	h.edit("en/faq/withdrawals.md", "category: withdrawals", "category: <b>nowhere</b>")
	bad := h.until("/en/faq/withdrawals", "unknown category")
	for _, want := range []string{"folder/en/faq/withdrawals.md:3:1", "&lt;b&gt;nowhere", "1 problem in all content"} {
		if !strings.Contains(bad, want) {
			t.Errorf("the bar lacks %q: %s", want, bad)
		}
	}
	if status := <-changed; status != http.StatusOK {
		t.Errorf("a page that waited was told %d", status)
	}
	h.until("/ru/faq/withdrawals", "1 замечание")
	h.until("/ru/anything", "1 замечание")
	if list := h.until("/preview/problems", "unknown category"); !strings.Contains(list, "error") {
		t.Errorf("the list does not say that this is an error: %s", list)
	}
}

func TestPreviewLeavesEverythingElseAsItIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if status, body := h.get(http.MethodGet, "/x.json"); status != http.StatusOK || body != `"</body>"` {
		t.Errorf("JSON became %d %s", status, body)
	}
	if status, _ := h.get(http.MethodGet, "/en/"); status != http.StatusTeapot {
		t.Errorf("the page's status became %d", status)
	}
	if status, body := h.get(http.MethodPost, "/en/contact"); status != http.StatusForbidden || !strings.Contains(body, "Nothing is sent or kept here") {
		t.Errorf("a form was answered %d %s", status, body)
	}
}

// TestABarNamesTheFileOfItsPage goes by addresses as players see them.
func TestABarNamesTheFileOfItsPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	text, err := os.ReadFile(filepath.Join(h.dir, "en/faq/withdrawals.md"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(h.dir, "en/faq/2024-rules.md"), text, 0o666); err != nil {
		t.Fatal(err)
	}
	for address, file := range map[string]string{
		"/en/faq/2024-rules":            "en/faq/2024-rules.md",
		"/en/terms/payments":            "en/terms/payments.md",
		"/en/terms/payments/2026-06-01": "en/terms/payments.md",
		"/en/terms/payments/2025-11-01": "en/terms/payments@2025-11-01.md",
	} {
		h.until(address, "<code>"+file+"</code>")
	}
	if _, body := h.get(http.MethodGet, "/en/terms/payments/2024-01-01"); strings.Contains(body, "2024-01-01") {
		t.Errorf("the bar names a file that is not there: %s", body)
	}
}

// TestAPageOfOlderContentIsLoadedAgain: the content may change while a page is made of it.
func TestAPageOfOlderContentIsLoadedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	good := h.until("/en/faq/withdrawals", "Nothing to mend")
	h.during = func() {
		h.edit("en/faq/withdrawals.md", "category: withdrawals", "category: nowhere")
		h.until("/en/faq/withdrawals", "unknown category")
	}
	if _, body := h.get(http.MethodGet, "/en/slow"); stateOf.FindString(body) != stateOf.FindString(good) {
		t.Errorf("a page that was begun before a change says that it is up to date")
	}
}

// TestAFolderThatVanishesIsShownOn: a checkout that is being replaced must not end the preview.
func TestAFolderThatVanishesIsShownOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.until("/en/faq/withdrawals", "Nothing to mend")
	away := h.dir + "-away"
	if err := os.Rename(h.dir, away); err != nil {
		t.Fatal(err)
	}
	if record := <-h.log; !strings.Contains(record.Message, "cannot be read") {
		t.Errorf("logged %q", record.Message)
	}
	if _, body := h.get(http.MethodGet, "/en/faq/withdrawals"); !strings.Contains(body, "Nothing to mend") {
		t.Errorf("the page says %s", body)
	}
	if err := os.Rename(away, h.dir); err != nil {
		t.Fatal(err)
	}
	h.edit("en/faq/withdrawals.md", "category: withdrawals", "category: nowhere")
	h.until("/en/faq/withdrawals", "unknown category")
	if n := len(h.log); n > 0 {
		t.Errorf("logged %d times more", n)
	}
}

// TestLettersAreShownAsTheyGoOut: a list, each letter in both forms, and what is wrong with it.
func TestLettersAreShownAsTheyGoOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	list := h.until("/preview/letters", "Request K7M2-Q9XT")
	for _, want := range []string{`href="/preview/letters/en/ack"`, `href="/preview/letters/ru/ack"`, "Shipped deadlock", "the text that ships with otvet"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list lacks %q: %s", want, list)
		}
	}
	one := h.until("/preview/letters/en/ack", "Nothing to mend")
	for _, want := range []string{"We have received request K7M2-Q9XT", `src="/preview/letters/en/ack/page" sandbox`, "<code>en/letters/ack.md</code>"} {
		if !strings.Contains(one, want) {
			t.Errorf("the letter's page lacks %q: %s", want, one)
		}
	}
	if _, framed := h.get(http.MethodGet, "/preview/letters/en/ack/page"); !strings.Contains(framed, "<p>Hello!") || strings.Contains(framed, "data-preview") {
		t.Errorf("the letter itself is %s", framed)
	}
	if _, shipped := h.get(http.MethodGet, "/preview/letters/en/deadlock"); !strings.Contains(shipped, "Your content does not have this letter") || !strings.Contains(shipped, "no value for due") {
		t.Errorf("a letter that stands in is shown as %s", shipped)
	}
	if status, _ := h.get(http.MethodGet, "/preview/letters/en/nothing"); status != http.StatusNotFound {
		t.Errorf("a letter that is not there answers %d", status)
	}
	h.edit("en/letters/ack.md", "Hello!", "Hello! We will refund you.")
	bad := h.until("/preview/letters/en/ack", "promise &#34;we will refund&#34;")
	if !strings.Contains(bad, "folder/en/letters/ack.md:4:8") {
		t.Errorf("the problem has no place: %s", bad)
	}
	h.until("/preview/letters", "1 problem")
}
