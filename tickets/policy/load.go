package policy

import (
	"errors"
	"io/fs"
	"maps"
)

// loading reads a folder into packs and collects what is wrong with it.
type loading struct {
	Packs
	fsys     fs.FS
	files    map[Ref]*document  // of the packs in the folder
	count    int                // of files in the folder
	known    map[comparand]bool // what has been compared
	problems problems
}

// read returns the packs with those of a folder.
func (p Packs) read(fsys fs.FS) (Packs, error) {
	l := &loading{Packs: p, fsys: fsys, files: map[Ref]*document{}, known: map[comparand]bool{}}
	l.packs, l.calendars = cloned(p.packs), cloned(p.calendars)
	if l.floor == nil {
		l.readFloor()
	}
	l.each("calendars", l.readCalendar)
	l.each("packs", l.readPack)
	if l.count == 0 {
		l.problems.add("packs", 0, "", "there is no such folder, or nothing in it")
	}
	for _, pass := range []func(*Pack, *document){l.findBase, l.findCalendar, l.checkShape, l.checkFloor} {
		l.eachPack(pass)
	}
	if err := l.problems.join(); err != nil {
		return p, err
	}
	return l.Packs, nil
}

func cloned[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	return maps.Clone(m)
}

// each reads the files of a folder in the order of their names.
func (l *loading) each(folder string, read func(*document)) {
	entries, err := fs.ReadDir(l.fsys, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.problems.add(folder, 0, "", "%v", err)
	}
	for _, e := range entries {
		l.count++
		if doc, ok := l.open(folder + "/" + e.Name()); ok {
			read(doc)
		}
	}
}

// eachPack goes through the packs of the folder, until there is something wrong: what
// comes after stands on it.
func (l *loading) eachPack(pass func(*Pack, *document)) {
	if l.problems != nil {
		return
	}
	for _, pack := range l.All() {
		if doc := l.files[pack.ref]; doc != nil {
			pass(pack, doc)
		}
	}
}

// readPack reads one version of a pack.
func (l *loading) readPack(doc *document) {
	var file packFile
	if !doc.decode(&file) {
		return
	}
	ref, err := ParseRef(named(doc.name))
	switch _, exists := l.packs[ref]; {
	case err != nil:
		doc.problem("", "name the file for the pack and its version, as default@1.yaml")
	case file.Pack != ref.String():
		doc.problem("pack", "the file is named for %s, and says that it is %q", ref, file.Pack)
	case exists:
		doc.problem("pack", "%s exists: a version never changes, make the next one", ref)
	default:
		l.packs[ref] = &Pack{ref: ref, file: file}
		l.files[ref] = doc
	}
}

// findBase finds the version that a pack extends.
func (l *loading) findBase(p *Pack, doc *document) {
	if p.file.Extends == "" {
		return
	}
	ref, err := ParseRef(p.file.Extends)
	if err != nil {
		doc.problem("extends", "%v", err)
		return
	}
	base := l.packs[ref]
	switch {
	case base == nil:
		doc.problem("extends", "there is no %s", ref)
	case base.extends(p):
		doc.problem("extends", "%s extends itself", p.ref)
	default:
		p.base = base
	}
}

// extends reports whether a pack is other or extends it.
func (p *Pack) extends(other *Pack) bool {
	for ; p != nil; p = p.base {
		if p == other {
			return true
		}
	}
	return false
}

// findCalendar finds the calendar of a pack, or of what it extends.
func (l *loading) findCalendar(p *Pack, doc *document) {
	var name string
	for from := p; from != nil && name == ""; from = from.base {
		name = from.file.Calendar
	}
	days := l.calendars[name]
	if days == nil {
		doc.problem("calendar", "there is no calendar %q", name)
	}
	p.calendar = Calendar{l.zone, days}
}
