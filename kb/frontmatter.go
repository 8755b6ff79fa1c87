package kb

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// fence is the line before and after the front matter.
const fence = "---"

// header is an article's front matter.
type header struct {
	title, category, summary string
	updated, effective       time.Time
	review                   time.Time // zero unless given
	categoryAt, effectiveAt  place
	updatedAt, reviewAt      place
	whole                    []phrasing // questions for the whole article
	anchored                 []anchoredPhrasings
}

// anchoredPhrasings are the questions for one section.
type anchoredPhrasings struct {
	anchor    string
	at        place
	phrasings []phrasing
}

// split cuts a file into front matter and body. Each has blanks in the place of the
// other part, so that offsets and line numbers in it are the file's.
func (s *source) split() (yaml, body string, ok bool) {
	lines := strings.SplitAfter(s.text, "\n")
	isFence := func(line string) bool { return strings.TrimRight(line, " \t\n") == fence }
	if !isFence(lines[0]) {
		s.problem(place{1, 1}, "no front matter: begin the file with a line \"---\", then \"title: ...\" and the other keys, then \"---\"")
		return "", s.text, false
	}
	end := slices.IndexFunc(lines[1:], isFence) + 1
	if end == 0 {
		s.problem(place{1, 1}, "front matter has no end: close it with a line \"---\"")
		return "", "", false
	}
	yaml = blank(lines[0]) + strings.Join(lines[1:end], "")
	body = blank(strings.Join(lines[:end+1], "")) + strings.Join(lines[end+1:], "")
	return yaml, body, true
}

// blank returns spaces and line feeds that take the place of text, byte for byte.
func blank(text string) string {
	b := bytes.Repeat([]byte(" "), len(text))
	for i := range b {
		if text[i] == '\n' {
			b[i] = '\n'
		}
	}
	return string(b)
}

// frontMatter returns the mapping between the fences and the body below it.
func (s *source) frontMatter(known ...string) (f fields, body string, ok bool) {
	text, body, ok := s.split()
	if !ok {
		return fields{}, body, false
	}
	root, ok := s.parseYAML(text)
	if !ok {
		return fields{}, body, false
	}
	f, ok = s.fields(root, known...)
	return f, body, ok
}

// readHeader reads an article's front matter and returns the body as well. Of a broken
// front matter it returns what is sound; ok is false when it is not even clear where
// the body begins.
func (s *source) readHeader(kind Kind) (h header, body string, ok bool) {
	f, body, ok := s.frontMatter(names(articleKeys())...)
	if !ok {
		return header{}, body, body != ""
	}
	h = header{
		title:       f.text("title"),
		category:    f.text("category"),
		summary:     f.text("summary"),
		updated:     f.date("updated"),
		categoryAt:  f.at("category"),
		effectiveAt: f.at("effective"),
		updatedAt:   f.at("updated"),
		reviewAt:    f.at("updated"),
	}
	if _, given := f.byName["effective"]; kind == Terms {
		h.effective = f.date("effective")
	} else if given {
		s.problem(h.effectiveAt, "effective is for Terms only: remove the line, or move the file to the folder terms")
	}
	if _, given := f.byName["review"]; given {
		h.review, h.reviewAt = f.date("review"), f.at("review")
	}
	if at, given := f.byName["questions"]; given {
		h.whole, h.anchored = s.questions(at.value)
	}
	return h, body, true
}

// questions reads a list for the whole article or a mapping from anchor to list.
func (s *source) questions(n *yaml.Node) (whole []phrasing, anchored []anchoredPhrasings) {
	if n.Kind != yaml.MappingNode {
		return s.textsOf(n, "questions"), nil
	}
	for pair := range slices.Chunk(n.Content, 2) {
		key, value := pair[0], pair[1]
		if slices.ContainsFunc(anchored, func(a anchoredPhrasings) bool { return a.anchor == key.Value }) {
			s.problem(s.node(key), "questions: anchor %q is given twice: join the two lists", key.Value)
		}
		anchored = append(anchored, anchoredPhrasings{key.Value, s.node(key), s.textsOf(value, "questions")})
	}
	return nil, anchored
}

// reviewAfter is how long an article is taken for right when it does not say itself, in months.
const reviewAfter = 12

// reviewDay returns the day by which the article is to be looked at again.
func reviewDay(h header) time.Time {
	if !h.review.IsZero() || h.updated.IsZero() {
		return h.review
	}
	return h.updated.AddDate(0, reviewAfter, 0)
}
