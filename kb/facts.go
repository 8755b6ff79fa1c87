package kb

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// factsFile holds the operator's numbers, each once, for all languages. It stands at the
// root of the content and may be missing; then articles refer to none.
const factsFile = "facts.yaml"

// fact is one number of the operator, such as the smallest withdrawal.
type fact struct {
	name string
	at   place
	quantity
}

// facts are all numbers, by name.
type facts map[string]fact

// names returns the facts' names in order.
func (f facts) names() []string { return slices.Sorted(maps.Keys(f)) }

// readFacts reads the lines "name: value unit".
func (l *loader) readFacts() {
	src, ok := l.readRoot(factsFile)
	if !ok {
		return
	}
	l.facts = facts{}
	root, ok := src.parseYAML(src.text)
	if !ok || root == nil {
		return
	}
	if root.Kind != yaml.MappingNode {
		src.problem(src.node(root), "wrong type (%s): write lines such as \"withdrawal-minimum: 20 EUR\"", yamlType(root))
		return
	}
	for pair := range slices.Chunk(root.Content, 2) {
		l.facts.read(src, pair[0], pair[1])
	}
}

// read takes one line into the facts.
func (f facts) read(src *source, key, value *yaml.Node) {
	name, at := key.Value, src.node(key)
	before, twice := f[name]
	switch {
	case !isSlug(name):
		src.problem(at, "bad name %q: use a-z, 0-9 and inner hyphens", name)
		return
	case name == exampleMark || name == writeMark || slices.Contains(LetterFields(), name):
		src.problem(at, "the name %q has a meaning of its own in articles or letters: choose another", name)
		return
	case twice:
		src.problem(at, "%q is already on line %d: a number stands once", name, before.at.line)
		return
	}
	q, problem := parseQuantity(value)
	if problem != "" {
		src.problem(src.node(value), "%s: %s", name, problem)
	}
	f[name] = fact{name, at, q}
}

// quantity is a number or a range with its unit.
type quantity struct {
	low, high string // decimals; high is empty unless it is a range
	unit      string // a key of units or of currencies, or empty
}

// decimalForm has no zeros in front, which would be read as thousands: "007".
const decimalForm = `(?:0|[1-9]\d{0,8})(?:\.\d{1,2})?`

var quantityForm = regexp.MustCompile(`^(` + decimalForm + `)(?:\s*[-–]\s*(` + decimalForm + `))?(?:\s+(.+))?$`)

// parseQuantity reads "24 hours", "1-5 business days", "0.50 EUR" or "1.60".
func parseQuantity(n *yaml.Node) (q quantity, problem string) {
	const help = `write a number or a range, then a unit: "24 hours", "1-5 business days", "20 EUR", "1.60"; the units are `
	m := quantityForm.FindStringSubmatch(strings.TrimSpace(n.Value))
	if m == nil || n.Kind != yaml.ScalarNode {
		return q, "not a number: " + help + unitNames()
	}
	q = quantity{low: m[1], high: m[2], unit: plural(m[3])}
	switch {
	case q.unit != "" && !isUnit(q.unit):
		return q, "unknown unit \"" + m[3] + "\": " + help + unitNames()
	case q.high != "" && !less(q.low, q.high):
		return q, "the range ends before it begins: write the smaller number first"
	}
	return q, ""
}

// unitNames lists the units for a message.
func unitNames() string {
	return strings.Join(append(slices.Sorted(maps.Keys(currencies())), slices.Sorted(maps.Keys(units()))...), ", ")
}

// plural returns the name of a unit that is written in the singular, "1 hour"; anything
// else it returns as it is.
func plural(unit string) string {
	for name, u := range units() {
		if u.en.one == unit && unit != "" {
			return name
		}
	}
	return unit
}

// isUnit says whether a fact may have the unit.
func isUnit(unit string) bool {
	_, isCurrency := currencies()[unit]
	_, isCounted := units()[unit]
	return isCurrency || isCounted
}

// less compares two decimals without a sign.
func less(a, b string) bool {
	wholeA, fractionA, _ := strings.Cut(a, ".")
	wholeB, fractionB, _ := strings.Cut(b, ".")
	wholeA, wholeB = strings.TrimLeft(wholeA, "0"), strings.TrimLeft(wholeB, "0")
	if len(wholeA) != len(wholeB) {
		return len(wholeA) < len(wholeB)
	}
	if wholeA != wholeB {
		return wholeA < wholeB
	}
	return strings.TrimRight(fractionA, "0") < strings.TrimRight(fractionB, "0")
}
