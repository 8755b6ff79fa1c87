package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"otvet/kb"
)

// verify loads what would be written and mends it until nothing changes any more: an
// article that kb refuses is skipped, and the links to it go; a section that lost text on
// its way loses its bold and italics, in which Markdown can fail. Each round changes at
// least one of finitely many things, so it ends.
func (r *run) verify(ctx context.Context) error {
	for changed := true; changed; {
		files, err := r.renderAll(ctx)
		if err != nil {
			return err
		}
		r.files, changed = files, false
		for _, locale := range kb.Locales() {
			changed = r.verifyLocale(locale, files) || changed
		}
	}
	return nil
}

// renderAll returns every file that would be written, by path.
func (r *run) renderAll(ctx context.Context) (map[string][]byte, error) {
	files := map[string][]byte{}
	converter := newConverter()
	for i, a := range r.live() {
		if err := going(ctx); err != nil {
			return nil, err
		}
		r.tick(i + 1)
		text, err := r.render(a, converter)
		if err != nil {
			return nil, fmt.Errorf("render %s: %w", a.source, err)
		}
		files[a.file(r.Kind)] = text
	}
	for _, locale := range kb.Locales() {
		more := r.additions(locale)
		if text, ok := r.categoriesText(locale, more); ok && len(more) > 0 {
			files[categoriesFile(locale)] = text
		}
	}
	return files, nil
}

// verifyLocale checks the articles of one language, and says whether it changed one. The
// other language is left out, so that no translation is missing.
func (r *run) verifyLocale(locale kb.Locale, files map[string][]byte) (changed bool) {
	ours := map[string]*article{}
	for _, a := range r.live() {
		if a.locale == locale {
			ours[a.file(r.Kind)] = a
		}
	}
	if len(ours) == 0 {
		return false
	}
	all := map[string][]byte{}
	for _, source := range []map[string][]byte{r.existing, files} {
		for name, text := range source {
			if strings.HasPrefix(name, string(locale)+"/") {
				all[name] = text
			}
		}
	}
	library, problems := kb.Load(snapshot(all), r.Now)
	problems = blame(problems, ours)
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		a := ours[name]
		if a.obey(name, problems) || a.compare(loaded(library, a, r.Kind, name)) {
			changed = true
		}
	}
	return changed
}

// blame returns the errors with those that only mention a file of ours as errors of that
// file: of two places that claim one question, kb names the second, but what is in the
// folder already stays.
func blame(problems []kb.Problem, ours map[string]*article) []kb.Problem {
	var out []kb.Problem
	for _, p := range problems {
		if p.Severity != kb.Error {
			continue
		}
		for name := range ours {
			if ours[p.File] == nil && strings.Contains(p.Message, " "+name+":") {
				line := 0
				_, after, _ := strings.Cut(p.Message, " "+name+":")
				if _, err := fmt.Sscanf(after, "%d", &line); err == nil {
					p = kb.Problem{File: name, Line: line, Message: fmt.Sprintf("conflict with %s:%d, which is there already: %s", p.File, p.Line, p.Message)}
				}
				break
			}
		}
		out = append(out, p)
	}
	return out
}

// loaded returns what kb made of an article's file, or nil.
func loaded(library *kb.Library, a *article, kind kb.Kind, file string) *kb.Article {
	for _, version := range library.Versions(a.locale, string(kind)+"/"+a.slug) {
		if version.File == file {
			return version
		}
	}
	return nil
}

// library loads the target folder as it is.
func (r *run) library() *kb.Library {
	library, _ := kb.Load(snapshot(r.existing), r.Now)
	return library
}

// obey gives up what kb has problems with when it has them without formatting too: of a
// CSV the questions, else the article. All of them go in one round: each costs as much as
// reading the whole folder.
func (a *article) obey(file string, problems []kb.Problem) (changed bool) {
	done := map[*section]bool{}
	for _, p := range problems {
		if p.File != file {
			continue
		}
		s := a.sectionAt(p.Line)
		switch {
		case s != nil && done[s]:
			continue
		case s != nil && a.mend(s):
		case s != nil && s.item != nil:
			s.item.skip(p.Message)
		default:
			a.skip(p.Message)
			return true
		}
		done[s], changed = true, true
	}
	if changed && a.leftSections() == 0 {
		a.skip("none of its questions could be imported")
	}
	return changed
}

// sectionAt returns the section that holds a line of the file as it was rendered, or nil.
func (a *article) sectionAt(line int) (at *section) {
	for _, s := range a.sections {
		if s.line <= line && s.line > 0 {
			at = s
		}
	}
	return at
}

// leftSections counts the questions of a CSV that are not skipped.
func (a *article) leftSections() (n int) {
	for _, s := range a.sections {
		if s.item == nil || s.item.Status != Skipped {
			n++
		}
	}
	return n
}

// compare looks for text that was lost between source and file, and says whether it
// changed something about it.
func (a *article) compare(loaded *kb.Article) (changed bool) {
	if loaded == nil {
		a.skip("it cannot be read back: report this with the article")
		return true
	}
	i := 0
	for _, s := range a.sections {
		if s.item != nil && s.item.Status == Skipped {
			continue
		}
		var got kb.Section
		if i < len(loaded.Sections) {
			got = loaded.Sections[i]
		}
		i++
		if essence(got.Heading) != essence(s.heading) || essence(got.Text) != essence(s.text()) {
			changed = a.mend(s) || changed
		}
	}
	return changed
}

// mend takes the formatting off a section; if that has been done, it says that the text
// needs a look.
func (a *article) mend(s *section) bool {
	item, name := a.item, s.heading
	if s.item != nil {
		item = s.item
	}
	if name == "" {
		name = a.title
	}
	if s.plain {
		item.note("the text of %q differs from the source: compare it", shorten(name, 60))
		return false
	}
	s.plain = true
	item.note("bold, italics and code left out of %q, where Markdown cannot hold them", shorten(name, 60))
	return true
}

// snapshot returns files as a file system.
func snapshot(files map[string][]byte) fs.FS {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		// A buffer takes every write.
		f, _ := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		_, _ = f.Write(text)
	}
	_ = w.Close()
	r, _ := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	return r
}
