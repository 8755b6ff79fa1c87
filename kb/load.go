package kb

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/yuin/goldmark"
)

// loader is one run of [Load].
type loader struct {
	fsys     fs.FS
	now      time.Time
	markdown goldmark.Markdown
	report   *report
	sources  []*source       // every file that could be read
	unread   map[string]bool // files that are there but could not be understood
	editions []*edition
	facts    facts
}

// Load reads everything below fsys. What is in force is judged at now. It always
// returns a Library of what could be read, and each thing that is wrong as a Problem,
// ordered by file and line; no problems means that the content may serve.
//
// Of the root's files only facts.yaml is read. Other files there, folders that are no language, and names that begin with
// "." or "_" (drafts, by convention) are not content and are passed over.
func Load(fsys fs.FS, now time.Time) (*Library, []Problem) {
	l := &loader{fsys: fsys, now: now, report: &report{}, unread: map[string]bool{}}
	l.load()
	return l.library(), l.report.sorted()
}

// Check does what Load does and proofreads the content as well: typed numbers, long
// sentences, promises, foreign names, stale translations and whatever else an editor should
// see before readers do. Its further problems, errors among them, do not keep content from
// serving: they are about what it says, not about whether it can be shown.
func Check(fsys fs.FS, now time.Time) (*Library, []Problem) {
	l := &loader{fsys: fsys, now: now, report: &report{}, unread: map[string]bool{}}
	l.load()
	lib := l.library() // before the proofreader reads files of its own: one content has one revision
	l.proofread()
	return lib, l.report.sorted()
}

// load reads everything and checks it.
func (l *loader) load() {
	l.checkRoot()
	l.readFacts()
	l.readEditions()
	l.check()
}

// readEditions reads the locales at once: a start waits for this.
func (l *loader) readEditions() {
	parts := make([]*loader, len(Locales()))
	var reading sync.WaitGroup
	for i, loc := range Locales() {
		parts[i] = &loader{
			fsys: l.fsys, now: l.now, markdown: newMarkdown(), report: l.report, unread: map[string]bool{}, facts: l.facts,
		}
		reading.Go(func() { parts[i].readEdition(loc) })
	}
	reading.Wait()
	for _, part := range parts {
		l.sources = append(l.sources, part.sources...)
		l.editions = append(l.editions, part.editions...)
		maps.Copy(l.unread, part.unread)
	}
}

// checkRoot finds content in languages that otvet does not speak.
func (l *loader) checkRoot() {
	for _, entry := range l.list(".") {
		name := entry.Name()
		isContent := slices.ContainsFunc(Kinds(), func(k Kind) bool {
			info, err := fs.Stat(l.fsys, path.Join(name, string(k)))
			return err == nil && info.IsDir()
		})
		if isContent && !Locale(name).Valid() {
			l.report.add(name, place{}, "unknown language: the folders of articles here are %s", joined(Locales()))
		}
	}
}

// list returns a folder's entries that are content.
func (l *loader) list(dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.report.add(dir, place{}, "folder cannot be read: %v", err)
	}
	return slices.DeleteFunc(entries, passedOver)
}

// passedOver reports whether an entry of a folder is no content by its name.
func passedOver(e fs.DirEntry) bool {
	return strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "_")
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
		case name == departmentsFile:
			l.read(file, entry, e.readDepartments)
		case name == synonymsFile:
			l.read(file, entry, e.readSynonyms)
		case name == decisionFile:
			l.read(file, entry, e.readDecision)
		case name == lettersDir && entry.IsDir():
			l.readDir(file, func(src *source) bool {
				src.expandLetter(l.facts)
				return e.readLetter(src)
			})
		case Kind(name).valid() && entry.IsDir():
			l.readDir(file, func(src *source) bool {
				src.expandArticle(l.facts)
				return e.readArticle(src, l.markdown)
			})
		default:
			l.report.add(file, place{}, "stray file or folder: here are only %s, %s, %s, %s and the folders %s, %s",
				categoriesFile, departmentsFile, synonymsFile, decisionFile, joined(Kinds()), lettersDir)
		}
	}
}

// readDir reads each Markdown file of a folder.
func (l *loader) readDir(dir string, use func(*source) bool) {
	for _, entry := range l.list(dir) {
		file := path.Join(dir, entry.Name())
		if !strings.HasSuffix(file, ".md") || entry.IsDir() {
			l.report.add(file, place{}, "stray file or folder: here are only files <slug>.md")
			continue
		}
		l.read(file, entry, use)
	}
}

// readRoot reads a file at the root of the content, or returns false when there is none
// that can be used.
func (l *loader) readRoot(name string) (src *source, ok bool) {
	entries := l.list(".")
	i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
	if i >= 0 {
		l.read(name, entries[i], func(s *source) bool { src = s; return true })
	}
	return src, src != nil
}

// read reads one file and hands it to use, which says whether it could be understood.
// Anything but a regular file is refused unopened: a pipe would block for ever, and
// a link could lead out of the content.
func (l *loader) read(file string, entry fs.DirEntry, use func(*source) bool) {
	if !entry.Type().IsRegular() {
		l.report.add(file, place{}, "not a regular file: put the file itself here")
		l.unread[file] = true
		return
	}
	src, ok := readSource(l.fsys, file, l.report)
	if !ok {
		l.unread[file] = true
		return
	}
	l.sources = append(l.sources, src)
	l.unread[file] = !use(src)
}

// library puts what was read in order.
func (l *loader) library() *Library {
	lib := &Library{
		revision: l.revision(), digest: l.digest(), shelves: map[Locale]*shelf{},
		since: l.lastChange(), nextChange: l.nextChange(),
	}
	for _, e := range l.editions {
		lib.shelves[e.locale] = e.shelf(l.now)
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

// lastChange returns the last day until now on which a version took effect.
func (l *loader) lastChange() (last time.Time) {
	for _, e := range l.editions {
		for _, p := range e.pages {
			if effective := p.article.Effective; !effective.After(l.now) && effective.After(last) {
				last = effective
			}
		}
	}
	return last
}

// nextChange returns the first day after now on which a version takes effect.
func (l *loader) nextChange() (next time.Time) {
	for _, e := range l.editions {
		for _, p := range e.pages {
			effective := p.article.Effective
			if effective.After(l.now) && (next.IsZero() || effective.Before(next)) {
				next = effective
			}
		}
	}
	return next
}

// joined lists words for a message.
func joined[T ~string](words []T) string {
	var out []string
	for _, w := range words {
		out = append(out, string(w))
	}
	return strings.Join(out, ", ")
}
