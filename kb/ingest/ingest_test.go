package ingest_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"otvet/kb"
	"otvet/kb/ingest"
)

var update = flag.Bool("update", false, "write the goldens anew")

// today is the day on which the tests import.
var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// TestSpecifications runs the archives of testdata/spec. "in/" is the source, "before/"
// what the target folder holds, "report" and "out/" what comes of it; the archive's
// comment ends with a line of options such as "locale=en category=account".
func TestSpecifications(t *testing.T) {
	t.Parallel()
	specs, err := filepath.Glob("testdata/spec/*.txtar")
	if err != nil || len(specs) == 0 {
		t.Fatalf("no specifications: %v", err)
	}
	for _, spec := range specs {
		t.Run(strings.TrimSuffix(filepath.Base(spec), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runSpecification(t, spec)
		})
	}
}

func runSpecification(t *testing.T, spec string) {
	t.Helper()
	archive, err := txtar.ParseFile(spec)
	if err != nil {
		t.Fatal(err)
	}
	o := options(t)
	readOptions(t, &o, archive.Comment)
	want, kept := &txtar.Archive{Comment: archive.Comment}, &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		switch folder, name, _ := strings.Cut(f.Name, "/"); folder {
		case "in":
			writeFile(t, filepath.Join(o.Source, name), f.Data)
			kept.Files = append(kept.Files, f)
		case "before":
			writeFile(t, filepath.Join(o.Into, name), f.Data)
			kept.Files = append(kept.Files, f)
		default:
			want.Files = append(want.Files, f)
		}
	}
	report, err := ingest.Import(t.Context(), o)
	result := &txtar.Archive{Comment: archive.Comment, Files: append([]txtar.File{{Name: "report", Data: text(report, err)}}, outFiles(t, o.Into)...)}
	if *update {
		kept.Files = append(kept.Files, result.Files...)
		if err := os.WriteFile(spec, txtar.Format(kept), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(txtar.Format(want)), string(txtar.Format(result))); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// options are those of a test with a source and a target folder of its own.
func options(t *testing.T) ingest.Options {
	t.Helper()
	dir := t.TempDir()
	source := filepath.Join(dir, "source")
	if err := os.Mkdir(source, 0o755); err != nil {
		t.Fatal(err)
	}
	return ingest.Options{Source: source, Into: filepath.Join(dir, "content"), Now: today}
}

// readOptions reads the last line of a comment.
func readOptions(t *testing.T, o *ingest.Options, comment []byte) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(string(comment)), "\n")
	for _, word := range strings.Fields(lines[len(lines)-1]) {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return
		}
		switch name {
		case "locale":
			o.Locale = kb.Locale(value)
		case "category":
			o.Category = value
		case "kind":
			o.Kind = kb.Kind(value)
		case "format":
			o.Format = ingest.Format(value)
		case "replace":
			o.Replace = value == "true"
		case "file":
			o.Source = filepath.Join(o.Source, value)
		default:
			t.Fatalf("unknown option %q", word)
		}
	}
}

// text is what the command would print.
func text(report ingest.Report, err error) []byte {
	var b bytes.Buffer
	for _, item := range report.Items {
		fmt.Fprintln(&b, item)
	}
	if err != nil {
		message := err.Error()
		fmt.Fprintln(&b, "error:", message[strings.Index(message, ": ")+2:])
	}
	return b.Bytes()
}

// outFiles returns the files of a folder, named below "out/".
func outFiles(t *testing.T, dir string) (files []txtar.File) {
	t.Helper()
	if _, err := os.Stat(dir); err != nil {
		return nil
	}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		files = append(files, txtar.File{Name: "out/" + filepath.ToSlash(name), Data: data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// importFile imports one file and returns the report and what was written.
func importFile(t *testing.T, name, content string, more ...func(*ingest.Options)) (report, written string) {
	t.Helper()
	o := options(t)
	o.Locale, o.Category = kb.EN, "account"
	for _, change := range more {
		change(&o)
	}
	writeFile(t, filepath.Join(o.Source, name), []byte(content))
	r, err := ingest.Import(t.Context(), o)
	for _, f := range outFiles(t, o.Into) {
		if strings.HasSuffix(f.Name, ".md") {
			written += string(f.Data)
		}
	}
	checkLoads(t, o.Into)
	return string(text(r, err)), written
}

// checkLoads fails when content that was imported has problems that are not for people:
// a missing language, translation or letter.
func checkLoads(t *testing.T, dir string) {
	t.Helper()
	_, problems := kb.Load(os.DirFS(dir), today)
	for _, p := range problems {
		isTranslation := strings.Contains(p.Message, "missing translation") || strings.Contains(p.Message, "missing letter")
		if strings.Contains(p.File, "/") && !isTranslation {
			t.Errorf("imported content has a problem: %v", p)
		}
	}
}
