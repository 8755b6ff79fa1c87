package kb

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"
)

// memory is a tape of values in memory.
type memory struct {
	reading bool
	values  []any
}

func (m *memory) String(s *string) { pass(m, s) }
func (m *memory) Int(n *int64)     { pass(m, n) }
func (m *memory) Count(n int) int  { pass(m, &n); return n }

func pass[T any](m *memory, v *T) {
	if !m.reading {
		m.values = append(m.values, *v)
		return
	}
	*v = m.values[0].(T)
	m.values = m.values[1:]
}

// copied returns what a library is after a journey over a tape.
func copied(t testing.TB, lib *Library) *Library {
	t.Helper()
	m := &memory{}
	lib.Transfer(m)
	m.reading = true
	again := &Library{}
	again.Transfer(m)
	if len(m.values) > 0 {
		t.Errorf("%d values were not read", len(m.values))
	}
	return again
}

// TestTransferKeepsEverything compares all fields, those that nobody can see from outside too: whoever
// adds one to a type must pass it as well.
func TestTransferKeepsEverything(t *testing.T) {
	t.Parallel()
	lib, problems := Load(transferContent(), time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if again := copied(t, lib); !reflect.DeepEqual(lib, again) {
		t.Errorf("written %+v\nread %+v", lib, again)
	}
	told := map[string]bool{}
	for _, a := range slices.Concat(lib.Articles(RU), lib.Articles(EN)) {
		tell(told, *a)
		for _, section := range a.Sections {
			tell(told, section)
		}
	}
	letter, _ := lib.Letter(RU, "ack")
	thresholds, _ := lib.Thresholds(RU)
	tell(told, letter)
	tell(told, thresholds)
	tell(told, lib.Categories(RU)[0])
	tell(told, lib.Departments(RU)[0])
	for field, seen := range told {
		if !seen && field != "Article.Review" {
			t.Errorf("%s is empty everywhere: this test does not see whether it is passed", field)
		}
	}
}

// tell notes which fields of a struct hold something.
func tell(told map[string]bool, v any) {
	for i, at := 0, reflect.ValueOf(v); i < at.NumField(); i++ {
		name := at.Type().Name() + "." + at.Type().Field(i).Name
		told[name] = told[name] || !at.Field(i).IsZero()
	}
}

// transferContent is content with everything that a library can hold.
func transferContent() fstest.MapFS {
	files := fstest.MapFS{}
	put := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	for _, loc := range Locales() {
		l := string(loc)
		put(l+"/categories.yaml", "- {id: money, title: Money, summary: All about it., department: till, kind: problem, asks: [amount], needs: [amount]}\n")
		put(l+"/departments.yaml", "- {id: till, title: The till}\n")
		put(l+"/synonyms.yaml", "- [cash, money]\n")
		put(l+"/decision.yaml", "answer: 0.8\nsuggest: 0.3\ncategories:\n  money: 0.9\n")
		put(l+"/faq/money.md", "---\ntitle: Money\ncategory: money\nsummary: Short.\nupdated: 2026-10-01\nquestions:\n  when: [where is it]\n---\n\n## When? {#when}\n\nSoon, [see](../terms/money.md#one).\n")
		put(l+"/help/money.md", "---\ntitle: A guide\ncategory: money\nsummary: Short.\nupdated: 2026-10-01\nquestions: [how]\n---\n\n## First {#first}\n\nDo *it*.\n\n### Then {#then}\n\nMore.\n")
		put(l+"/terms/money.md", "---\ntitle: Terms\ncategory: money\nsummary: Short.\nupdated: 2026-10-01\neffective: 2027-01-01\n---\n\n## 1. One {#one}\n\nNew.\n")
		put(l+"/terms/money@2026-01-01.md", "---\ntitle: Terms\ncategory: money\nsummary: Short.\nupdated: 2026-01-01\neffective: 2026-01-01\n---\n\n## 1. One {#one}\n\nOld.\n")
		for _, name := range RequiredLetters() {
			put(l+"/letters/"+name+".md", "---\nsubject: About {{number}}\nbutton: Open\n---\n\nDear player, {{link}}.\n")
		}
	}
	return files
}

// TestDigestIsThatOfTheLibrary: whatever happens to a folder, its digest is that of the library
// which Load makes of it, or Load has problems with it.
func TestDigestIsThatOfTheLibrary(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	original, _ := Load(transferContent(), now)
	rapid.Check(t, func(t *rapid.T) {
		files := transferContent()
		change(t, files)
		digest, err := Digest(files)
		if err != nil {
			t.Fatal(err)
		}
		lib, problems := Load(files, now)
		switch {
		case len(problems) > 0 && lib.Digest() != "":
			t.Errorf("content with problems has a digest: %v", problems)
		case len(problems) > 0 && digest == original.Digest():
			t.Errorf("content with problems has the digest of good content: %v", problems)
		case len(problems) == 0 && lib.Digest() != digest:
			t.Errorf("the library's digest is %s, the folder's %s", lib.Digest(), digest)
		}
	})
}

// change does something to a folder that an editor, or an accident, may do.
func change(t *rapid.T, files fstest.MapFS) {
	names := slices.Sorted(maps.Keys(files))
	name := rapid.SampledFrom(names).Draw(t, "file")
	switch rapid.IntRange(0, 6).Draw(t, "change") {
	case 0: // nothing
	case 1:
		delete(files, name)
	case 2:
		files[name] = &fstest.MapFile{Data: append(slices.Clone(files[name].Data), '\n')}
	case 3:
		files[name] = &fstest.MapFile{Data: files[name].Data, Mode: fs.ModeSymlink}
	case 4:
		files[rapid.SampledFrom([]string{"ru/images/a.png", "ru/faq/deep/x.md", "de/faq/x.md", "en/notes.txt"}).Draw(t, "stray")] = &fstest.MapFile{Data: []byte("x")}
	case 5:
		files[rapid.SampledFrom([]string{"ru/faq/_draft.md", "README.md", ".git/x", "tools/x.sh"}).Draw(t, "passed over")] = &fstest.MapFile{Data: []byte("x")}
	case 6:
		files["facts.yaml"] = &fstest.MapFile{Data: []byte("# none\n")}
	}
}

// TestDigestFollowsLinksAsLoadDoes: a language may be a link to another checkout, and a link to
// another language's articles is a problem as the folder itself would be.
func TestDigestFollowsLinksAsLoadDoes(t *testing.T) {
	t.Parallel()
	dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "ru")
	if err := os.CopyFS(dir, transferContent()); err != nil {
		t.Fatal(err)
	}
	before, err := Digest(os.DirFS(dir))
	ru := filepath.Join(dir, "ru")
	if err := errors.Join(err, os.Rename(ru, elsewhere), os.Symlink(elsewhere, ru)); err != nil {
		t.Fatal(err)
	}
	lib, problems := Load(os.DirFS(dir), time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	if digest, err := Digest(os.DirFS(dir)); err != nil || len(problems) > 0 || digest != before || digest != lib.Digest() {
		t.Errorf("digest %s, of the library %s, without links %s; %v %v", digest, lib.Digest(), before, problems, err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(dir, "de")); err != nil {
		t.Fatal(err)
	}
	_, problems = Load(os.DirFS(dir), time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	if digest, err := Digest(os.DirFS(dir)); err != nil || len(problems) == 0 || digest == before {
		t.Errorf("a link to a foreign language leaves digest %s: %v %v", digest, problems, err)
	}
}

// TestDigestOfFactsThatAreNoFile is not that of content without facts.
func TestDigestOfFactsThatAreNoFile(t *testing.T) {
	t.Parallel()
	files := transferContent()
	before, err := Digest(files)
	files["facts.yaml/x"] = &fstest.MapFile{}
	after, err2 := Digest(files)
	if err != nil || err2 != nil || before == after {
		t.Errorf("digest %s before, %s after: %v %v", before, after, err, err2)
	}
}

func TestDigestOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	if d, err := Digest(unreadable{transferContent()}); err == nil {
		t.Errorf("digest %s of files that cannot be opened", d)
	}
}

func TestDueOnTheDay(t *testing.T) {
	t.Parallel()
	lib, _ := Load(transferContent(), time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	day := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	if lib.Due(day.Add(-time.Second)) || !lib.Due(day) {
		t.Errorf("due before or not on %s", lib.NextChange())
	}
	if want := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); !lib.Since().Equal(want) {
		t.Errorf("since %s, want %s", lib.Since(), want)
	}
	if later, _ := Load(transferContent(), day); later.Due(day.AddDate(9, 0, 0)) || !later.Since().Equal(day) {
		t.Errorf("after the last change: since %s, next %s", later.Since(), later.NextChange())
	}
}

// unreadable lists its files but opens none of them.
type unreadable struct{ fstest.MapFS }

// Open implements fs.FS.
func (u unreadable) Open(name string) (fs.File, error) {
	if f, ok := u.MapFS[name]; ok && f != nil {
		return nil, fs.ErrPermission
	}
	return u.MapFS.Open(name)
}
