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
	file         string
	at           place
	departmentAt place
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
		f.routing(&c)
		e.categories = append(e.categories, listedCategory{c, src.file, f.at("id"), f.at("department")})
	}
	return ok
}

// routing reads what a category says about the requests in it.
func (f fields) routing(c *Category) {
	if _, given := f.byName["department"]; given {
		c.Department = f.text("department")
	}
	if at, given := f.byName["kind"]; given {
		c.Request = f.text("kind")
		if !slices.Contains(RequestKinds(), c.Request) {
			f.src.problem(f.src.node(at.value), "unknown kind %q: write one of %s", c.Request, strings.Join(RequestKinds(), ", "))
		}
	}
	for _, ask := range f.list("asks") {
		switch {
		case !slices.Contains(Asks(), ask.text):
			f.src.problem(ask.at, "asks: unknown fact %q: write some of %s", ask.text, strings.Join(Asks(), ", "))
		case slices.Contains(c.Asks, ask.text):
			f.src.problem(ask.at, "asks: %q is written twice: remove one", ask.text)
		default:
			c.Asks = append(c.Asks, ask.text)
		}
	}
	for _, need := range f.list("needs") {
		if !slices.Contains(c.Asks, need.text) {
			f.src.problem(need.at, "needs: %q is not asked for: write it under asks too", need.text)
		}
		c.Needs = append(c.Needs, need.text)
	}
	if len(c.Asks) > maxAsks {
		f.src.problem(f.at("asks"), "asks: %d facts: ask for at most %d, never for more than the answer needs", len(c.Asks), maxAsks)
	}
}

// sameRouting finds what the translation of a category says otherwise: a request must not
// go another way for being written in another language.
func (c listedCategory) sameRouting(other listedCategory) (key string, same bool) {
	switch {
	case c.Department != other.Department:
		return "department", false
	case c.Request != other.Request:
		return "kind", false
	case !slices.Equal(c.Asks, other.Asks):
		return "asks", false
	case !slices.Equal(c.Needs, other.Needs):
		return "needs", false
	}
	return "", true
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
