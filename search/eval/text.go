package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// WriteText writes reports as aligned tables, for people. Misses are only counted: they are
// read with their explanations, on the page of [WriteHTML].
func WriteText(w io.Writer, reports ...Report) error {
	out := bufio.NewWriter(w) // keeps its first error, and Flush returns it
	for i, r := range reports {
		if i > 0 {
			fmt.Fprintln(out)
		}
		v := r.view()
		fmt.Fprintf(out, "%s. %s\n", v.Title, strings.Join(v.About, " "))
		for _, t := range v.Tables {
			if len(t.Rows) > 0 {
				fmt.Fprintln(out)
				t.write(out)
			}
		}
		fmt.Fprintf(out, "\n%s\n", v.MissesInWords())
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write a report: %w", err)
	}
	return nil
}

// write aligns words to the left and numbers to the right.
func (t table) write(out *bufio.Writer) {
	widths := make([]int, len(t.Head))
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		for i, cell := range row[:len(t.Head)] {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	fmt.Fprintln(out, t.Caption)
	head := t.Head
	if t.Tail != "" {
		head = append(head[:len(head):len(head)], t.Tail)
	}
	for _, row := range append([][]string{head}, t.Rows...) {
		fmt.Fprintf(out, "  %-*s", widths[0], printable(row[0]))
		for i := 1; i < len(t.Head); i++ {
			fmt.Fprintf(out, "  %*s", widths[i], row[i])
		}
		if t.Tail != "" {
			fmt.Fprintf(out, "  %s", printable(row[len(t.Head)]))
		}
		fmt.Fprintln(out)
	}
}

// printable puts a space for what would move a terminal's cursor, and cuts what is too long
// for a line: IDs and questions are other people's.
func printable(text string) string {
	const longest = 100
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return text
}
