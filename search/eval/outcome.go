package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"otvet/search/classify"
)

// Outcome is what a classifier made of one text.
type Outcome struct {
	Text       string  `json:"text"`
	Label      string  `json:"label"` // its judges'
	Predicted  string  `json:"predicted"`
	Confidence float64 `json:"confidence"` // 0..1, rounded to six digits as figures are
}

// InScope reports whether the judges found a label that fits.
func (o Outcome) InScope() bool { return o.Label != classify.OutOfScope }

// Right reports whether the classifier found it too.
func (o Outcome) Right() bool { return o.Label == o.Predicted }

// WriteOutcomes writes a JSON object a line, in the order of the test file, for other scorers.
func WriteOutcomes(w io.Writer, outcomes []Outcome) error {
	out := bufio.NewWriter(w) // keeps its first error, and Flush returns it
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, o := range outcomes {
		if err := encoder.Encode(o); err != nil {
			return fmt.Errorf("write predictions: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write predictions: %w", err)
	}
	return nil
}
