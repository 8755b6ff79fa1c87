package eval

import "otvet/search/classify"

// Mistake is a text that got another label than its judges gave it.
type Mistake struct {
	Outcome
	Explanation []string `json:"explanation"` // why the model chose the label and how sure it is
}

func newMistake(o Outcome, p classify.Prediction) Mistake { return Mistake{o, p.Explanation()} }
