package eval

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"otvet/search/classify"
)

// maxLabelled is how many labelled texts a file may have.
const maxLabelled = 100_000

// Labelled is texts with the labels that their judges gave them.
type Labelled []classify.Example

// ReadLabelled reads labelled texts: lines of {text, label}, where the label of a text that
// none fits is [classify.OutOfScope]. A text may be empty, a label may not. Errors name the
// file and the line.
func ReadLabelled(r io.Reader, name string) (Labelled, error) {
	var examples Labelled
	err := eachLine(r, name, maxLabelled, func(line string) error {
		fields, err := record(line, "text", "label")
		if err != nil {
			return err
		}
		body, errText := text(fields, "text", true)
		label, errLabel := text(fields, "label", true)
		if errLabel == nil && strings.TrimSpace(label) == "" {
			errLabel = errors.New(`"label" is empty`)
		}
		examples = append(examples, classify.Example{Text: body, Label: label})
		return errors.Join(errText, errLabel)
	})
	if err == nil && len(examples) == 0 {
		err = fmt.Errorf("%s: no labelled texts", name)
	}
	return examples, err
}
