package kb

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// Skeleton is a new article to begin, in every language: what is certain is written, and
// what an editor must write is marked, so that it is a [Problem] until it is.
type Skeleton struct {
	Kind      Kind
	Slug      string
	Anchor    string    // FAQ: of the question; empty for "question"
	Category  string    // ID of a Category; for a new file only
	Effective time.Time // Terms: the day the text takes effect
	Today     time.Time
}

// SkeletonError says why a skeleton cannot be made and what to do instead.
type SkeletonError struct{ Reason string }

// Error returns the reason.
func (e *SkeletonError) Error() string { return e.Reason }

// Files returns the files to write, by their paths in the content. A question joins an FAQ
// that exists; Terms that exist get a new version, and the version that was in force is kept with the
// numbers of today, under its date. Nothing else that exists is touched. An unfit skeleton is
// a *SkeletonError.
func (s Skeleton) Files(fsys fs.FS) (map[string]string, error) {
	if !isSlug(s.Slug) || s.Anchor != "" && !isSlug(s.Anchor) {
		return nil, &SkeletonError{"in names use a-z, 0-9 and inner hyphens"}
	}
	lib, _ := Load(fsys, s.Today)
	files := map[string]string{}
	for _, l := range Locales() {
		file := fmt.Sprintf("%s/%s/%s.md", l, s.Kind, s.Slug)
		info, err := fs.Lstat(fsys, file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			err = s.begin(lib, l, file, files)
		case err == nil && !info.Mode().IsRegular():
			err = &SkeletonError{file + " is not a regular file: put the file itself there"}
		case err == nil:
			err = s.join(fsys, file, files)
		}
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// begin makes a new file.
func (s Skeleton) begin(lib *Library, l Locale, file string, files map[string]string) error {
	if _, ok := lib.Category(l, s.Category); !ok {
		return s.noCategory(lib.Categories(l), l)
	}
	h := hintsIn(l)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\ncategory: %s\nsummary: %s\n", write(h.title), s.Category, write(h.summary))
	if s.Kind != Terms {
		b.WriteString("questions:\n")
		b.WriteString(s.questions(h))
	}
	fmt.Fprintf(&b, "updated: %s\n", s.Today.Format(day))
	if s.Kind == Terms {
		fmt.Fprintf(&b, "effective: %s\n", s.Effective.Format(day))
	}
	files[file] = b.String() + fence + "\n\n" + s.body(h)
	return nil
}

// noCategory says which categories there are.
func (s Skeleton) noCategory(known []Category, l Locale) error {
	var ids []string
	for _, c := range known {
		ids = append(ids, c.ID)
	}
	switch list := string(l) + "/" + categoriesFile; {
	case len(ids) == 0:
		return &SkeletonError{"there are no categories: is this the folder with the languages? If so, write " + list + " first"}
	case s.Category == "":
		return &SkeletonError{"a new article needs a category, one of " + strings.Join(ids, ", ")}
	default:
		return &SkeletonError{fmt.Sprintf("unknown category %q: choose one of %s, or add it to %s", s.Category, strings.Join(ids, ", "), list)}
	}
}

// questions returns the lines below "questions:".
func (s Skeleton) questions(h hints) string {
	var b strings.Builder
	indent := "  "
	if s.Kind == FAQ {
		fmt.Fprintf(&b, "  %s:\n", s.anchor())
		indent = "    "
	}
	for i := range enoughQuestions {
		fmt.Fprintf(&b, "%s- %s\n", indent, write(fmt.Sprintf("%s, %d", h.question, i+1)))
	}
	return b.String()
}

// anchor returns the question's anchor.
func (s Skeleton) anchor() string {
	if s.Anchor == "" {
		return "question"
	}
	return s.Anchor
}

// body returns the text below the front matter.
func (s Skeleton) body(h hints) string {
	switch s.Kind {
	case FAQ:
		return s.entry(h)
	case Terms:
		return fmt.Sprintf("## 1. %s {#s1}\n\n### 1.1 %s {#c1-1}\n\n%s\n", write(h.chapter), write(h.clause), write(h.rule))
	}
	var b strings.Builder
	b.WriteString(write(h.introduction) + "\n")
	for _, part := range h.guide {
		fmt.Fprintf(&b, "\n## %s {#%s}\n\n%s\n", part.heading, part.anchor, part.text)
	}
	return b.String()
}

// entry returns one question of an FAQ.
func (s Skeleton) entry(h hints) string {
	return fmt.Sprintf("## %s {#%s}\n\n%s\n", write(h.heading), s.anchor(), write(h.answer))
}
