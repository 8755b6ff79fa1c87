package kb

import (
	"fmt"
	"io"
	"io/fs"
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxFile is the size of the largest file that is read, in bytes. Rendering time
// grows with the square of some inputs' size, so size is the first fence.
const maxFile = 256 << 10

// source is a file of the content: its bytes as stored, and its text with
// line feeds as line ends and without a byte order mark.
type source struct {
	file   string
	raw    []byte
	text   string
	starts []int // offsets at which the lines begin
	report *report

	expansions []expansion // in text, in order
}

// readSource reads a file, or reports why it cannot be used and returns false.
func readSource(fsys fs.FS, file string, r *report) (*source, bool) {
	raw, err := readFile(fsys, file)
	if err != nil {
		r.add(file, place{}, "cannot be read: %v", err)
		return nil, false
	}
	s := &source{file: file, raw: raw, text: normalize(string(raw)), report: r}
	s.starts = lineStarts(s.text)
	if len(raw) > maxFile {
		s.problem(place{}, "file is larger than %d KiB: split it into several articles", maxFile>>10)
		return nil, false
	}
	if line := s.firstLongLine(); line > 0 {
		s.problem(place{line, 0}, "line of more than %d KiB: split it", maxBlock>>10)
		return nil, false
	}
	if at, problem := firstUnfit(s.text); at >= 0 {
		s.problem(s.at(at), "%s", problem)
		return nil, false
	}
	return s, true
}

// readFile returns at most one byte more than maxFile, however large the file is.
func readFile(fsys fs.FS, file string) (raw []byte, err error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	defer f.Close()
	raw, err = io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return raw, nil
}

// normalize drops what Windows editors add.
func normalize(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// firstUnfit returns the offset of the first byte that text must not hold and what is
// wrong with it, or -1.
func firstUnfit(text string) (offset int, problem string) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return i, fmt.Sprintf("invalid UTF-8 (byte 0x%02x): save the file as UTF-8", text[i])
		case r < ' ' && r != '\n' && r != '\t':
			return i, fmt.Sprintf("control character U+%04X: remove it", r)
		}
		i += n
	}
	return -1, ""
}

// firstLongLine returns the first line that is longer than a block may be, or 0: to find a
// column takes as long as the line is.
func (s *source) firstLongLine() int {
	for i, start := range s.starts {
		end := len(s.text)
		if i+1 < len(s.starts) {
			end = s.starts[i+1]
		}
		if end-start > maxBlock {
			return i + 1
		}
	}
	return 0
}

// lineStarts returns the offset of each line of text.
func lineStarts(text string) []int {
	starts := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// at returns the place of the byte at offset, as it was written: a number that a
// reference became takes the reference's room.
func (s *source) at(offset int) place {
	line := s.line(offset)
	column, begin := 1, s.starts[line-1]
	first := sort.Search(len(s.expansions), func(i int) bool { return s.expansions[i].start >= begin })
	for _, e := range s.expansions[first:] {
		if e.start >= offset {
			break
		}
		column += utf8.RuneCountInString(s.text[begin:e.start])
		if offset < e.end {
			return place{line, column}
		}
		column += e.width
		begin = e.end
	}
	return place{line, column + utf8.RuneCountInString(s.text[begin:offset])}
}

// line returns the line of the byte at offset.
func (s *source) line(offset int) int { return sort.SearchInts(s.starts, offset+1) }

// node returns the place of a YAML node. The parser counts columns in characters.
func (s *source) node(n *yaml.Node) place {
	offset := s.starts[min(n.Line, len(s.starts))-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(s.text[offset:])
		offset += size
	}
	return s.at(offset)
}

// warn reports a warning in this file.
func (s *source) warn(at place, format string, args ...any) {
	s.report.note(Warning, s.file, at, format, args...)
}

// problem reports an error in this file.
func (s *source) problem(at place, format string, args ...any) {
	s.report.add(s.file, at, format, args...)
}
