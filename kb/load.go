package kb

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/yuin/goldmark"
)

// loader is one run of [Load].
type loader struct {
	fsys     fs.FS
	now      time.Time
	markdown goldmark.Markdown
	report   *report
	sources  []*source // every file read
	editions []*edition
}

// edition is the content of one locale while it is read and checked.
type edition struct {
	locale     Locale
	pages      []*page // in the order of their files
	categories []listedCategory
	letters    []*letterFile
	synonyms   [][]string
}

// Load reads everything below fsys. What is in force is judged at now. It always
// returns a Library of what could be read, and each thing that is wrong as a Problem,
// ordered by file and line; no problems means that the content may serve.
//
// Files at the root, folders that are not named like a language, and names that
// begin with "." or "_" (drafts, by convention) are not content and are passed over.
func Load(fsys fs.FS, now time.Time) (*Library, []Problem) {
	l := &loader{fsys: fsys, now: now, markdown: newMarkdown(), report: &report{}}
	l.checkRoot()
	for _, loc := range Locales() {
		l.readEdition(loc)
	}
	l.check()
	return l.library(), l.report.sorted()
}

// checkRoot finds languages that otvet does not speak.
func (l *loader) checkRoot() {
	for _, e := range l.list(".") {
		name := e.Name()
		if e.IsDir() && len(name) == 2 && isSlug(name) && !Locale(name).Valid() {
			l.report.add(name, 0, "unknown language %q: the folders here are %s", name, joined(Locales()))
		}
	}
}

// list returns a folder's entries that are content.
func (l *loader) list(dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.report.add(dir, 0, "folder cannot be read: %v", err)
	}
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "_")
	})
}

// readEdition reads the folder of one locale.
func (l *loader) readEdition(loc Locale) {
	e := &edition{locale: loc}
	l.editions = append(l.editions, e)
	for _, entry := range l.list(string(loc)) {
		file := path.Join(string(loc), entry.Name())
		switch name := entry.Name(); {
		case name == categoriesFile:
			l.read(file, entry, e.readCategories)
		case name == synonymsFile:
			l.read(file, entry, e.readSynonyms)
		case name == lettersDir:
			l.readDir(file, e.readLetter)
		case Kind(name).valid():
			l.readDir(file, func(src *source) { e.readPage(src, l.markdown) })
		default:
			l.report.add(file, 0, "stray file or folder: here are %s, %s, %s and the folders %s",
				categoriesFile, synonymsFile, lettersDir, joined(Kinds()))
		}
	}
}

// readDir reads each Markdown file of a folder.
func (l *loader) readDir(dir string, use func(*source)) {
	for _, entry := range l.list(dir) {
		file := path.Join(dir, entry.Name())
		if !strings.HasSuffix(file, ".md") || entry.IsDir() {
			l.report.add(file, 0, "stray file or folder: here are only files <slug>.md")
			continue
		}
		l.read(file, entry, use)
	}
}

// read reads one file. Anything but a regular file is refused unopened: a pipe would
// block for ever, and a link could lead out of the content.
func (l *loader) read(file string, entry fs.DirEntry, use func(*source)) {
	if !entry.Type().IsRegular() {
		l.report.add(file, 0, "not a regular file: put the file itself here")
		return
	}
	if src, ok := readSource(l.fsys, file, l.report); ok {
		l.sources = append(l.sources, src)
		use(src)
	}
}

// readPage takes one article into the edition.
func (e *edition) readPage(src *source, markdown goldmark.Markdown) {
	name, ok := parseName(src.file)
	if !ok {
		src.problem(0, "bad file name: write <slug>.md, or <slug>@2025-11-01.md for an older version of Terms; in slugs a-z, 0-9 and inner hyphens")
		return
	}
	e.pages = append(e.pages, readPage(src, name, markdown))
}

// library puts what was read in order.
func (l *loader) library() *Library {
	lib := &Library{
		revision: l.revision(), shelves: map[Locale]*shelf{},
		passages: map[Ref]Passage{}, nextChange: l.nextChange(),
	}
	for _, e := range l.editions {
		lib.shelves[e.locale] = e.shelf(l.now)
		for _, p := range e.pages {
			for _, passage := range p.passages() {
				lib.passages[passage.Ref] = passage
			}
		}
	}
	return lib
}

// revision hashes the names and the bytes of all files.
func (l *loader) revision() string {
	var b strings.Builder
	for _, s := range l.sources {
		fmt.Fprintf(&b, "%s %s\n", s.file, revision(s.raw))
	}
	return revision([]byte(b.String()))
}

// nextChange returns the first day after now on which a version takes effect.
func (l *loader) nextChange() (next time.Time) {
	for _, e := range l.editions {
		for _, p := range e.pages {
			day := p.article.Effective
			if day.After(l.now) && (next.IsZero() || day.Before(next)) {
				next = day
			}
		}
	}
	return next
}

// shelf puts one edition in order, with what is in force at now.
func (e *edition) shelf(now time.Time) *shelf {
	s := &shelf{
		byID: map[string]*Article{}, versions: map[string][]*Article{},
		letters: map[string]Letter{}, synonyms: e.synonyms,
	}
	for _, c := range e.categories {
		s.categories = append(s.categories, c.Category)
	}
	for _, f := range e.letters {
		s.letters[f.letter.Name] = f.letter
	}
	byArticle := map[*Article]*page{}
	for id, versions := range e.versions() {
		for _, p := range versions {
			s.versions[id] = append(s.versions[id], p.article)
		}
		if p, ok := inForce(versions, now); ok {
			s.articles = append(s.articles, p.article)
			s.byID[id] = p.article
			byArticle[p.article] = p
		}
	}
	slices.SortFunc(s.articles, e.compare)
	for _, a := range s.articles {
		s.passages = append(s.passages, byArticle[a].passages()...)
	}
	return s
}

// versions returns the pages of each article ID, newest first.
func (e *edition) versions() map[string][]*page {
	versions := map[string][]*page{}
	for _, p := range e.pages {
		versions[p.id()] = append(versions[p.id()], p)
	}
	for _, v := range versions {
		slices.SortStableFunc(v, func(a, b *page) int { return b.article.Effective.Compare(a.article.Effective) })
	}
	return versions
}

// compare orders articles by kind, the editors' order of categories, title and ID.
func (e *edition) compare(a, b *Article) int {
	category := func(id string) int {
		return slices.IndexFunc(e.categories, func(c listedCategory) bool { return c.ID == id })
	}
	return cmp.Or(
		cmp.Compare(slices.Index(Kinds(), a.Kind), slices.Index(Kinds(), b.Kind)),
		cmp.Compare(category(a.Category), category(b.Category)),
		cmp.Compare(a.Title, b.Title),
		cmp.Compare(a.ID, b.ID),
	)
}

// joined lists words for a message.
func joined[T ~string](words []T) string {
	var out []string
	for _, w := range words {
		out = append(out, string(w))
	}
	return strings.Join(out, ", ")
}
