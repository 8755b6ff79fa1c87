package ingest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/kb/ingest"
)

// soon fails a test that takes far longer than its work: without a fence each of these
// sources takes minutes or all of the memory.
func soon(t *testing.T) {
	t.Helper()
	begin := time.Now()
	t.Cleanup(func() {
		if took := time.Since(begin); took > 30*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// TestBombs holds that small sources cannot become large ones.
func TestBombs(t *testing.T) {
	t.Parallel()
	rep := strings.Repeat
	for name, tt := range map[string]struct{ html, want string }{
		"brackets":           {"<p>" + rep("[", 1_000_000), "without an empty line"},
		"brackets in a cell": {"<table><tr><td>x<td>" + rep("[", 1_000_000), "without an empty line"},
		"brackets in a head": {"<h2>" + rep("[", 1_000_000) + "</h2><p>x", "without an empty line"},
		"text":               {rep("<p>"+rep("x", 1000)+"</p>", 300), "text is larger than 256 KiB"},
		"a long row":         {"<table>" + rep("<tr><td>x", 90_000) + "<tr>" + rep("<td>x", 2000), "larger than 256 KiB"},
		"wide cells":         {"<table>" + rep("<tr><td>x", 400) + "<tr>" + rep("<td colspan=20 rowspan=20>x", 400), "table became lines"},
		"bold that goes on":  {bolds(90) + rep("<p>x", 200_000), "nested too deeply"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			soon(t)
			if report, _ := importFile(t, "a.json", export(t, tt.html)); !strings.Contains(report, tt.want) {
				t.Errorf("report:\n%.500s\nwant %q", report, tt.want)
			}
		})
	}
	t.Run("brackets in an answer", func(t *testing.T) {
		t.Parallel()
		soon(t)
		if report, _ := importFile(t, "a.csv", "Q?,\"<p>"+strings.Repeat("[\n\n", 80_000)+"</p>\""); !strings.Contains(report, "without an empty line") {
			t.Errorf("report:\n%.500s", report)
		}
	})
}

// TestTooMany holds that the number of articles is bounded, not only the size of files.
func TestTooMany(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ file, text, want string }{
		"objects":       {"a.json", `{"articles":[` + strings.Repeat("{},", 1_000_000) + `{}]}`, "more than 10000 articles"},
		"sections":      {"a.json", `{"sections":[` + strings.Repeat("{},", 10_000) + `{}]}`, "more than 10000 articles"},
		"rows":          {"a.csv", strings.Repeat("a\n", 400_000), "more than 10000 rows"},
		"a large table": {"a.csv", strings.Repeat("question,answer\n", 100_000), "larger than 1 MiB"},
		"separators":    {"a.csv", strings.Repeat(",", 10<<20), "larger than 1 MiB"},
		"a long number": {"a.json", `{"articles":[{"id":` + strings.Repeat("9", 1<<20) + `,"title":"A","body":"x","locale":"en"}]}`, "imported"},
		"a long key":    {"a.json", `{"articles":[{"` + strings.Repeat("k", 1<<20) + `":1,"` + strings.Repeat("k", 1<<20) + `":2}]}`, "given twice"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			soon(t)
			report, _ := importFile(t, tt.file, tt.text)
			if !strings.Contains(report, tt.want) {
				t.Errorf("report:\n%.500s\nwant %q", report, tt.want)
			}
			if len(report) > 2000 {
				t.Errorf("the report has %d bytes", len(report))
			}
		})
	}
	t.Run("a large single file", func(t *testing.T) {
		t.Parallel()
		o := options(t)
		o.Source, o.Format = filepath.Join(o.Source, "table.txt"), ingest.CSV
		writeFile(t, o.Source, []byte(strings.Repeat(",", 10<<20)))
		if _, err := ingest.Import(t.Context(), o); !errors.Is(err, ingest.ErrRefused) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a large archive", func(t *testing.T) {
		t.Parallel()
		name := zipped(t, entry{name: "good.md", text: "# Good\n\nText."})
		if err := os.Truncate(name, 65<<20); err != nil { // sparse
			t.Fatal(err)
		}
		if report, _ := importZip(t, name); !strings.Contains(report, "larger than 64 MiB") {
			t.Errorf("report:\n%s", report)
		}
	})
}

// TestManyTakenQuestions holds that each question which is there already does not cost a
// run of its own through the folder.
func TestManyTakenQuestions(t *testing.T) {
	t.Parallel()
	soon(t)
	o := options(t)
	o.Locale, o.Category = kb.EN, "account"
	var table, taken strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&table, "question %d,answer\n", i)
		fmt.Fprintf(&taken, "    - question %d\n", i)
	}
	writeFile(t, filepath.Join(o.Source, "a.csv"), []byte(table.String()+"another question,answer\n"))
	writeFile(t, filepath.Join(o.Into, "en/categories.yaml"), []byte("- id: account\n  title: Account\n  summary: Text.\n"))
	writeFile(t, filepath.Join(o.Into, "en/faq/old.md"), []byte("---\ntitle: Old\ncategory: account\nsummary: Text.\nupdated: 2026-01-01\nquestions:\n  old:\n"+
		taken.String()+"---\n\n## Old {#old}\n\nText.\n"))
	r, err := ingest.Import(t.Context(), o)
	if err != nil || r.Skipped != 2000 || r.Imported != 1 {
		t.Errorf("%d skipped, %d imported, %v", r.Skipped, r.Imported, err)
	}
}

// TestManyArticlesInOneSection holds the same for the search for a section's category.
func TestManyArticlesInOneSection(t *testing.T) {
	t.Parallel()
	soon(t)
	o := options(t)
	var articles []map[string]any
	for i := range 4000 {
		articles = append(articles, map[string]any{"id": i, "section_id": 1, "title": "Good", "body": "x", "locale": "en", "draft": false})
	}
	encoded, err := json.Marshal(map[string]any{"articles": articles, "sections": []any{map[string]any{"id": 1, "name": "A section", "locale": "en"}}})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(o.Source, "a.json"), encoded)
	var list strings.Builder
	for i := range 100 {
		fmt.Fprintf(&list, "- id: c%d\n  title: Category number %d\n  summary: Text.\n", i, i)
	}
	writeFile(t, filepath.Join(o.Into, "en/categories.yaml"), []byte(list.String()))
	o.DryRun = true
	if r, err := ingest.Import(t.Context(), o); err != nil || r.Skipped > 0 {
		t.Errorf("%d skipped, %v", r.Skipped, err)
	}
}

// TestInvisible holds what becomes of characters that nobody sees, whether they stand as
// they are or as an entity.
func TestInvisible(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		html, written string
		noted         bool
	}{
		"escapes of a terminal": {"<p>a&#27;[2J&#7;&#127;b</p>", "a[2Jb", true},
		"direction":             {"<p>a&#x202e;&lrm;b\u2067</p>", "ab", true},
		"tags":                  {"<p>a\U000e0049\U000e0067b&#xe0041;</p>", "ab", true},
		"hints":                 {"<p>with&shy;draw&#8203;al\u2060</p>", "withdrawal", false},
		"joiners":               {"<p>a&zwj;b&zwnj;c</p>", "a\u200db\u200cc", false},
		"our own mark":          {"<p>&#xe000;[a](https://a.example/) &#xe000;*b*</p>", `\[a](https://a.example/) \*b*`, true},
		"the converter's mark":  {"<p>&#7;[a](https://a.example/) c&#xf002;d</p>", `\[a](https://a.example/) cd`, true},
		"hidden between braces": {"<p>{&#x200b;{fact}&#7;}</p>", "{ {fact} }", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, written := importFile(t, "a.json", export(t, tt.html))
			if _, body, _ := strings.Cut(written, "---\n\n"); !strings.Contains(written, "---\n\n"+tt.written+"\n") {
				t.Errorf("written %q, want %q\n%s", body, tt.written, report)
			}
			if noted := strings.Contains(report, "control character"); noted != tt.noted {
				t.Errorf("noted: %v, want %v\n%s", noted, tt.noted, report)
			}
		})
	}
	t.Run("title and slug", func(t *testing.T) {
		t.Parallel()
		report, written := importFile(t, "a.md", "---\ntitle: \"With\u200bdra\u00adwal\u200f \u202egnp\"\n---\n\nText.\n")
		if !strings.Contains(written, "title: Withdrawal gnp\n") || !strings.Contains(report, "en/help/withdrawal-gnp.md") {
			t.Errorf("%s%s", report, written)
		}
	})
}

// TestNames holds that no name is written that a checkout elsewhere stumbles over, and
// that names which only begin oddly are read.
func TestNames(t *testing.T) {
	t.Parallel()
	o := options(t)
	o.Locale, o.Category = kb.EN, "account"
	for _, name := range []string{"CON", "nul", "com1", "Case", "case", "é", "e\u0301"} {
		writeFile(t, filepath.Join(o.Source, name+".md"), []byte("Text.\n"))
	}
	_, err := ingest.Import(t.Context(), o)
	var names []string
	for _, f := range outFiles(t, o.Into) {
		names = append(names, strings.TrimPrefix(f.Name, "out/en/"))
	}
	want := []string{"categories.yaml", "help/case-2.md", "help/case.md", "help/com1-2.md", "help/con-2.md", "help/e-2.md", "help/e.md", "help/nul-2.md"}
	if diff := cmp.Diff(want, names); diff != "" || err != nil {
		t.Errorf("%v, want (-), got (+):\n%s", err, diff)
	}
	if report, files := importZip(t, zipped(t, entry{name: "./good.md", text: "# Good\n\nText."})); len(files) != 2 {
		t.Errorf("a name that begins with ./ is not read:\n%s", report)
	}
}

// TestEncrypted holds that an entry with a password is named for what it is.
func TestEncrypted(t *testing.T) {
	t.Parallel()
	name := zipped(t, entry{name: "a.md", text: "# Good\n\nText."})
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	directory := strings.LastIndex(string(data), "PK\x01\x02")
	data[directory+8] |= 1
	writeFile(t, name, data)
	if report, files := importZip(t, name); !strings.Contains(report, "encrypted") || len(files) > 0 {
		t.Errorf("report:\n%sfiles %v", report, files)
	}
}

// TestLinkThatOnlyKBRefuses holds that such a link goes, and the article stays.
func TestLinkThatOnlyKBRefuses(t *testing.T) {
	t.Parallel()
	report, written := importFile(t, "a.json", export(t, `<p>Text <a href="https://[::1]/">here</a>.</p>`))
	if !strings.Contains(written, "Text here.") || !strings.Contains(report, "left out") {
		t.Errorf("%s%s", report, written)
	}
}

// TestChangedMeanwhile holds that what somebody else writes while an import runs is not
// lost.
func TestChangedMeanwhile(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ file, before, meanwhile string }{
		"categories":       {"en/categories.yaml", "- id: other\n  title: Other\n  summary: Text.\n", "- id: mine\n  title: Mine\n  summary: Text.\n"},
		"new categories":   {"en/categories.yaml", "", "- id: mine\n  title: Mine\n  summary: Text.\n"},
		"replaced article": {"en/help/good.md", "old", "mine"},
		"new article":      {"en/help/good.md", "", "mine"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(t)
			o.Locale, o.Category, o.Replace = kb.EN, "account", true
			writeFile(t, filepath.Join(o.Source, "good.md"), []byte("# Good\n\nText."))
			file := filepath.Join(o.Into, tt.file)
			if tt.before != "" {
				writeFile(t, file, []byte(tt.before))
			}
			o.Progress = func(int, int) { writeFile(t, file, []byte(tt.meanwhile)) }
			_, err := ingest.Import(t.Context(), o)
			got, readErr := os.ReadFile(file)
			if err == nil || !strings.Contains(err.Error(), "meanwhile") || readErr != nil || string(got) != tt.meanwhile {
				t.Errorf("error %v, the file holds %q", err, got)
			}
		})
	}
}

// TestLinkInTheWay holds that a link in the place of an article is replaced, not followed,
// whenever it was put there.
func TestLinkInTheWay(t *testing.T) {
	t.Parallel()
	for _, planted := range []string{"before", "meanwhile"} {
		t.Run(planted, func(t *testing.T) {
			t.Parallel()
			o := options(t)
			o.Locale, o.Category, o.Replace = kb.EN, "account", true
			secret := filepath.Join(t.TempDir(), "secret")
			writeFile(t, secret, []byte("secret"))
			writeFile(t, filepath.Join(o.Source, "good.md"), []byte("# Good\n\nText."))
			writeFile(t, filepath.Join(o.Into, "en/help/other.txt"), nil)
			plant := func() {
				if err := os.Symlink(secret, filepath.Join(o.Into, "en/help/good.md")); err != nil && !errors.Is(err, os.ErrExist) {
					t.Error(err)
				}
			}
			if planted == "before" {
				plant()
			}
			o.Progress = func(int, int) { plant() }
			_, err := ingest.Import(t.Context(), o)
			if got, readErr := os.ReadFile(secret); string(got) != "secret" {
				t.Errorf("error %v, %v: the secret is %q", err, readErr, got)
			}
			if planted == "meanwhile" && err == nil {
				t.Error("a link that somebody planted was replaced")
			}
		})
	}
}

// TestStopped holds that a run ends soon after it is told to, and says how far it was;
// another one finishes the work and clears up what a killed one has left.
func TestStopped(t *testing.T) {
	t.Parallel()
	o := options(t)
	o.Locale, o.Category = kb.EN, "account"
	for i := range 20 {
		writeFile(t, filepath.Join(o.Source, fmt.Sprintf("a%d.md", i)), []byte("# Good\n\nText."))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ingest.Import(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if files := outFiles(t, o.Into); len(files) > 0 {
		t.Errorf("written: %v", files)
	}
	left := filepath.Join(o.Into, "en/help/.import-LEFT")
	fresh := filepath.Join(o.Into, "en/help/.import-FRESH")
	writeFile(t, left, []byte("half"))
	writeFile(t, fresh, []byte("half"))
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(left, old, old); err != nil {
		t.Fatal(err)
	}
	if r, err := ingest.Import(t.Context(), o); err != nil || r.Skipped > 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what a killed run has left is there: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("the file of a run that may go on is gone: %v", err)
	}
}
