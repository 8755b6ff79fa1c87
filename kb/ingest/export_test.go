package ingest_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"otvet/kb"
	"otvet/kb/ingest"
)

// importExport imports the export of testdata/export, a help centre of the invented
// operator Demo Bet in two languages.
func importExport(t *testing.T) (o ingest.Options, report string) {
	t.Helper()
	o = options(t)
	o.Source = "testdata/export"
	r, err := ingest.Import(t.Context(), o)
	return o, string(text(r, err))
}

func TestExport(t *testing.T) {
	t.Parallel()
	o, report := importExport(t)
	const golden = "testdata/export.golden"
	got := txtar.Format(&txtar.Archive{Files: append([]txtar.File{{Name: "report", Data: []byte(report)}}, outFiles(t, o.Into)...)})
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// TestExportLoads holds that only what a person must write is missing.
func TestExportLoads(t *testing.T) {
	t.Parallel()
	o, _ := importExport(t)
	_, problems := kb.Load(os.DirFS(o.Into), today)
	var got []string
	for _, p := range problems {
		message, _, _ := strings.Cut(p.Message, ":")
		got = append(got, p.File+" "+message)
	}
	want := []string{
		"en/help/two-factor-sign-in.md missing translation",
		"en/help/wagering-a-bonus-an-example.md missing translation of the section",
		"en/help/wagering-a-bonus-an-example.md missing translation of the section",
		"ru/help/wagering-a-bonus-an-example.md missing translation of the section",
	}
	for _, letter := range kb.RequiredLetters() {
		want = append(want, "ru/letters/"+letter+".md missing letter")
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems: want (-), got (+):\n%s", diff)
	}
}

// sourceArticle is an article as the export has it.
type sourceArticle struct{ Title, Body, Locale string }

// sourceArticles returns the published articles of the export.
func sourceArticles(t *testing.T) (all []sourceArticle) {
	t.Helper()
	for _, name := range []string{"testdata/export/articles-en.json", "testdata/export/articles-ru.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var page struct {
			Articles []struct {
				sourceArticle
				Draft bool
			}
		}
		if err := json.Unmarshal(data, &page); err != nil {
			t.Fatal(err)
		}
		for _, a := range page.Articles {
			if !a.Draft {
				all = append(all, a.sourceArticle)
			}
		}
	}
	return all
}

// TestExportLosesNothing compares the words of each article's HTML with the words of the
// article that kb loads: every word is there in its order, unless the report names it.
func TestExportLosesNothing(t *testing.T) {
	t.Parallel()
	o, _ := importExport(t)
	library, _ := kb.Load(os.DirFS(o.Into), today)
	for _, source := range sourceArticles(t) {
		loaded := findArticle(t, library, source)
		var got strings.Builder
		for _, s := range loaded.Sections {
			got.WriteString(s.Heading + "\n" + s.Text + "\n")
		}
		if diff := cmp.Diff(words(sourceText(t, source.Body)), words(got.String())); diff != "" {
			t.Errorf("%s: source (-), loaded (+):\n%s", source.Title, diff)
		}
	}
}

// TestExportKeepsStructure counts in source and result what words do not show.
func TestExportKeepsStructure(t *testing.T) {
	t.Parallel()
	o, _ := importExport(t)
	library, _ := kb.Load(os.DirFS(o.Into), today)
	for _, source := range sourceArticles(t) {
		loaded := findArticle(t, library, source)
		rendered, headings := "", 0
		for _, s := range loaded.Sections {
			rendered += string(s.HTML)
			if s.Level > 0 {
				headings++
			}
		}
		body := strings.ReplaceAll(source.Body, "<td><ul><li>3–5 business days</li><li>longer abroad</li></ul></td>", "<td></td>")
		if want := len(regexp.MustCompile(`<h[1-6]`).FindAllString(body, -1)); headings != want {
			t.Errorf("%s: %d headings, want %d", source.Title, headings, want)
		}
		for element, pattern := range map[string]string{
			"<li>": `<li>|<dt>`, "<tr>": `<tr>`, "<strong>": `<strong>|<dt>|<summary>`, "<blockquote>": `<blockquote>`, "<pre>": `<pre>`,
			"<a ": `<a href="(https://www|mailto:|#h|/hc/en-us/(requests|articles/10)|/hc/ru|https://help)`,
		} {
			if got, want := strings.Count(rendered, element), len(regexp.MustCompile(pattern).FindAllString(body, -1)); got != want {
				t.Errorf("%s: %d of %s, want %d", source.Title, got, element, want)
			}
		}
	}
}

func findArticle(t *testing.T, library *kb.Library, source sourceArticle) *kb.Article {
	t.Helper()
	for _, a := range library.Articles(kb.Locale(source.Locale[:2])) {
		if a.Title == source.Title {
			return a
		}
	}
	t.Fatalf("%q was not imported", source.Title)
	return nil
}

// sourceText returns all text of HTML, with the descriptions of images, and without
// what the report says is left out.
func sourceText(t *testing.T, body string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "iframe":
			b.WriteString(n.Data)
		case n.Data == "img":
			for _, a := range n.Attr {
				if a.Key == "alt" {
					b.WriteString(" " + a.Val + " ")
				}
			}
		case n.Type == html.ElementNode && !slices.Contains([]string{"a", "strong", "em", "span", "code"}, n.Data):
			b.WriteString("\n")
		}
	}
	return b.String()
}

// words returns the words of a text, a number with its unit and punctuation included. The
// semicolon that the items of a list in a table get is the one mark that is added.
func words(text string) []string {
	return strings.Fields(strings.NewReplacer("{ {", "{{", "} }", "}}", "days; longer", "days longer").Replace(text))
}
