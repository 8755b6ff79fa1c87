package kb

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
)

// Severity says whether a problem must be mended.
type Severity string

// The severities. Load reports errors only; content with one of those cannot serve.
const (
	Error   Severity = "error"
	Warning Severity = "warning" // worth a look; the editor decides
)

// Problem is something wrong in the content, at a place that an editor can open.
type Problem struct {
	File     string   `json:"file"`   // path in the content
	Line     int      `json:"line"`   // from 1; 0 when the whole file is meant
	Column   int      `json:"column"` // in characters, from 1; 0 when the whole line is meant
	Severity Severity `json:"severity"`
	Message  string   `json:"message"` // what is wrong, then what to write instead
}

// String returns "file:line:column: message", as compilers print it; a warning says so
// before its message.
func (p Problem) String() string {
	at := p.File
	if p.Line > 0 {
		at += fmt.Sprintf(":%d", p.Line)
	}
	if p.Column > 0 {
		at += fmt.Sprintf(":%d", p.Column)
	}
	if p.Severity == Warning {
		return at + ": warning: " + p.Message
	}
	return at + ": " + p.Message
}

// place is a position in a file: a line and a column, each from 1; 0 stands for all of it.
type place struct{ line, column int }

// compareProblems orders by place, severity and message.
func compareProblems(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Message, b.Message),
	)
}

// report collects the problems of one load, from several goroutines.
type report struct {
	mu       sync.Mutex
	problems []Problem
}

// add notes an error. The message says what is wrong, then what to write instead.
func (r *report) add(file string, at place, format string, args ...any) {
	r.note(Error, file, at, format, args...)
}

// note notes a problem of any severity.
func (r *report) note(s Severity, file string, at place, format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.problems = append(r.problems, Problem{
		File: file, Line: at.line, Column: at.column, Severity: s, Message: fmt.Sprintf(format, args...),
	})
}

// sorted returns the problems in order, each once a line: two tags on a line are one
// mistake to an editor.
func (r *report) sorted() []Problem {
	slices.SortFunc(r.problems, compareProblems)
	seen := map[Problem]bool{}
	return slices.DeleteFunc(r.problems, func(p Problem) bool {
		p.Column = 0
		twice := seen[p]
		seen[p] = true
		return twice
	})
}
