package tickets

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
)

// Row is one figure of a report, for people and programs that read tables.
type Row struct {
	Part   string `json:"part"`   // "all", a dimension, or "clock"
	Key    string `json:"key"`    // empty for all
	Figure string `json:"figure"` // such as "received"
	Value  string `json:"value"`  // a whole number; times in seconds
}

// Rows returns every figure.
func (r Report) Rows() []Row {
	rows := r.All.rows("all")
	rows = append(rows,
		Row{"all", "", "appeals", strconv.Itoa(r.Appeals)},
		Row{"all", "", "late", strconv.Itoa(r.Late)},
		Row{"all", "", "overtakings", strconv.Itoa(r.Overtakings)})
	for _, k := range r.Clocks {
		rows = append(rows, Row{"clock", string(k.Rule), "kept", strconv.Itoa(k.Kept)}, Row{"clock", string(k.Rule), "total", strconv.Itoa(k.Total)})
	}
	for _, by := range Dimensions() {
		for _, f := range r.By[by] {
			rows = append(rows, f.rows(string(by))...)
		}
	}
	return rows
}

func (f Figures) rows(part string) []Row {
	var rows []Row
	for _, v := range []struct {
		figure string
		value  int64
	}{
		{"received", int64(f.Received)},
		{"unanswered", int64(f.Unanswered)},
		{"repeated", int64(f.Repeated)},
		{"resolved", int64(f.Resolved)},
		{"reopened", int64(f.Reopened)},
		{"answered", int64(f.Answer.Count)},
		{"answer_median", seconds(f.Answer.Median)},
		{"answer_p90", seconds(f.Answer.P90)},
		{"solve_median", seconds(f.Solve.Median)},
		{"solve_p90", seconds(f.Solve.P90)},
		{"scores", int64(f.Said.Scores)},
		{"score_sum", int64(f.Said.Sum)},
		{"helped", int64(f.Said.Helped)},
		{"asked_helped", int64(f.Said.Asked)},
	} {
		rows = append(rows, Row{part, f.Key, v.figure, strconv.FormatInt(v.value, 10)})
	}
	return rows
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// Rows returns every figure that is published. What is hidden has no row.
func (p Published) Rows() []Row {
	all := func(figure string, value int64) Row { return Row{"all", "", figure, strconv.FormatInt(value, 10)} }
	rows := []Row{all("received", int64(p.Received)), all("resolved", int64(p.Resolved))}
	if p.InTime >= 0 {
		rows = append(rows, all("in_time_percent", int64(p.InTime)))
	}
	if p.Answer.Count > 0 {
		rows = append(rows, all("answer_median", seconds(p.Answer.Median)))
	}
	if p.Solve.Count > 0 {
		rows = append(rows, all("solve_median", seconds(p.Solve.Median)))
	}
	if p.Scores > 0 {
		rows = append(rows, all("scores", int64(p.Scores)), Row{"all", "", "score_mean", strconv.FormatFloat(p.Mean, 'f', 1, 64)})
	}
	if p.Helped >= 0 {
		rows = append(rows, all("helped_percent", int64(p.Helped)))
	}
	for _, c := range p.Categories {
		if !c.Hidden {
			rows = append(rows, Row{"category", c.Category, "received", strconv.Itoa(c.Received)}, Row{"category", c.Category, "resolved", strconv.Itoa(c.Resolved)})
		}
	}
	return rows
}

// WriteCSV writes rows under a heading. No cell begins like a formula of a spreadsheet.
func WriteCSV(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	cells := [][]string{{"part", "key", "figure", "value"}}
	for _, r := range rows {
		cells = append(cells, []string{inert(r.Part), inert(r.Key), inert(r.Figure), inert(r.Value)})
	}
	return out.WriteAll(cells)
}

// inert keeps a spreadsheet from running what a cell says.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n|%", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
