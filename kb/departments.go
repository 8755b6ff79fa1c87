package kb

import (
	"slices"
	"strings"
)

// departmentsFile lists the departments of a locale. It may be missing; then no category
// has one, and everything is the first line's.
const departmentsFile = "departments.yaml"

// Department is who works on a request, such as payments.
type Department struct {
	ID    string // the same in every locale: "payments"
	Title string // "Payments team"
}

// listedDepartment is a department and the line on which it is listed.
type listedDepartment struct {
	Department
	at place
}

// readDepartments reads a list of departments in the editors' order.
func (e *edition) readDepartments(src *source) bool {
	items, ok := src.items("id: ...")
	e.departmentsIn = src
	for _, n := range items {
		f, ok := src.fields(n, names(departmentKeys())...)
		if !ok {
			continue
		}
		d := Department{ID: f.text("id"), Title: f.text("title")}
		switch {
		case d.ID == "":
			continue
		case !isSlug(d.ID):
			src.problem(f.at("id"), "bad id %q: use a-z, 0-9 and inner hyphens", d.ID)
		case e.hasDepartment(d.ID):
			src.problem(f.at("id"), "department %q is listed twice: remove one", d.ID)
			continue
		}
		e.departments = append(e.departments, listedDepartment{d, f.at("id")})
	}
	return ok
}

// hasDepartment says whether the edition lists a department.
func (e *edition) hasDepartment(id string) bool {
	return slices.ContainsFunc(e.departments, func(d listedDepartment) bool { return d.ID == id })
}

// checkDepartments finds categories of departments that are not listed, and departments
// that no category leads to: nothing would ever reach them.
func (e *edition) checkDepartments(l *loader) {
	file := string(e.locale) + "/" + departmentsFile
	if l.unread[file] {
		return
	}
	var ids []string
	for _, d := range e.departments {
		ids = append(ids, d.ID)
		if !slices.ContainsFunc(e.categories, func(c listedCategory) bool { return c.Department == d.ID }) {
			e.departmentsIn.problem(d.at, "no category has the department %q: give it one in %s, or remove it", d.ID, e.categoriesPath())
		}
	}
	for _, c := range e.categories {
		switch {
		case c.Department == "" || e.hasDepartment(c.Department):
		case len(ids) == 0:
			e.categoriesIn.problem(c.departmentAt, "unknown department %q: list it with id and title in %s", c.Department, file)
		default:
			e.categoriesIn.problem(c.departmentAt, "unknown department %q: write one of %s", c.Department, strings.Join(ids, ", "))
		}
	}
}

// checkDepartmentsIn looks for an edition's departments in another; those that are not
// even categories' are reported there.
func (e *edition) checkDepartmentsIn(other *edition) {
	for _, d := range e.departments {
		if len(other.departments) > 0 && !other.hasDepartment(d.ID) {
			e.departmentsIn.problem(d.at, "missing translation of the department: list %q in %s/%s", d.ID, other.locale, departmentsFile)
		}
	}
}

// Departments returns the departments of a locale in the editors' order.
func (l *Library) Departments(loc Locale) []Department { return l.shelf(loc).departments }

// Department returns one department, or false.
func (l *Library) Department(loc Locale, id string) (Department, bool) {
	for _, d := range l.Departments(loc) {
		if d.ID == id {
			return d, true
		}
	}
	return Department{}, false
}
