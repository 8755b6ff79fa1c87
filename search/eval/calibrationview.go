package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"otvet/kb"
)

// view shows the calibration.
func (c *Calibration) view() view {
	about := []string{fmt.Sprintf("Judged questions: %d. Wanted precision: %.2f.", c.Questions, c.Goal.Precision)}
	if c.Thresholds.Answer > 1 {
		about = append(about, "No confidence reaches it with these questions, so nothing would be answered: want less, or judge more questions.")
	}
	return view{
		Title:  "Thresholds, " + string(c.Locale),
		About:  about,
		Tables: []table{c.thresholdTable(), reachedTable(c.OnTuning, c.OnKept), curveTable(c.Curve)},
		Curve:  c.Curve,
	}
}

func (c *Calibration) thresholdTable() table {
	t := table{Caption: "Confidence needed", Head: []string{"for", "from"}}
	t.Rows = append(t.Rows, []string{"an answer", threshold(c.Thresholds.Answer)}, []string{"passages to choose from", threshold(c.Thresholds.Suggest)})
	for _, category := range slices.Sorted(maps.Keys(c.Thresholds.Categories)) {
		t.Rows = append(t.Rows, []string{"an answer about " + category, threshold(c.Thresholds.Categories[category])})
	}
	return t
}

// threshold writes a confidence as decision.yaml has it.
func threshold(from float64) string {
	if from > 1 {
		return "never"
	}
	return strconv.FormatFloat(from, 'f', 3, 64)
}

func reachedTable(tuning, kept Reached) table {
	t := table{Caption: "What they give", Head: []string{"figure", "tuning half", "kept half"}}
	row := func(name string, figure func(Reached) (int, int)) {
		line := []string{name}
		for _, r := range []Reached{tuning, kept} {
			n, of := figure(r)
			line = append(line, fmt.Sprintf("%.3f (%d of %d)", share(n, of), n, of))
		}
		t.Rows = append(t.Rows, line)
	}
	row("right, of the answers", func(r Reached) (int, int) { return r.Right, r.Answered })
	row("answered, of the questions with an answer", func(r Reached) (int, int) { return r.Answered, r.Answerable })
	row("shown something, of those without", func(r Reached) (int, int) { return r.Idle, r.Unanswered })
	return t
}

// curveTable shows the curve in steps of a twentieth.
func curveTable(curve []Point) table {
	t := table{Caption: "Precision and coverage, of all questions of the tuning half", Head: []string{"confidence from", "coverage", "precision"}}
	next := 0.0
	for _, p := range curve {
		if p.Coverage >= next {
			t.Rows = append(t.Rows, []string{fmt.Sprintf("%.3f", p.Confidence), fmt.Sprintf("%.3f", p.Coverage), fmt.Sprintf("%.3f", p.Precision)})
			next = p.Coverage + .05
		}
	}
	return t
}

// WriteDecision writes the thresholds as the content's decision.yaml; hash names the judged set
// that they were chosen by.
func (c *Calibration) WriteDecision(w io.Writer, hash string) error {
	_, err := fmt.Fprintf(w, "# How sure search must be. Written by \"otvet tune\": run it again when content or questions have changed.\nanswer: %s\nsuggest: %s\n",
		threshold(c.Thresholds.Answer), threshold(c.Thresholds.Suggest))
	if err == nil && len(c.Thresholds.Categories) > 0 {
		_, err = io.WriteString(w, "categories:\n"+categoryLines(c.Thresholds))
	}
	if err == nil {
		_, err = fmt.Fprintf(w, "tuned:\n  precision: %v\n  questions: %d\n  set: %s\n", c.Goal.Precision, c.Questions, hash)
	}
	if err != nil {
		return fmt.Errorf("write thresholds: %w", err)
	}
	return nil
}

func categoryLines(t kb.Thresholds) string {
	lines := ""
	for _, category := range slices.Sorted(maps.Keys(t.Categories)) {
		lines += fmt.Sprintf("  %s: %s\n", category, threshold(t.Categories[category]))
	}
	return lines
}
