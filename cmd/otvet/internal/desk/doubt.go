package desk

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// doubtError says what about a text to the player a person must look at again before it
// goes: a place that nobody has filled in, or words that promise something. The company is
// bound by what it promises (domain §1, 3).
type doubtError struct {
	Field    string
	Unfilled string   // a place such as "[amount]" or "{{name}}"; empty: none
	Promises []string // as they are written
}

// Error tells the kind of doubt and never the text.
func (e *doubtError) Error() string {
	if e.Unfilled != "" {
		return fmt.Sprintf("text %s has an unfilled place", e.Field)
	}
	return fmt.Sprintf("text %s may promise something", e.Field)
}

// unfilledForm finds places that a template left for a person to fill in: {{…}}, and what is in
// square brackets, unless it is a mere number.
var unfilledForm = regexp.MustCompile(`\{\{[^{}\n]*\}\}|\[[^\[\]\n]*[^\d\[\]\s][^\[\]\n]*\]|\[\s*\]`)

// promiseForm finds words that promise money or certainty. Both languages are looked for in
// each text: players mix them, and so may those who answer.
var promiseForm = regexp.MustCompile(`(?i)(?:^|[^\pL])((?:` + strings.Join([]string{
	`верн[её]м`, `начислим`, `зачислим`, `выплатим`, `компенсируем`, `возместим`, `гаранти\pL+`, `обеща(?:ем|ю)`,
	`guarantee\pL*`, `(?:we|i) promise`, `(?:we|i)(?:['’]ll| will|\s+shall) (?:refund|credit|pay|compensate|reimburse)`,
	`will be (?:refunded|credited|paid|compensated)`, `will get your money back`, `you will definitely`,
}, "|") + `))(?:$|[^\pL])`)

// deniedForm finds a negation right before a word: "we cannot guarantee" promises nothing.
var deniedForm = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:не|нельзя|not|cannot|can['’]t|never|никогда не)\s*$`)

// doubts looks at what the player will read. Promises may stand where a person decides
// about a remedy, and anywhere once a person has ticked that they hold.
func doubts(fields []field, ticked bool) error {
	for _, f := range fields {
		if !f.Player {
			continue
		}
		if place := unfilledForm.FindString(f.Value); place != "" {
			return &doubtError{Field: f.Name, Unfilled: place}
		}
	}
	for _, f := range fields {
		if !f.Player || f.Promises || ticked {
			continue
		}
		if found := promises(f.Value); len(found) > 0 {
			return &doubtError{Field: f.Name, Promises: found}
		}
	}
	return nil
}

// promises returns the words of a text that promise something, each once.
func promises(text string) (found []string) {
	for _, at := range promiseForm.FindAllStringSubmatchIndex(text, -1) {
		word := text[at[2]:at[3]]
		if !deniedForm.MatchString(text[:at[2]]) && !slices.Contains(found, word) {
			found = append(found, word)
		}
	}
	return found
}
