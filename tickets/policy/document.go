package policy

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// problem is something wrong in a file.
type problem struct {
	file, key, message string
	line               int // 0: the whole file
}

// Error returns "file:line: key: message".
func (p problem) Error() string {
	at := p.file
	if p.line > 0 {
		at += ":" + strconv.Itoa(p.line)
	}
	if p.key != "" {
		at += ": " + p.key
	}
	return at + ": " + p.message
}

// problems is what is wrong with a folder.
type problems []problem

// add notes a problem, once.
func (p *problems) add(file string, line int, key, format string, args ...any) {
	found := problem{file, key, fmt.Sprintf(format, args...), line}
	if !slices.Contains(*p, found) {
		*p = append(*p, found)
	}
}

// join returns all of them as one error, in the order of the files and lines; nil if
// there is none.
func (p problems) join() error {
	slices.SortStableFunc(p, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.Error(), b.Error()))
	})
	var all []error
	for _, found := range p {
		all = append(all, found)
	}
	return errors.Join(all...)
}

// document is a YAML file and the lines of its keys.
type document struct {
	name     string
	text     []byte
	lines    map[string]int // by key: "terms[2].limit"
	problems *problems
}

// open reads a file of the folder. What is not a YAML file is a problem: in a folder of
// rules a misnamed file would be a rule that nobody sees missing.
func (l *loading) open(name string) (*document, bool) {
	doc := &document{name: name, lines: map[string]int{}, problems: &l.problems}
	if path.Ext(name) != ".yaml" {
		doc.problem("", "only .yaml files have a place here")
		return nil, false
	}
	var err error
	if doc.text, err = fs.ReadFile(l.fsys, name); err != nil {
		doc.problem("", "%v", err)
		return nil, false
	}
	return doc, true
}

// problem notes what is wrong with a key, at the line of the key or of the nearest one
// around it.
func (d *document) problem(key, format string, args ...any) {
	d.problems.add(d.name, d.line(key), key, format, args...)
}

func (d *document) line(key string) int {
	for key != "" {
		if line, ok := d.lines[key]; ok {
			return line
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return 0
}

// decode reads the document strictly: an unknown or repeated key, a value of another type
// and a second document are problems.
func (d *document) decode(into any) bool {
	decoder := yaml.NewDecoder(bytes.NewReader(d.text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); errors.Is(err, io.EOF) {
		d.problem("", "the file is empty")
		return false
	} else if err != nil {
		d.notYAML(err)
		return false
	}
	if err := decoder.Decode(new(any)); !errors.Is(err, io.EOF) {
		d.problem("", "more than one document: take out the line ---")
		return false
	}
	var root yaml.Node
	if err := yaml.Unmarshal(d.text, &root); err != nil {
		d.notYAML(err)
		return false
	}
	d.index("", &root)
	return true
}

// inError finds the line in a message of the YAML package.
var inError = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)`)

// notYAML notes what the YAML package says, at the lines that it names.
func (d *document) notYAML(err error) {
	messages := []string{err.Error()}
	if many := (*yaml.TypeError)(nil); errors.As(err, &many) {
		messages = many.Errors
	}
	for _, m := range messages {
		line := 0
		if at := inError.FindStringSubmatch(m); at != nil {
			line, _ = strconv.Atoi(at[1])
			m = at[2]
		}
		d.problems.add(d.name, line, "", "%s", m)
	}
}

// index notes the line of each key below a node.
func (d *document) index(key string, n *yaml.Node) {
	switch n.Kind {
	case yaml.DocumentNode:
		d.index(key, n.Content[0])
	case yaml.MappingNode:
		for pair := range slices.Chunk(n.Content, 2) {
			inner := strings.TrimPrefix(key+"."+pair[0].Value, ".")
			d.lines[inner] = pair[0].Line
			d.index(inner, pair[1])
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			inner := fmt.Sprintf("%s[%d]", key, i)
			d.lines[inner] = item.Line
			d.index(inner, item)
		}
	}
}
