package policy

import (
	"bytes"
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

func (p *problems) add(file string, line int, key, format string, args ...any) {
	*p = append(*p, problem{file, key, fmt.Sprintf(format, args...), line})
}

// join returns all of them as one error.
func (p problems) join() error {
	var all []error
	for _, problem := range p {
		all = append(all, problem)
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

// inError finds the line in a message of the YAML package.
var inError = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors:\s*)?line (\d+): (.*)`)

// decode reads the document strictly: an unknown or repeated key, a value of another type
// and a second document are problems.
func (d *document) decode(into any) bool {
	decoder := yaml.NewDecoder(bytes.NewReader(d.text))
	decoder.KnownFields(true)
	err := decoder.Decode(into)
	if err == nil && !errors.Is(decoder.Decode(new(any)), io.EOF) {
		err = errors.New("more than one document: remove the line ---")
	}
	if err == nil {
		var root yaml.Node
		err = yaml.Unmarshal(d.text, &root)
		d.index("", &root)
	}
	if err == nil {
		return true
	}
	messages := []string{err.Error()}
	if many := (*yaml.TypeError)(nil); errors.As(err, &many) {
		messages = many.Errors
	}
	for _, m := range messages {
		line, text := 0, m
		if at := inError.FindStringSubmatch(m); at != nil {
			line, _ = strconv.Atoi(at[1])
			text = at[2]
		}
		d.problems.add(d.name, line, "", "%s", text)
	}
	return false
}

// index notes the line of each key below a node.
func (d *document) index(key string, n *yaml.Node) {
	d.lines[key] = n.Line
	switch n.Kind {
	case yaml.DocumentNode:
		d.index(key, n.Content[0])
	case yaml.MappingNode:
		for pair := range slices.Chunk(n.Content, 2) {
			d.index(strings.TrimPrefix(key+"."+pair[0].Value, "."), pair[1])
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			d.index(fmt.Sprintf("%s[%d]", key, i), item)
		}
	}
}
