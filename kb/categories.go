package kb

import (
	"slices"
	"strings"
)

// categoriesFile lists the categories of a locale.
const categoriesFile = "categories.yaml"

// listedCategory is a category and the line on which it is listed.
type listedCategory struct {
	Category
	file string
	at   place
}

// readCategories reads a list of categories in the editors' order.
func (e *edition) readCategories(src *source) bool {
	items, ok := src.items("id: ...")
	e.categoriesIn = src
	if at := strings.Index(src.text, "{{"); at >= 0 {
		src.problem(src.at(at), "reference in a list of categories: only articles and letters can refer to %s; say it without the number", factsFile)
	}
	for _, n := range items {
		f, ok := src.fields(n, names(categoryKeys())...)
		if !ok {
			continue
		}
		c := Category{ID: f.text("id"), Title: f.text("title"), Summary: f.text("summary")}
		switch {
		case c.ID == "":
			continue
		case !isSlug(c.ID):
			src.problem(f.at("id"), "bad id %q: use a-z, 0-9 and inner hyphens", c.ID)
		case e.hasCategory(c.ID):
			src.problem(f.at("id"), "category %q is listed twice: remove one", c.ID)
			continue
		}
		e.categories = append(e.categories, listedCategory{c, src.file, f.at("id")})
	}
	return ok
}

// categoriesPath returns the place of the edition's list of categories.
func (e *edition) categoriesPath() string { return string(e.locale) + "/" + categoriesFile }

// hasCategory says whether the edition lists a category.
func (e *edition) hasCategory(id string) bool {
	return slices.ContainsFunc(e.categories, func(c listedCategory) bool { return c.ID == id })
}

// categoryIDs returns the IDs in the editors' order.
func (e *edition) categoryIDs() []string {
	var ids []string
	for _, c := range e.categories {
		ids = append(ids, c.ID)
	}
	return ids
}
