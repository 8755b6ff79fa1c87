package kb

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// join adds to a file that exists, and leaves its line ends as they are.
func (s Skeleton) join(fsys fs.FS, file string, files map[string]string) error {
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	text, added := normalize(string(raw)), map[string]string{}
	switch s.Kind {
	case FAQ:
		err = s.addQuestion(file, text, added)
	case Terms:
		err = s.addVersion(fsys, file, text, added)
	default:
		err = &SkeletonError{file + " exists already: choose another name"}
	}
	for name, text := range added {
		if strings.Contains(string(raw), "\r\n") {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		files[name] = text
	}
	return err
}

// Lines of the front matter: the mapping of questions with all that is in it, and the days.
var (
	questionLines = regexp.MustCompile(`(?m)^questions:[ \t]*\n(?:(?:[ \t].*|#.*)?\n)*`)
	updatedLine   = regexp.MustCompile(`(?m)^updated:.*$`)
	effectiveLine = regexp.MustCompile(`(?m)^effective:[ \t]*["']?(\d{4}-\d\d-\d\d)["']?[ \t]*(?:#.*)?$`)
)

// addQuestion appends a question to an FAQ.
func (s Skeleton) addQuestion(file, text string, files map[string]string) error {
	if strings.Contains(text, "{#"+s.anchor()+"}") {
		return &SkeletonError{fmt.Sprintf("%s has a question {#%s} already: choose another anchor", file, s.anchor())}
	}
	h := hintsIn(Locale(localeOf(file)))
	header, body := cutHeader(text)
	at := questionLines.FindStringIndex(header)
	if at == nil {
		return &SkeletonError{file + ` has no "questions:" by anchor in its front matter: write it first`}
	}
	header = header[:at[1]] + s.questions(h) + header[at[1]:]
	header = updatedLine.ReplaceAllString(header, "updated: "+s.Today.Format(day))
	text = header + strings.TrimRight(body, "\n") + "\n\n" + s.entry(h)
	if !s.asks(file, text) {
		return &SkeletonError{file + ` lists its "questions:" in a way of its own: write them as "  anchor:" and below it "    - question" first`}
	}
	files[file] = text
	return nil
}

// asks says whether a file has questions for the new anchor, as it is read.
func (s Skeleton) asks(file, text string) bool {
	src := &source{file: file, text: text, starts: lineStarts(text), report: &report{}}
	src.expandArticle(nil)
	h, _, _ := src.readHeader(FAQ)
	return slices.ContainsFunc(h.anchored, func(a anchoredPhrasings) bool { return a.anchor == s.anchor() && len(a.phrasings) > 0 })
}

// cutHeader cuts a text before the line that ends its front matter.
func cutHeader(text string) (header, body string) {
	end := strings.Index(text, "\n"+fence)
	if end < 0 {
		return text, ""
	}
	return text[:end+1], text[end+1:]
}

// addVersion keeps the text in force under its date and begins the next.
func (s Skeleton) addVersion(fsys fs.FS, file, text string, files map[string]string) error {
	header, body := cutHeader(text)
	m := effectiveLine.FindStringSubmatch(header)
	if m == nil {
		return &SkeletonError{file + " does not say when it takes effect: write its \"effective\" first"}
	}
	if s.Effective.Format(day) <= m[1] {
		return &SkeletonError{fmt.Sprintf("%s is in force since %s: a new version takes effect later, say with --effective", file, m[1])}
	}
	old := strings.TrimSuffix(file, ".md") + "@" + m[1] + ".md"
	if _, err := fs.Stat(fsys, old); err == nil {
		return &SkeletonError{old + " is there already, and so is " + file + " with the same day: say in one of them from which day it holds"}
	}
	frozen, err := freeze(fsys, file)
	if err != nil {
		return err
	}
	files[old] = frozen
	header = updatedLine.ReplaceAllString(header, "updated: "+s.Today.Format(day))
	files[file] = effectiveLine.ReplaceAllString(header, "effective: "+s.Effective.Format(day)) + body
	return nil
}

// freeze returns a file with its numbers written out. What is not yet whole cannot be kept
// for disputes.
func freeze(fsys fs.FS, file string) (string, error) {
	l := &loader{fsys: fsys, report: &report{}, unread: map[string]bool{}}
	l.readFacts()
	src, ok := readSource(fsys, file, l.report)
	if ok {
		src.expandArticle(l.facts)
	}
	if problems := l.report.sorted(); len(problems) > 0 {
		return "", &SkeletonError{"mend what is in force before it is kept: " + problems[0].String()}
	}
	return src.text, nil
}
