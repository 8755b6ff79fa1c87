package search_test

import (
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"otvet/kb"
	"otvet/search"
	"otvet/search/eval"
)

// said keeps what is logged.
type said struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func (s *said) log() *slog.Logger { return slog.New(slog.NewTextHandler(s, nil)) }

// openStored returns an engine on good content with a store in dir, and what it logs.
func openStored(t testing.TB, content fs.FS, dir string) (*search.Engine, *said) {
	t.Helper()
	log := &said{}
	engine, problems, err := search.Open(content, today(), search.NewStore(dir, log.log()))
	if err != nil || len(problems) > 0 {
		t.Fatalf("open: %v %v", problems, err)
	}
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	return engine, log
}

// stored returns the folders of the contents in a store.
func stored(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, filepath.Join(dir, e.Name()))
	}
	return names
}

// smallQuestions ask the small content in every way that leaves traces in an index.
func smallQuestions() []string {
	return []string{
		"сколько идёт вывод", "забыл пороль", "ghbdtn rfr dsdtcnb ltymub", "kak vyvesti dengi", "withdrawal time", "how do I reset my password",
		"кешаут", "погода в Париже", "вывод карта документы", "отказали в выплате",
	}
}

// sameAnswers compares what two engines make of questions, to the last bit of their scores.
func sameAnswers(t *testing.T, want, got *search.Engine, questions []string) {
	t.Helper()
	for _, text := range questions {
		for _, loc := range kb.Locales() {
			q := search.Query{Text: text, Locale: loc}
			if a, b := all(t, want, q), all(t, got, q); !reflect.DeepEqual(a, b) {
				t.Errorf("%.60q in %s: a fresh index gives\n%+v\nthe stored one\n%+v", text, loc, a, b)
				return
			}
		}
	}
}

// everything is all that an engine has to say to a query.
type everything struct {
	Answer          search.Answer
	Found, Suggests search.Results
	Errors          [3]error
}

func all(t *testing.T, e *search.Engine, q search.Query) (a everything) {
	t.Helper()
	a.Answer, a.Errors[0] = e.Answer(t.Context(), q)
	a.Found, a.Errors[1] = e.Search(t.Context(), q)
	a.Suggests, a.Errors[2] = e.Suggest(t.Context(), q)
	for i, err := range a.Errors { // comparable
		if err != nil && err != search.ErrEmpty && err != search.ErrText && err != search.ErrTooLong {
			t.Errorf("%.60q: call %d: %v", q.Text, i, err)
		}
	}
	return a
}

func TestStoredIndexAnswersAsAFreshOne(t *testing.T) {
	t.Parallel()
	content, dir := os.DirFS("../content"), filepath.Join(t.TempDir(), "index")
	fresh := newEngine(t, shipped(t))
	_, log := openStored(t, content, dir)
	if n := len(stored(t, dir)); n != 1 {
		t.Fatalf("%d stored contents, want 1: %s", n, log)
	}
	again, log := openStored(t, content, dir)
	if log.String() != "" {
		t.Fatalf("a stored index is used without a word, not with %s", log)
	}
	var questions []string
	for _, loc := range kb.Locales() {
		for _, q := range readSet(t, loc) {
			if eval.HalfOf(q.Text) != eval.Kept {
				questions = append(questions, q.Text)
			}
		}
	}
	questions = append(questions, hostile()...)
	sameAnswers(t, fresh, again, questions)
}
