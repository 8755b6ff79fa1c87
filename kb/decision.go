package kb

import (
	"strconv"

	"go.yaml.in/yaml/v3"
)

// decisionFile says from which confidence search answers. It may be missing, and "otvet tune"
// writes it.
const decisionFile = "decision.yaml"

// never is written where a category must never be answered by the program.
const never = "never"

// Thresholds say from which confidence, 0..1, a passage is shown as the answer, and from which
// passages are offered to choose from. Above 1 is never.
type Thresholds struct {
	Answer     float64
	Suggest    float64
	Categories map[string]float64 // as Answer, for the passages of a category that differs
}

// Never is a threshold that no confidence reaches.
const Never = 2

// AnswerFrom returns the threshold for an answer from a category.
func (t Thresholds) AnswerFrom(category string) float64 {
	if from, ok := t.Categories[category]; ok {
		return from
	}
	return t.Answer
}

// readDecision reads the thresholds of the edition.
func (e *edition) readDecision(src *source) bool {
	root, ok := src.parseYAML(src.text)
	if !ok {
		return false
	}
	f, ok := src.fields(root, names(decisionKeys())...)
	if !ok {
		return false
	}
	t := Thresholds{Answer: f.threshold("answer"), Suggest: f.threshold("suggest"), Categories: map[string]float64{}}
	if t.Suggest > t.Answer {
		src.problem(f.at("suggest"), "suggest %v is above answer %v: passages are offered where the answer is less sure", t.Suggest, t.Answer)
	}
	e.decisionIn, e.thresholds = src, &t
	e.categoryThresholds(f)
	return true
}

// categoryThresholds reads the categories that differ.
func (e *edition) categoryThresholds(f fields) {
	at, ok := f.byName["categories"]
	if !ok {
		return
	}
	if at.value.Kind != yaml.MappingNode {
		f.src.problem(f.src.node(at.value), "categories: wrong type (%s): write lines \"withdrawals: 0.9\"", yamlType(at.value))
		return
	}
	for i := 0; i < len(at.value.Content); i += 2 {
		id, value := at.value.Content[i], at.value.Content[i+1]
		e.thresholds.Categories[id.Value] = f.src.threshold(value, "category "+id.Value)
		e.tuned = append(e.tuned, phrasing{id.Value, f.src.node(id)})
	}
}

// threshold returns a required number of 0..1, or [Never].
func (f fields) threshold(key string) float64 {
	at, ok := f.byName[key]
	if !ok {
		f.src.problem(f.start, "missing key %q: write a number from 0 to 1", key)
		return Never
	}
	return f.src.threshold(at.value, key)
}

func (s *source) threshold(n *yaml.Node, what string) float64 {
	if n.Value == never {
		return Never
	}
	value, err := strconv.ParseFloat(n.Value, 64)
	if n.Kind != yaml.ScalarNode || err != nil || !(value >= 0 && value <= 1) {
		s.problem(s.node(n), "%s: write a number from 0 to 1, or %q", what, never)
		return Never
	}
	return value
}

// checkDecision finds thresholds of categories that there are not.
func (e *edition) checkDecision() {
	for _, id := range e.tuned {
		if !e.hasCategory(id.text) {
			e.decisionIn.problem(id.at, "unknown category %q: the categories are %s", id.text, joined(e.categoryIDs()))
		}
	}
}
