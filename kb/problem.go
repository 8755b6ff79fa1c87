package kb

import (
	"cmp"
	"fmt"
	"slices"
)

// Problem is something wrong in the content, at a place that an editor can open.
type Problem struct {
	File    string `json:"file"` // path in the content
	Line    int    `json:"line"` // from 1; 0 when the whole file is meant
	Message string `json:"message"`
}

// String returns "file:line: message", as compilers print it.
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// compareProblems orders by file, line and message.
func compareProblems(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Message, b.Message))
}

// report collects the problems of one load.
type report struct{ problems []Problem }

// add notes a problem. The message says what is wrong, then what to write instead.
func (r *report) add(file string, line int, format string, args ...any) {
	r.problems = append(r.problems, Problem{File: file, Line: line, Message: fmt.Sprintf(format, args...)})
}

// sorted returns the problems in order, each once: two tags on a line are one
// mistake to an editor.
func (r *report) sorted() []Problem {
	slices.SortFunc(r.problems, compareProblems)
	return slices.Compact(r.problems)
}
