package site_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"otvet/kb"
	"otvet/search"
)

// edition copies the shipped content.
func edition(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(shipped, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".go") {
			return err
		}
		data, err := fs.ReadFile(shipped, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestAVersionOfTheTermsThatIsNotInForceYetSaysSo(t *testing.T) {
	t.Parallel()
	files := edition(t)
	for _, lang := range []string{"ru", "en"} {
		now := files[lang+"/terms/bonuses.md"].Data
		then := bytes.Replace(now, []byte("effective: 2026-06-01"), []byte("effective: 2027-03-01"), 1)
		files[lang+"/terms/bonuses.md"] = &fstest.MapFile{Data: then}
		files[lang+"/terms/bonuses@2026-06-01.md"] = &fstest.MapFile{Data: now}
	}
	e, err := load(files, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	v := newVisitor(t, newHandler(t, e, unready(t)))
	future := v.get("/en/terms/bonuses/2027-03-01").Body.String()
	for _, want := range []string{
		"This version is not in force yet. It takes effect on 1\u00a0March 2027.",
		`<a href="/en/terms/bonuses">Read the version in force</a>`, "noindex",
	} {
		if !strings.Contains(future, want) {
			t.Errorf("the future version lacks %q", want)
		}
	}
	current := v.get("/ru/terms/bonuses").Body.String()
	for _, want := range []string{"Действует с", "с 1\u00a0июня 2026\u00a0г.", "/ru/terms/bonuses/2027-03-01", "ещё не действует"} {
		if !strings.Contains(current, want) {
			t.Errorf("the version in force lacks %q", want)
		}
	}
}

// What is there in one language only says so, and does not lead to a page that is missing.
func TestAHelpTextInOneLanguageSaysSo(t *testing.T) {
	t.Parallel()
	files := edition(t)
	delete(files, "en/faq/withdrawals.md")
	lib, problems := kb.Load(files, time.Now())
	if len(problems) == 0 {
		t.Fatal("the missing translation is no problem")
	}
	e, err := search.NewEngine(lib)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	body := newVisitor(t, newHandler(t, e, unready(t))).get("/en/search?q=сколько+времени+занимает+вывод").Body.String()
	if !strings.Contains(body, "This help text is in Russian only.") {
		t.Error("the page does not say that the text is in Russian only")
	}
	if strings.Contains(body, "/en/faq/withdrawals") || strings.Contains(body, "Read it in English") {
		t.Error("the page leads to a translation that there is not")
	}
}
