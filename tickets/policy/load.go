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
	problems problems
	files    map[Ref]*document
}

// read returns the packs with those of a folder.
func (p Packs) read(fsys fs.FS) (Packs, error) {
	l := &loading{Packs: p, fsys: fsys, files: map[Ref]*document{}}
	l.packs, l.calendars = cloned(p.packs), cloned(p.calendars)
	l.each("calendars", l.readCalendar)
	l.each("packs", l.readPack)
	for _, pack := range l.All() {
		if doc := l.files[pack.ref]; doc != nil {
			l.link(pack, doc)
		}
	}
	if l.problems != nil {
		return p, l.problems.join()
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
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		l.problems.add(folder, 0, "", "%v", err)
		return
	}
	for _, e := range entries {
		if doc, ok := l.open(folder + "/" + e.Name()); ok {
			read(doc)
		}
	}
}

// readPack reads one version of a pack; what it extends is found by link.
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

// link finds the pack that a new one extends, and its calendar.
func (l *loading) link(p *Pack, doc *document) {
	if p.file.Extends != "" {
		base, err := ParseRef(p.file.Extends)
		if err != nil {
			doc.problem("extends", "%v", err)
			return
		}
		if p.base = l.packs[base]; p.base == nil {
			doc.problem("extends", "there is no %s", base)
			return
		}
		if p.base.extends(p) {
			p.base = nil
			doc.problem("extends", "%s extends itself", p.ref)
			return
		}
	}
	name := p.calendarName()
	days := l.calendars[name]
	if days == nil {
		doc.problem("calendar", "there is no calendar %q", name)
		return
	}
	p.calendar = Calendar{l.zone, days}
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

// calendarName is the name of the pack's calendar.
func (p *Pack) calendarName() string {
	for ; p != nil; p = p.base {
		if p.file.Calendar != "" {
			return p.file.Calendar
		}
	}
	return ""
}
