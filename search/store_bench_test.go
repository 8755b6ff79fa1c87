package search_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"otvet/kb"
	"otvet/search"
)

// bigContent is the shipped content with so many more articles, in both languages, that it
// has about n passages, and no problems. Their words are those of the shipped content.
func bigContent(t testing.TB, n int) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	shipped := os.DirFS("../content")
	err := fs.WalkDir(shipped, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, err := fs.ReadFile(shipped, name)
			files[name] = &fstest.MapFile{Data: data}
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	lib, _ := kb.Load(shipped, today())
	for _, loc := range kb.Locales() {
		addArticles(files, lib, loc, n/2-len(lib.Passages(loc)))
	}
	return files
}

// addArticles adds articles of twenty questions each.
func addArticles(files fstest.MapFS, lib *kb.Library, loc kb.Locale, n int) {
	rng := rand.New(rand.NewPCG(1, 2))
	var sentences, words []string
	for _, p := range lib.Passages(loc) {
		sentences = append(sentences, kb.Sentences(p.Text)...)
		words = append(words, strings.Fields(p.Heading)...)
	}
	some := func(from []string, n int) string {
		var picked []string
		for range n {
			picked = append(picked, from[rng.IntN(len(from))])
		}
		return unmarked.Replace(strings.Join(picked, " "))
	}
	for i := range n / 20 {
		var head, body strings.Builder
		fmt.Fprintf(&head, "---\ntitle: %s %d\ncategory: withdrawals\nsummary: A summary.\nupdated: 2026-10-12\nquestions:\n", some(words, 2), i)
		for j := range 20 {
			fmt.Fprintf(&head, "  q%d: [\"%s %d\", \"%s %d\"]\n", j, some(words, 5), 20*i+j, some(words, 4), 20*i+j)
			fmt.Fprintf(&body, "\n## %s %d? {#q%d}\n\n%s\n\n%s\n", some(words, 3), 20*i+j, j, some(sentences, 3), some(sentences, 3))
		}
		files[fmt.Sprintf("%s/faq/s%d.md", loc, i)] = &fstest.MapFile{Data: []byte(head.String() + "---\n" + body.String())}
	}
}

// unmarked takes out what would mean something in Markdown and YAML.
var unmarked = strings.NewReplacer("{", "", "}", "", "?", "", "#", "", "[", "", "]", "", ":", "", `"`, "", "*", "", "_", "", "<", "", "\t", " ", "|", "", "`", "", "\n", " ", "\\", "", "(", "", ")", "", "!", "", "'", "")

// BenchmarkOpen opens a stored index as a start does, the content's files read and hashed
// from a folder; see BenchmarkNewEngine for what it spares.
func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			content := filepath.Join(dir, "content")
			if err := os.CopyFS(content, bigContent(b, n)); err != nil {
				b.Fatal(err)
			}
			openStored(b, os.DirFS(content), filepath.Join(dir, "index"))
			store := search.NewStore(filepath.Join(dir, "index"), (&said{}).log())
			for b.Loop() {
				engine, problems, err := search.Open(os.DirFS(content), today(), store)
				if err != nil || len(problems) > 0 {
					b.Fatal(problems, err)
				}
				if err := engine.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkResident reports what an open engine on 10,000 passages keeps on the heap, texts
// included.
func BenchmarkResident(b *testing.B) {
	content, dir := bigContent(b, 10_000), filepath.Join(b.TempDir(), "index")
	openStored(b, content, dir)
	for b.Loop() {
		before := heap()
		engine, _ := openStored(b, content, dir)
		b.ReportMetric(float64(heap()-before)/(1<<20), "MiB")
		runtime.KeepAlive(engine)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
