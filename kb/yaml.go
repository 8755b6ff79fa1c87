package kb

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// day is how dates are written in the content.
const day = "2006-01-02"

// parseYAML returns the root of a YAML text whose lines are those of the file: nil
// for an empty text, false after a syntax error, which is reported.
func (s *source) parseYAML(text string) (root *yaml.Node, ok bool) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		line, message := yamlError(err)
		s.problem(place{line, 0}, "broken YAML: %s; put texts with \": \" or a special first character in quotes", message)
		return nil, false
	}
	if len(doc.Content) == 0 {
		return nil, true
	}
	return doc.Content[0], true
}

// yamlError takes the line out of an error such as "yaml: line 3: did not find ...".
func yamlError(err error) (line int, message string) {
	m := regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`).FindStringSubmatch(err.Error())
	if m == nil {
		return 1, err.Error()
	}
	line, convErr := strconv.Atoi(m[1])
	if convErr != nil {
		line = 1
	}
	return line, m[2]
}

// field is one key of a mapping with its value.
type field struct {
	key, value *yaml.Node
}

// fields is a YAML mapping, read strictly.
type fields struct {
	src    *source
	start  place
	byName map[string]field
}

// fields reads a mapping and reports keys that are unknown or given twice, and
// anything that is not a mapping. Nothing at all is an empty mapping.
func (s *source) fields(n *yaml.Node, known ...string) (fields, bool) {
	want := strings.Join(known, ", ")
	if n == nil {
		return fields{src: s, start: place{1, 1}}, true
	}
	if n.Kind != yaml.MappingNode {
		s.problem(s.node(n), "wrong type: write \"key: value\" lines with the keys %s", want)
		return fields{}, false
	}
	f := fields{src: s, start: s.node(n), byName: map[string]field{}}
	for pair := range slices.Chunk(n.Content, 2) {
		key := pair[0]
		_, seen := f.byName[key.Value]
		switch {
		case !slices.Contains(known, key.Value):
			s.problem(s.node(key), "unknown key %q: the keys here are %s", key.Value, want)
		case seen:
			s.problem(s.node(key), "key %q is given twice: remove one", key.Value)
		default:
			f.byName[key.Value] = field{key, pair[1]}
		}
	}
	return f, true
}

// at returns the place of a key, or of the mapping when it has no such key.
func (f fields) at(key string) place {
	if at, ok := f.byName[key]; ok {
		return f.src.node(at.key)
	}
	return f.start
}

// get returns a value that must be there.
func (f fields) get(key string) (*yaml.Node, bool) {
	at, ok := f.byName[key]
	if !ok || isEmpty(at.value) {
		f.src.problem(f.at(key), "missing required key %q: add \"%s: ...\"", key, key)
		return nil, false
	}
	return at.value, true
}

// isEmpty says whether nothing stands behind the key.
func isEmpty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == ""
}

// text returns a required text.
func (f fields) text(key string) string {
	n, ok := f.get(key)
	if !ok {
		return ""
	}
	text, err := textOf(n)
	if err != nil {
		f.src.problem(f.src.node(n), "%s: %v", key, err)
	}
	return text
}

// date returns a required day.
func (f fields) date(key string) time.Time {
	n, ok := f.get(key)
	if !ok {
		return time.Time{}
	}
	t, err := time.Parse(day, n.Value)
	if err != nil || n.Kind != yaml.ScalarNode {
		f.src.problem(f.src.node(n), "%s: bad date %q: write year-month-day, such as 2026-10-12", key, n.Value)
		return time.Time{}
	}
	return t
}

// textOf returns a scalar that YAML takes for a text, on one line.
func textOf(n *yaml.Node) (string, error) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" {
		return "", fmt.Errorf("wrong type (%s): write a text, in quotes if it looks like something else", yamlType(n))
	}
	return squeeze(n.Value), nil
}

// textsOf returns a list's texts with their lines; what is no text is reported.
func (s *source) textsOf(n *yaml.Node, what string) []phrasing {
	if n.Kind != yaml.SequenceNode {
		s.problem(s.node(n), "%s: wrong type (%s): write a list, one \"- text\" a line", what, yamlType(n))
		return nil
	}
	var texts []phrasing
	for _, item := range n.Content {
		text, err := textOf(item)
		switch {
		case err != nil:
			s.problem(s.node(item), "%s: %v", what, err)
		case fold(text) == "":
			s.problem(s.node(item), "%s: empty text: write words or remove the line", what)
		default:
			texts = append(texts, phrasing{text, s.node(item)})
		}
	}
	return texts
}

// yamlType names a node's type as an editor knows it.
func yamlType(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	return strings.TrimPrefix(n.ShortTag(), "!!")
}

// items returns the items of a list that is a whole file; anything else is reported.
func (s *source) items(example string) ([]*yaml.Node, bool) {
	root, ok := s.parseYAML(s.text)
	if !ok {
		return nil, false
	}
	if root == nil || root.Kind != yaml.SequenceNode {
		s.problem(place{1, 1}, "wrong type: write a list, each item beginning with \"- %s\"", example)
		return nil, false
	}
	return root.Content, true
}
