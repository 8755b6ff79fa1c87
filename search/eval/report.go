package eval

import (
	"fmt"
	"strconv"
)

// Report is the outcome of an evaluation: a *[Retrieval], *[Content], *[Classification] or
// *[Abstention].
type Report interface {
	view() view
}

// view is a report as people read it.
type view struct {
	Title    string
	About    []string // what was evaluated, a sentence each
	Tables   []table
	Curve    []Point
	Ranks    []Bin
	Misses   []Miss
	Hidden   int       // misses that nobody may look at
	Mistakes []Mistake // the misses of labels
	Chosen   string    // which of those, empty for all
}

// MissesInWords counts the misses.
func (v view) MissesInWords() string {
	words := fmt.Sprintf("Misses: %d.", len(v.Misses)+v.Hidden+len(v.Mistakes))
	if v.Chosen != "" {
		words = fmt.Sprintf("Misses %s: %d.", v.Chosen, len(v.Mistakes))
	}
	if v.Hidden > 0 {
		words += fmt.Sprintf(" Of the kept half and never shown, as whoever looks at them tunes on them: %d.", v.Hidden)
	}
	return words
}

// table is rows of figures: the first column is words, the others are numbers.
type table struct {
	Caption string
	Head    []string
	Tail    string // head of one more column, of words; empty for none
	Rows    [][]string
}

// view shows the report.
func (r *Retrieval) view() view {
	v := view{
		Title: "Retrieval, " + string(r.Locale),
		About: []string{fmt.Sprintf("Documents: %d. Queries in scope: %d.", r.Documents, r.Queries)},
		Curve: r.Confidence.Curve, Ranks: r.Ranks, Misses: r.Misses,
	}
	note := func(n int, words string) {
		if n > 0 {
			v.About = append(v.About, fmt.Sprintf(words, n))
		}
	}
	note(r.Deleted, "Deleted: %d.")
	note(r.OutOfScope, "With nothing relevant left, to get no answer: %d.")
	note(r.Unjudged, "Not asked, as nothing is judged relevant to them: %d.")
	note(r.Absent, "Judged documents that the corpus lacks, counted as not found: %d.")
	note(r.Refused, "Refused by search, counted as missed: %d.")
	v.Tables = []table{metricTable(r.Metrics), rankTable(r.Ranks), verdictTable(r.Verdicts, false), r.Confidence.table(withAnswer)}
	if len(r.Peers) > 0 {
		v.Tables = append(v.Tables, rivalTable(r.Peers))
	}
	if r.Comparison != nil {
		v.Tables = append(v.Tables, r.Comparison.tables()...)
	}
	return v
}

// view shows the report.
func (c *Content) view() view {
	v := view{
		Title: fmt.Sprintf("Content, %s, %s", c.Locale, halfName(c.Half)),
		About: []string{fmt.Sprintf("Judged questions: %d.", c.Questions)},
		Curve: c.Confidence.Curve, Ranks: c.Ranks, Misses: c.Misses, Hidden: c.Withheld,
		Tables: []table{
			metricTable(c.Metrics), verdictTable(c.Verdicts, true), c.Confidence.table(withAnswer), rankTable(c.Ranks), c.categoryTable(),
		},
	}
	if len(c.Peers) > 0 {
		v.Tables = append(v.Tables, rivalTable(c.Peers))
	}
	if c.Refused > 0 {
		v.About = append(v.About, fmt.Sprintf("Refused by search, counted as missed: %d.", c.Refused))
	}
	return v
}

func halfName(h Half) string {
	if h == Both {
		return "both halves"
	}
	return string(h) + " half"
}

func metricTable(metrics []Metric) table {
	t := table{Caption: "Figures", Head: []string{"figure", "value", "from", "to"}}
	for _, m := range metrics {
		t.Rows = append(t.Rows, []string{m.Name, fmt.Sprintf("%.3f", m.Value), fmt.Sprintf("%.3f", m.Low), fmt.Sprintf("%.3f", m.High)})
	}
	return t
}

func rankTable(bins []Bin) table {
	t := table{Caption: "Rank of the first right one", Head: []string{"rank"}, Rows: [][]string{{"questions"}}}
	for _, b := range bins {
		t.Head = append(t.Head, b.Ranks)
		t.Rows[0] = append(t.Rows[0], strconv.Itoa(b.Count))
	}
	return t
}

func (c *Content) categoryTable() table {
	t := table{
		Caption: "By category",
		Head:    []string{"category", "questions", "article first", "passage first", "in three", "answered", "of these right", "suggested", "no answer", "to a person"},
	}
	for _, by := range c.Categories {
		row := []string{by.ID}
		for _, n := range []int{by.Questions, by.Article, by.Passage, by.Within3, by.Answered, by.Right, by.Suggested, by.NoAnswer, by.Handoff} {
			row = append(row, strconv.Itoa(n))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
