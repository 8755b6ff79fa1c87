package kb

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/yuin/goldmark"
)

// edition is the content of one locale while it is read and checked.
type edition struct {
	locale      Locale
	pages       []*page // in the order of their files
	categories  []listedCategory
	departments []listedDepartment
	letters     []*letterFile
	synonyms    [][]phrasing
	thresholds  *Thresholds
	tuned       []phrasing // the categories with thresholds of their own

	categoriesIn, departmentsIn, synonymsIn, decisionIn *source // the files of these, or nil
}

// readArticle takes one article into the edition.
func (e *edition) readArticle(src *source, markdown goldmark.Markdown) bool {
	name, ok := parseName(src.file)
	if !ok {
		src.problem(place{}, "bad file name: write <slug>.md, or <slug>@2025-11-01.md for an older version of Terms; in slugs a-z, 0-9 and inner hyphens, at most %d characters", maxSlug)
		return false
	}
	p, ok := readPage(src, name, markdown)
	if ok {
		e.pages = append(e.pages, p)
	}
	return ok
}

// counterpart returns the place of this file in another locale.
func (e *edition) counterpart(file string) string {
	_, rest, _ := strings.Cut(file, "/")
	return path.Join(string(e.locale), rest)
}

// byFile returns the pages by their files.
func (e *edition) byFile() map[string]*page {
	pages := map[string]*page{}
	for _, p := range e.pages {
		pages[p.src.file] = p
	}
	return pages
}

// versions returns the pages of each article ID, newest first.
func (e *edition) versions() map[string][]*page {
	versions := map[string][]*page{}
	for _, p := range e.pages {
		versions[p.id()] = append(versions[p.id()], p)
	}
	for _, v := range versions {
		slices.SortStableFunc(v, func(a, b *page) int { return newestFirst(a.article, b.article) })
	}
	return versions
}

// shelf puts the edition in order, with what is in force at now.
func (e *edition) shelf(now time.Time) *shelf {
	s := &shelf{
		byID: map[string]*Article{}, versions: map[string][]*Article{},
		letters: map[string]Letter{}, thresholds: e.thresholds,
	}
	for _, set := range e.synonyms {
		s.synonyms = append(s.synonyms, texts(set))
	}
	for _, c := range e.categories {
		s.categories = append(s.categories, c.Category)
	}
	for _, d := range e.departments {
		s.departments = append(s.departments, d.Department)
	}
	for _, f := range e.letters {
		s.letters[f.letter.Name] = f.letter
	}
	for id, versions := range e.versions() {
		for _, p := range versions {
			s.versions[id] = append(s.versions[id], p.article)
		}
		if p, ok := inForce(versions, now); ok {
			s.articles = append(s.articles, p.article)
			s.byID[id] = p.article
		}
	}
	slices.SortFunc(s.articles, e.compare)
	s.gatherPassages()
	return s
}

// compare orders articles by kind, the editors' order of categories, title and ID.
func (e *edition) compare(a, b *Article) int {
	return cmp.Or(
		cmp.Compare(slices.Index(Kinds(), a.Kind), slices.Index(Kinds(), b.Kind)),
		cmp.Compare(slices.Index(e.categoryIDs(), a.Category), slices.Index(e.categoryIDs(), b.Category)),
		cmp.Compare(a.Title, b.Title),
		cmp.Compare(a.ID, b.ID),
	)
}
