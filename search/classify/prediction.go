package classify

import "fmt"

// Prediction is what a model makes of a text.
type Prediction struct {
	Label         string
	Probabilities []float64 // of each of Model.Labels, given that one of them fits; they sum to 1
	Confidence    float64   // 0..1 that Label is right, were every second prediction wrong
	Evidence      Evidence  // for the confidence
}

// Evidence is what speaks for the label of a prediction. More is better in each figure.
type Evidence struct {
	Margin   float64 // of the label; above 0 speaks for it
	Nearest  float64 // cosine to the nearest example of any label, 0..1
	Familiar float64 // share of what the text says that some example says too, 0..1
	Alike    Example // the nearest example; empty when none has anything in common with the text
}

// Explanation says in words what speaks for the label and against it, a reason each.
func (p Prediction) Explanation() []string {
	e := p.Evidence
	speaks := "speak for"
	if e.Margin <= 0 {
		speaks = "do not speak for"
	}
	reasons := []string{fmt.Sprintf("its words and letters %s %s: margin %+.2f", speaks, p.Label, e.Margin)}
	if e.Nearest > 0 {
		reasons = append(reasons, fmt.Sprintf("most alike is %q of %s: %.2f of 1", brief(e.Alike.Text), e.Alike.Label, e.Nearest))
	} else {
		reasons = append(reasons, "nothing in it is like any example")
	}
	return append(reasons, fmt.Sprintf("%.0f %% of what it says some example says too", 100*e.Familiar))
}

// brief cuts a text to what a line holds.
func brief(text string) string {
	const longest = 80
	if begin := cut(text, longest); begin != text {
		return begin + "…"
	}
	return text
}
