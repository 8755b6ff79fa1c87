package kb_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
)

func TestProblemsOfFiles(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{
			"stray file in a kind",
			[]edit{put("ru/faq/notes.txt", "")},
			`ru/faq/notes.txt: stray file or folder: here are only files <slug>.md`,
		},
		{
			"stray folder in a kind",
			[]edit{put("ru/faq/more/x.md", "")},
			`ru/faq/more: stray file or folder: here are only files <slug>.md`,
		},
		{
			"stray file in a language",
			[]edit{put("ru/notes.md", "")},
			`ru/notes.md: stray file or folder: here are only categories.yaml, departments.yaml, synonyms.yaml, decision.yaml and the folders faq, help, terms, letters`,
		},
		{
			"unknown kind",
			[]edit{put("ru/faqs/x.md", "")},
			`ru/faqs: stray file or folder: here are only categories.yaml, departments.yaml, synonyms.yaml, decision.yaml and the folders faq, help, terms, letters`,
		},
		{
			"unknown language",
			[]edit{put("de/faq/x.md", "")},
			`de: unknown language: the folders of articles here are ru, en`,
		},
		{
			"bad slug",
			[]edit{put("ru/faq/Вывод.md", "")},
			`ru/faq/Вывод.md: bad file name: write <slug>.md, or <slug>@2025-11-01.md for an older version of Terms; in slugs a-z, 0-9 and inner hyphens, at most 100 characters`,
		},
		{
			"version of an FAQ",
			[]edit{put("ru/faq/withdrawals@2025-11-01.md", "")},
			`ru/faq/withdrawals@2025-11-01.md: bad file name: write <slug>.md, or <slug>@2025-11-01.md for an older version of Terms; in slugs a-z, 0-9 and inner hyphens, at most 100 characters`,
		},
		{
			"symbolic link",
			[]edit{func(_ testing.TB, fsys fstest.MapFS) {
				fsys[ruAck] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("/etc/passwd")}
			}},
			`ru/letters/ack.md: not a regular file: put the file itself here`,
		},
		{
			"nothing at all",
			[]edit{remove("ru"), remove("en")},
			`
en: folder cannot be read: open en: file does not exist
en: no articles in this language: write them in the folders faq, help, terms
ru: folder cannot be read: open ru: file does not exist
ru: no articles in this language: write them in the folders faq, help, terms`,
		},
	})
}

// TestLoadOfWindowsFiles loads the clean tree as a Windows editor would save it.
func TestLoadOfWindowsFiles(t *testing.T) {
	t.Parallel()
	fsys := cleanTree(t)
	for name, f := range fsys {
		text := "\ufeff" + strings.ReplaceAll(string(f.Data), "\n", "\r\n")
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	want := printed(load(t, cleanTree(t), today()))
	got := printed(load(t, fsys, today()))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("CRLF and BOM make a difference (-want +got):\n%s", diff)
	}
}

func TestRevisionFollowsEveryFile(t *testing.T) {
	t.Parallel()
	revision := func(edits ...edit) string {
		return load(t, cleanTree(t, edits...), today()).Revision()
	}
	before := revision()
	tests := []struct {
		name string
		edit edit
		same bool
	}{
		{"nothing", put(ruFAQ, string(cleanTree(t)[ruFAQ].Data)), true},
		{"draft", put("ru/faq/_draft.md", "Другой черновик."), true},
		{"file at the root", put("README.md", "Otherwise."), true},
		{"article", replace(ruFAQ, "Обычно", "Чаще всего"), false},
		{"article not in force", replace(ruTerms, "Комиссии нет.", "Без комиссии."), false},
		{"category", replace("ru/categories.yaml", "Вход и данные", "Данные и вход"), false},
		{"letter", replace(ruAck, "Мы получили", "Получили"), false},
		{"synonyms", remove("ru/synonyms.yaml"), false},
	}
	for _, tt := range tests {
		if after := revision(tt.edit); (after == before) != tt.same {
			t.Errorf("%s: revision was %s and is %s, want the same: %v", tt.name, before, after, tt.same)
		}
	}
}

// brokenFS is a disk on which one file cannot be opened.
type brokenFS struct {
	fs.FS
	file string
}

func (b brokenFS) Open(name string) (fs.File, error) {
	if name == b.file {
		return nil, fs.ErrPermission
	}
	return b.FS.Open(name)
}

func TestLoadReportsWhatItCannotRead(t *testing.T) {
	t.Parallel()
	checkProblems(t, brokenFS{cleanTree(t), ruHelp},
		"ru/help/first-withdrawal.md: cannot be read: open: permission denied")
	checkProblems(t, brokenFS{cleanTree(t), "ru/letters"},
		"en/letters/ack.md: missing translation: write ru/letters/ack.md\n"+
			"en/letters/reply.md: missing translation: write ru/letters/reply.md\n"+
			"en/letters/safety-unsent.md: missing translation: write ru/letters/safety-unsent.md\n"+
			"en/letters/safety.md: missing translation: write ru/letters/safety.md\n"+
			"ru/letters: folder cannot be read: permission denied")
}

// BenchmarkLoad loads the content that ships.
func BenchmarkLoad(b *testing.B) {
	fsys := os.DirFS("../content")
	passages := 0
	for b.Loop() {
		lib, _ := kb.Load(fsys, today())
		passages = len(lib.Passages(kb.RU)) + len(lib.Passages(kb.EN))
	}
	b.ReportMetric(float64(passages), "passages")
}
