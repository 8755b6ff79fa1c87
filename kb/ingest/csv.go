package ingest

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"
)

// separators may divide the columns: Excel writes a semicolon where the comma is the
// decimal sign, as in Russia.
const separators = ";,\t"

// record is one row of a table and the line on which it begins.
type record struct {
	cells []string
	line  int
}

// readCSV makes one FAQ of all questions of a file.
func (r *run) readCSV(ctx context.Context, files []file) error {
	for _, f := range files {
		if err := going(ctx); err != nil {
			return err
		}
		records, err := readRecords(f.text)
		if err != nil {
			r.skip(f.name, "%v", err)
			continue
		}
		language, pair := localeFolder(f.name)
		a := &article{source: f.name, key: f.name, pair: pair, language: language, updated: r.Now}
		a.item = &Item{Source: f.name}
		r.articles = append(r.articles, a)
		r.readRows(a, records)
		for _, row := range a.rows {
			if f.note != "" {
				row.item.note("%s", f.note)
			}
		}
		if len(a.rows) == 0 {
			r.items = append(r.items, a.item)
			a.skip("no questions found: want two columns, question and answer")
		}
	}
	return nil
}

// readRows takes the rows that are a question with its answer.
func (r *run) readRows(a *article, records []record) {
	markdown := dialect(goldmark.WithRendererOptions(html.WithHardWraps()))
	first := map[string]int{}
	for _, rec := range records {
		source := fmt.Sprintf("%s:%d", a.source, rec.line)
		question, answer := line(rec.cells[0]), strings.TrimSpace(rec.cells[1])
		key := strings.ToLower(strings.TrimRight(question, " ?.!"))
		why := unfitMarkdown(answer)
		switch {
		case len(rec.cells) > 2 && strings.Join(rec.cells[2:], "") != "":
			why = fmt.Sprintf("%d columns: want two, question and answer", len(rec.cells))
		case question == "" && answer == "":
			continue
		case question == "" || answer == "":
			why = "a question without an answer, or an answer without a question"
		case first[key] > 0:
			why = fmt.Sprintf("the same question as on line %d: keep one", first[key])
		}
		if why != "" {
			r.skip(source, "%s", why)
			continue
		}
		first[key] = rec.line
		item := &Item{Source: source}
		r.items = append(r.items, item)
		a.rows = append(a.rows, row{item, question, answerHTML(markdown, answer)})
	}
}

// tag finds what makes an answer HTML.
var tag = regexp.MustCompile(`(?i)</?(p|br|ul|ol|li|div|span|b|i|strong|em|table|h[1-6]|a)(\s[^<>]*)?/?>`)

// answerHTML reads an answer: HTML where it has tags, else text in which line ends count,
// with lists and links as in Markdown.
func answerHTML(markdown goldmark.Markdown, answer string) string {
	if tag.MatchString(answer) {
		return answer
	}
	return toHTML(markdown, answer)
}

// readRecords reads a table with the separator that gives the most rows of two cells,
// without its header.
func readRecords(text string) ([]record, error) {
	if len(text) > maxText {
		return nil, fmt.Errorf("text is larger than %d MiB: split it", maxText>>20)
	}
	text, given := cutSeparator(text)
	best, most := []record(nil), -1
	var failed error
	for _, separator := range given {
		records, err := parseRecords(text, separator)
		if err != nil {
			failed = err
			continue
		}
		pairs := 0
		for _, rec := range records {
			if len(rec.cells) == 2 && rec.cells[1] != "" {
				pairs++
			}
		}
		if pairs > most {
			best, most = records, pairs
		}
	}
	switch {
	case most <= 0 && failed != nil:
		return nil, failed
	case len(best) > maxArticles:
		return nil, fmt.Errorf("more than %d rows: split it", maxArticles)
	}
	if len(best) > 0 && isHeader(best[0].cells) {
		best = best[1:]
	}
	return best, nil
}

// cutSeparator takes off the line "sep=;" with which Excel names the separator.
func cutSeparator(text string) (rest, given string) {
	if len(text) > 5 && strings.EqualFold(text[:4], "sep=") && strings.IndexByte(separators, text[4]) >= 0 && text[5] == '\n' {
		return text[5:], text[4:5] // the empty line keeps the numbers of the others
	}
	return text, separators
}

// parseRecords reads a table. Rows of one cell become rows with an empty second one.
func parseRecords(text string, separator rune) ([]record, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.FieldsPerRecord = separator, -1
	var records []record
	for {
		cells, err := reader.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return records, nil
		case errors.As(err, &broken):
			return nil, fmt.Errorf("broken table at line %d, in the row that begins at line %d: %w: quotes within an answer are written twice", broken.Line, broken.StartLine, broken.Err)
		case err != nil:
			return nil, err
		}
		at, _ := reader.FieldPos(0)
		for len(cells) < 2 {
			cells = append(cells, "")
		}
		records = append(records, record{cells, at})
	}
}

// isHeader says whether a row names the columns.
func isHeader(cells []string) bool {
	known := func(cell string, words ...string) bool {
		for _, word := range words {
			if strings.EqualFold(line(cell), word) {
				return true
			}
		}
		return false
	}
	return known(cells[0], "question", "questions", "q", "title", "вопрос", "вопросы", "заголовок") &&
		known(cells[1], "answer", "answers", "a", "body", "text", "ответ", "ответы", "текст")
}
