package kb

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Numbers that are rules by their looks: amounts, percentages, odds, "18+", "x35". Spans of time
// and counts are found word by word. A bare number, such as one of a version, may be typed.
var (
	ruleNumber   = regexp.MustCompile(ruleForm())
	oddsNumber   = regexp.MustCompile(`(?i)(?:odds|коэффициент\pL*)(?:` + gapForm + `(?:of|at|least|from|or|to|minimum|от|до|не|ниже|менее|минимум)){0,3}` + gapForm + `(\d+[.,]\d+)`)
	wagerNumber  = regexp.MustCompile(`(?:^|[^\pL\d])([xх×]\d{1,3}|\d{1,3}[xх×])(?:[^\pL\d]|$)`)
	numberBefore = regexp.MustCompile(`(?:\d+(?:[.,]\d+)? ?(?:[–—-]|to|or|до|или) ?)?(?:\d{1,3}[,.` + blankForm + `])*$`)
)

// dotted are dates, versions and addresses of machines: "12.10.2026" is no odds.
var dotted = regexp.MustCompile(`^\d+(?:\.\d+){2,}$`)

// The numbers of clauses look like odds: they end the text of a link, or the word stands before
// them. Those of headings are no part of the prose.
var clauseMention = regexp.MustCompile(`\d+\.\d+\]|(?i:clauses?|section|пункт\pL*|п\.|§)` + gapForm + `?\d+\.\d+`)

// The processors of Windows are written like a bonus to be wagered.
var notWagered = []string{"x32", "x64", "x86"}

const (
	blankForm  = ` \t\n\x{a0}\x{202f}`
	gapForm    = `[` + blankForm + `]`
	numberForm = `\d+(?:[.,]\d+|[ \x{a0}\x{202f}]\d{3}\b)*`
	rangeForm  = numberForm + `(?: ?[–—-] ?` + numberForm + `)?`
)

// ruleForm returns the form of an amount, a percentage, odds, an age.
func ruleForm() string {
	sign := "[" + strings.Join(slices.Sorted(maps.Values(currencies())), "") + "]"
	code := `(?:` + strings.Join(slices.Sorted(maps.Keys(currencies())), "|") + `)\b`
	scale := `(?:тыс|тысяч\pL*|млн|thousand|million|k\b)\.?`
	return strings.Join([]string{
		`(?:` + sign + `|` + code + `)` + gapForm + `?` + numberForm + `(?: ?[–—-] ?` + sign + `?` + numberForm + `)?`,
		rangeForm + gapForm + `?(?:` + scale + gapForm + `)?(?:` + sign + `|` + code +
			`|(?i:eur|usd|gbp|euros?|dollars?|pounds?|rou?bles?)\b|(?i:евро|руб|долл|тенге|гривен|гривн|лир|рупи)\pL*|р\.)`,
		rangeForm + gapForm + `?(?:%|per ?cent\b|процент\pL*|-процентн\pL*)`,
		`\d+(?:\.\d+){2,}`, // found so that no part of it is taken for odds
		`\b\d{1,3}[.,]\d{2}\b`,
		`\d+\+`,
	}, "|")
}

// looks finds the numbers that are rules by their looks.
func looks(typed string) (found []span) {
	offset := 0
	for paragraph := range strings.SplitAfterSeq(typed, "\n\n") {
		if hasDigit(paragraph) { // most have none, and the forms take their time
			for _, s := range looksIn(paragraph) {
				found = append(found, span{offset + s.start, offset + s.end})
			}
		}
		offset += len(paragraph)
	}
	return found
}

// looksIn finds them in one paragraph.
func looksIn(text string) (found []span) {
	if strings.Contains(text, "dds") || strings.Contains(text, "оэффициент") {
		found = submatches(oddsNumber, text)
	}
	text = blankAll(clauseMention, text)
	if !hasDigit(text) {
		return found
	}
	for _, m := range ruleNumber.FindAllStringIndex(text, -1) {
		if !dotted.MatchString(text[m[0]:m[1]]) {
			found = append(found, span{m[0], m[1]})
		}
	}
	return append(found, submatches(wagerNumber, text)...)
}

// submatches returns what the form's first group finds.
func submatches(form *regexp.Regexp, text string) (found []span) {
	for _, m := range form.FindAllStringSubmatchIndex(text, -1) {
		if !slices.Contains(notWagered, text[m[2]:m[3]]) {
			found = append(found, span{m[2], m[3]})
		}
	}
	return found
}

// hasDigit says whether a text can hold a number in digits.
func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }
