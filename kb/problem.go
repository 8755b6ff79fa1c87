package kb

import "fmt"

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
