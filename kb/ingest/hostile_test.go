package ingest_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/kb/ingest"
)

// entry is a file of a zip.
type entry struct {
	name, text string
	mode       fs.FileMode
}

// zipped writes a zip and returns its path.
func zipped(t *testing.T, entries ...entry) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		header.SetMode(e.mode | 0o644)
		f, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "articles.zip")
	writeFile(t, name, b.Bytes())
	return name
}

// importZip imports a zip and returns the report and the names of what was written.
func importZip(t *testing.T, archive string) (report string, files []string) {
	t.Helper()
	o := options(t)
	o.Source, o.Locale, o.Category = archive, kb.EN, "account"
	r, err := ingest.Import(t.Context(), o)
	for _, f := range outFiles(t, o.Into) {
		files = append(files, f.Name)
	}
	// Nothing may be beside the folder either.
	beside, globErr := filepath.Glob(filepath.Join(filepath.Dir(o.Into), "*"))
	if globErr != nil || len(beside) > 2 {
		t.Errorf("written beside the folder: %v %v", beside, globErr)
	}
	return string(text(r, err)), files
}

func TestZip(t *testing.T) {
	t.Parallel()
	good := entry{name: "good.md", text: "# Good\n\nText."}
	tests := []struct {
		name  string
		entry entry
		want  string // of the report
	}{
		{"upwards", entry{name: "../evil.md", text: "# Evil\n\nText."}, "leads out of the archive"},
		{"upwards in the middle", entry{name: "a/../../evil.md", text: "# Evil\n\nText."}, "leads out of the archive"},
		{"absolute", entry{name: "/etc/evil.md", text: "# Evil\n\nText."}, "absolute file name"},
		{"drive", entry{name: "C:evil.md", text: "# Evil\n\nText."}, "absolute file name"},
		{"backslashes", entry{name: `..\evil.md`, text: "# Evil\n\nText."}, "with a backslash"},
		{"link", entry{name: "evil.md", text: "/etc/passwd", mode: fs.ModeSymlink}, "link or special file"},
		{"same name", good, "a second file of this name"},
		{"control characters in the name", entry{name: "e\x1b[2Jvil.md", text: ""}, "e\ufffd[2Jvil.md: no text"},
		{"too large", entry{name: "large.md", text: noise(2 << 20)}, "larger than 1 MiB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report, files := importZip(t, zipped(t, good, tt.entry))
			if !strings.Contains(report, tt.want) || !strings.Contains(report, "skipped") {
				t.Errorf("report:\n%swant %q", report, tt.want)
			}
			if len(files) != 2 || files[1] != "out/en/help/good.md" {
				t.Errorf("written: %v, want good.md and the categories", files)
			}
		})
	}
}

// noise is text that hardly compresses.
func noise(n int) string {
	var b strings.Builder
	for i := uint32(0); b.Len() < n; i++ {
		fmt.Fprintf(&b, "%08x\n", crc32.ChecksumIEEE([]byte{byte(i), byte(i >> 8), byte(i >> 16)}))
	}
	return b.String()
}

func TestZipBombs(t *testing.T) {
	t.Parallel()
	many := make([]entry, 5001)
	for i := range many {
		many[i] = entry{name: fmt.Sprintf("%d.txt", i)}
	}
	large, text := make([]entry, 5), noise(14<<20)
	for i := range large {
		large[i] = entry{name: fmt.Sprintf("%d.json", i), text: text}
	}
	for name, tt := range map[string]struct {
		entries []entry
		want    string
	}{
		"ratio": {[]entry{{name: "a.md", text: strings.Repeat("a", 10<<20)}}, "zip bomb"},
		"total": {large, "larger than 64 MiB"},
		"files": {many, "more than 5000 files"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, files := importZip(t, zipped(t, tt.entries...))
			if !strings.Contains(report, "source refused") || !strings.Contains(report, tt.want) || len(files) > 0 {
				t.Errorf("report:\n%sfiles %v, want %q", report, files, tt.want)
			}
		})
	}
	t.Run("no zip", func(t *testing.T) {
		t.Parallel()
		name := filepath.Join(t.TempDir(), "x.zip")
		writeFile(t, name, []byte("PK\x03\x04 nothing"))
		if report, _ := importZip(t, name); !strings.Contains(report, "not a sound zip file") {
			t.Errorf("report:\n%s", report)
		}
	})
}

// TestZipLies holds for an entry that is longer than its header says.
func TestZipLies(t *testing.T) {
	t.Parallel()
	name := zipped(t, entry{name: "a.md", text: strings.Repeat("text ", 1000)})
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	directory := bytes.LastIndex(data, []byte("PK\x01\x02"))
	copy(data[directory+24:], []byte{10, 0, 0, 0}) // the size in the directory
	writeFile(t, name, data)
	report, files := importZip(t, name)
	if !strings.Contains(report, "skipped") || len(files) > 0 {
		t.Errorf("report:\n%sfiles %v", report, files)
	}
}

func TestFolderLinks(t *testing.T) {
	t.Parallel()
	o := options(t)
	o.Locale, o.Category = kb.EN, "account"
	secret := filepath.Join(t.TempDir(), "secret.md")
	writeFile(t, secret, []byte("# Secret\n\nText."))
	writeFile(t, filepath.Join(o.Source, "good.md"), []byte("# Good\n\nText."))
	for link, to := range map[string]string{"link.md": secret, "folder": filepath.Dir(secret), "loop": "."} {
		if err := os.Symlink(to, filepath.Join(o.Source, link)); err != nil {
			t.Fatal(err)
		}
	}
	r, err := ingest.Import(t.Context(), o)
	if report := string(text(r, err)); strings.Count(report, "link or special file") != 3 || r.Skipped != 3 {
		t.Errorf("report:\n%s", report)
	}
	if files := outFiles(t, o.Into); len(files) != 2 {
		t.Errorf("written: %v", files)
	}
}

// TestTargetLinks holds that nothing is written through a link that leads out of the
// target folder.
func TestTargetLinks(t *testing.T) {
	t.Parallel()
	o := options(t)
	o.Locale, o.Category = kb.EN, "account"
	outside := t.TempDir()
	writeFile(t, filepath.Join(o.Source, "good.md"), []byte("# Good\n\nText."))
	writeFile(t, filepath.Join(o.Into, "x"), nil)
	if err := os.Symlink(outside, filepath.Join(o.Into, "en")); err != nil {
		t.Fatal(err)
	}
	_, err := ingest.Import(t.Context(), o)
	if files := outFiles(t, outside); err == nil || len(files) > 0 {
		t.Errorf("error %v, written: %v", err, files)
	}
}

// TestNesting holds that texts which would keep a parser busy for minutes do not reach it.
func TestNesting(t *testing.T) {
	t.Parallel()
	lists := strings.Builder{}
	for i := range 250 {
		lists.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	for name, tt := range map[string]struct{ file, text, want string }{
		"quotes":           {"a.md", strings.Repeat(">", 64<<10), "nested deeper"},
		"lists":            {"a.md", strings.Repeat("- ", 32<<10), "nested deeper"},
		"indented lists":   {"a.md", lists.String(), "nested deeper"},
		"numbers":          {"a.md", strings.Repeat("1. ", 20<<10), "nested deeper"},
		"brackets":         {"a.md", strings.Repeat("[", 64<<10), "without an empty line"},
		"large":            {"a.md", strings.Repeat("word word\n\n", 1<<20), "larger than 1 MiB"},
		"HTML divisions":   {"a.md", strings.Repeat("<div>", 2000), "nested too deeply"},
		"HTML formatting":  {"a.csv", "Q?,\"" + strings.Repeat("<b><i>", 2000) + "\"", "nested too deeply"},
		"HTML attributes":  {"a.csv", "Q?,<p>" + bolds(200) + "x</p>", "nested too deeply"},
		"HTML lists":       {"a.md", strings.Repeat("<ul><li>", 2000), "nested too deeply"},
		"HTML tables":      {"a.md", strings.Repeat("<table><tr><td>", 1000), "nested too deeply"},
		"quotes in a note": {"a.md", ":::tip " + strings.Repeat(">", 10<<10), "nested deeper"},
		"quotes in a CSV":  {"a.csv", "Q?," + strings.Repeat(">", 64<<10), "nested deeper"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begin := time.Now()
			report, written := importFile(t, tt.file, tt.text)
			if !strings.Contains(report, tt.want) || written != "" {
				t.Errorf("report:\n%.500s\nwant %q", report, tt.want)
			}
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// bolds opens b elements that differ, which a parser would open again in every block.
func bolds(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<b id=%d>", i)
	}
	return b.String()
}

// TestMarkup holds what becomes of markup that must not stay.
func TestMarkup(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<ul><li>x", 12) + strings.Repeat("</li></ul>", 12)
	for name, tt := range map[string]struct {
		html    string
		written []string // in the file
		gone    []string // not in the file
		report  string
	}{
		"script":              {`<p>a<script>alert(1)</script>b</p>`, []string{"ab\n"}, []string{"alert"}, "script left out"},
		"style":               {`<p>a<style>p{}</style>b</p>`, []string{"ab\n"}, []string{"p{}"}, "imported"},
		"iframe":              {`<p>a</p><iframe src="https://v.example/1">old</iframe>`, []string{"a\n"}, []string{"old", "v.example"}, "https://v.example/1"},
		"video":               {`<p>a</p><video><source src="/m.mp4"></video>`, nil, []string{"m.mp4"}, "/m.mp4"},
		"event handler":       {`<p onclick="alert(1)">a</p>`, []string{"a\n"}, []string{"alert"}, "imported"},
		"javascript link":     {`<p><a href="javascript:alert(1)">a</a></p>`, []string{"a\n"}, []string{"alert", "]("}, "javascript:alert(1)"},
		"broken-up script":    {"<p><a href=\" java\nscript:alert(1)\">a</a></p>", []string{"a\n"}, []string{"alert", "]("}, "javascript:alert(1)"},
		"data link":           {`<p><a href="data:text/html,x">a</a></p>`, []string{"a\n"}, []string{"data:"}, "data:text/html,x"},
		"data image":          {`<p><img src="data:image/png;base64,AAAA" alt="A chart"></p>`, []string{"A chart"}, []string{"AAAA"}, "A chart"},
		"user in address":     {`<p><a href="https://demo.example@evil.example/">a</a></p>`, nil, []string{"evil"}, "evil.example"},
		"host without scheme": {`<p><a href="//evil.example/">a</a></p>`, nil, []string{"evil"}, "evil.example"},
		"backslashes":         {`<p><a href="\\evil.example\x">a</a></p>`, nil, []string{"evil"}, "left out"},
		"braces in a link":    {`<p><a href="https://a.example/{{x}}">a</a></p>`, []string{"https://a.example/%7B%7Bx%7D%7D"}, []string{"{{"}, "imported"},
		"braces over two":     {`<p>{<span>{x}</span>}</p>`, []string{"{ {x} }"}, nil, "double braces"},
		"text of tags":        {`<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;</p>`, []string{`&lt;script&gt;alert(1)&lt;/script&gt; \&lt;b\&gt;`}, nil, "imported"},
		"Markdown in text":    {`<p># a</p><p>- b</p><p>[c](javascript:x)</p><p>&gt; d</p><p>![e](f)</p><p>---</p><p>| g |<br>|---|</p>`, nil, nil, "imported"},
		"bold that cannot be": {`<p>a<b>«b»</b>c</p>`, []string{"a«b»c"}, nil, "bold, italics and code left out"},
		"deep lists":          {deep, []string{"- x"}, nil, "flattened"},
		"anchor in heading":   {`<p>a</p><h2>H {#x} {y=1}</h2><p>b</p>`, nil, nil, "imported"},
		"heading in a list":   {`<ul><li><h3>Head</h3><p>b</p></li></ul>`, []string{"**Head**"}, []string{"## "}, "bold line"},
		"form":                {`<form action="/x"><label>Name <input name="n"></label></form>`, []string{"Name"}, nil, "form field"},
		"markers in a quote":  {`<blockquote><p>- a</p><p># b</p><p>1) c<br>=== d</p><p>~~~</p></blockquote>`, []string{"> \\- a", "> \\# b", `1\) c`, `\=== d`, `\~~~`}, nil, "imported"},
		"code in a quote":     {"<blockquote><pre>- a\n  b</pre></blockquote>", []string{"> \\- a  \n> b"}, nil, "became lines"},
		"unclosed":            {`<p>a<table><tr><td>b<td>c<p>d`, []string{"| b | c d |"}, nil, "imported"},
		"table in a list":     {`<ul><li>x<table><tr><td>b</td><td>c</td></tr></table></li></ul>`, []string{"b — c"}, nil, "became lines"},
		"layout table":        {`<table><tr><td><h2>H</h2><p>b</p></td></tr></table>`, []string{"## H {#h}"}, []string{"|"}, "imported"},
		"huge spans":          {`<table><tr><td colspan="99999999" rowspan="9999999">b</td><td>c</td></tr></table>`, []string{"| b | c |"}, nil, "imported"},
		"link over blocks":    {`<a href="https://a.example/"><div>a</div><div>b</div></a>`, []string{"[a](https://a.example/)", "[b](https://a.example/)"}, nil, "imported"},
		"comment":             {`<p>a<!-- {{secret}} --></p>`, nil, []string{"secret"}, "imported"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, written := importFile(t, "a.json", export(t, tt.html))
			for _, want := range tt.written {
				if !strings.Contains(written, want) {
					t.Errorf("%q is missing in:\n%s", want, written)
				}
			}
			for _, gone := range tt.gone {
				if strings.Contains(written, gone) {
					t.Errorf("%q is in:\n%s", gone, written)
				}
			}
			if !strings.Contains(report, tt.report) || written == "" {
				t.Errorf("report:\n%swant %q", report, tt.report)
			}
			if strings.Contains(report, "differs") {
				t.Errorf("text was changed:\n%s%s", report, written)
			}
		})
	}
}

// export is an export with one article.
func export(t *testing.T, body string) string {
	t.Helper()
	encoded, err := json.Marshal(map[string]any{"articles": []any{
		map[string]any{"id": 1, "title": "A title", "body": body, "locale": "en-us", "updated_at": "2026-01-01T00:00:00Z"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func TestJSON(t *testing.T) {
	t.Parallel()
	const good = `{"id":2,"title":"Good","body":"<p>Text.</p>","locale":"en-us"}`
	for name, tt := range map[string]struct {
		json, want string
		others     bool // the other article is imported
	}{
		"truncated":         {`{"articles":[{"id":1,"title":"A`, "ends in the middle, at byte", false},
		"broken":            {`{"articles":[,]}`, "broken JSON near byte", false},
		"no object":         {`["articles"]`, "not a JSON object", false},
		"empty":             {``, "ends in the middle", false},
		"deep":              {`{"articles":` + strings.Repeat("[", 100000), "broken JSON", false},
		"something else":    {`{"name":"a package"}`, "holds no articles, sections or categories", false},
		"two lists":         {`{"articles":[],"articles":[` + good + `]}`, `"articles" is given twice`, false},
		"two keys":          {`{"articles":[{"id":1,"title":"A","title":"B","body":"<p>x</p>","locale":"en"},` + good + `]}`, `"title" is given twice`, true},
		"two keys by case":  {`{"articles":[{"id":1,"title":"A","Title":"B","body":"<p>x</p>","locale":"en"},` + good + `]}`, `"Title" is given twice`, true},
		"wrong type":        {`{"articles":[{"id":1,"title":["A"],"body":"<p>x</p>","locale":"en"},` + good + `]}`, `wrong type: "title" is array`, true},
		"no article":        {`{"articles":[7,` + good + `]}`, "not a JSON object", true},
		"wrong list":        {`{"articles":"none"}`, `wrong type: "articles" is string`, false},
		"no text":           {`{"articles":[{"id":1,"title":"A","body":null,"locale":"en"},` + good + `]}`, "no text", true},
		"empty text":        {`{"articles":[{"id":1,"title":"A","body":"<p>&nbsp;</p>","locale":"en"},` + good + `]}`, "no text", true},
		"draft":             {`{"articles":[{"id":1,"title":"A","body":"<p>x</p>","locale":"en","draft":true},` + good + `]}`, "draft", true},
		"unknown language":  {`{"articles":[{"id":1,"title":"A","body":"<p>x</p>","locale":"pt-br"},` + good + `]}`, `language "pt-br" is not spoken here`, true},
		"same article":      {`{"articles":[` + good + `,` + good + `]}`, "the same article as", true},
		"missing pages":     {`{"count":9,"next_page":"https://x.example/?page=2","articles":[` + good + `]}`, "9 articles", true},
		"control character": {`{"articles":[{"id":1,"title":"A\u0000\u001b","body":"<p>x\u0000\u202e</p>","locale":"en"},` + good + `]}`, "2 control characters removed", true},
		"lone surrogate":    {`{"articles":[{"id":1,"title":"A\ud800","body":"<p>x\udfff</p>","locale":"en"},` + good + `]}`, "imported", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, written := importFile(t, "a.json", tt.json)
			if !strings.Contains(report, tt.want) {
				t.Errorf("report:\n%.500s\nwant %q", report, tt.want)
			}
			if got := strings.Contains(written, "title: Good"); got != tt.others {
				t.Errorf("the other article was imported: %v, want %v\n%s", got, tt.others, report)
			}
		})
	}
}
