package tickets

import (
	"regexp"
	"strings"
	"unicode"
)

// veil stands for what Mask hides.
const veil = "•••••"

// How many digits make a number that may lead to a person. Six in a row are an account
// or a code; seven with something between them a telephone number, a card, a day of
// birth. Shorter ones are amounts, years and odds, without which a question says nothing.
const (
	digitsInARow = 6
	digitsInAll  = 7
)

// What leads to a person whatever stands in it.
var (
	// Addresses on the web: of a profile, or with the token of a letter.
	webForm = regexp.MustCompile(`(?i)https?://\S+|[\pL\d-]+(?:\.[\pL\d-]+)*\.\pL{2,}/\S+`)
	// E-mail addresses, also with blanks around the @, and names that begin with one.
	atForm = regexp.MustCompile(`(?:` + name + `[@＠﹫]` + gap + `{0,3}|` + name + gap + `{1,3}[@＠﹫]` + gap + `{1,3}|[@＠﹫])` + name)
	// The same spelt out: "ivan (at) mail.example", "иван собака почта точка рф".
	spokenForm = regexp.MustCompile(`(?i)\S+` + gap + `*(?:[\[({]` + gap + `*(?:at|собака|собачка|эт)` + gap + `*[\])}]` + gap + `*\S+` +
		`|` + gap + `(?:at|собака|собачка)` + gap + `+\S+` + gap + `+(?:dot|точка)` + gap + `+\pL+)`)
	// Hardware and network addresses with colons.
	hexForm = regexp.MustCompile(`(?i)\b(?:[\da-f]{0,4}:){4,7}[\da-f]{1,4}\b`)
	// Days of birth: "12.10.90", "12 октября 1990".
	birthForm = regexp.MustCompile(`(?i)\b(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-]\d{2}\b` +
		`|\d{1,2}` + gap + `(?:янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\pL*,?` + gap + `(?:19\d\d|200\d)`)
)

// What leads to a person when it holds enough digits.
var (
	// Accounts in groups of four: "DE89 3704 0044 …".
	ibanForm = regexp.MustCompile(`(?i)\b[a-z]{2}\d{2}(?:[ \x{a0}-]?[a-z\d]{4}){2,7}(?:[ \x{a0}-]?[a-z\d]{1,3})?\b`)
	// Words that nobody thinks up: accounts, wallets, tokens.
	tokenForm = regexp.MustCompile(`[\dA-Za-z]{16,}`)
	// The same with hyphens, which words of a question may have as well.
	joinedForm = regexp.MustCompile(`[\dA-Za-z][\dA-Za-z_-]{14,}[\dA-Za-z]`)
	// Digits with what people write between the groups of a long number.
	digitsForm = regexp.MustCompile(`\+?\(?` + digit + `(?:(?:` + gap + `|[(),./\\*_~|#=+'’·•․・№−\p{Pd}]){0,6}` + digit + `)+`)
)

// Secrets behind the word for them, which stays: after a colon any text, else what has the
// look of a code or a password, since people also write "my password is wrong".
var secretForm = regexp.MustCompile(`(?i)((?:парол\pL*|password|логин|login|username|ник|пин(?:-?код)?|pin|cv[vc]2?|код|code)` + gap + `*[:=]` + gap + `*)\S+` +
	`|((?:пин(?:-?код)?|pin|cv[vc]2?)` + gap + `+)\d\S*` +
	`|((?:парол\pL*|password)` + gap + `+(?:is` + gap + `+|это` + gap + `+|\p{Pd}` + gap + `+)?)(?:\pL+\d\S*|\d+\pL\S*)`)

// Parts of the forms.
const (
	gap   = `[\s\p{Z}]`
	name  = `[^\s\p{Z}@＠﹫<>()«»",;:]+`
	digit = `[\p{Nd}\p{No}]`
)

// amountForm is an amount with commas between its thousands.
var amountForm = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$`)

// Mask hides what may lead from a player's question to the player: e-mail and web
// addresses, @names, telephone numbers, days of birth, passwords, and long runs of digits
// such as cards and accounts. What a name or a street gives away it cannot see.
// Characters that show nothing are dropped, since they would hide a number from it.
func Mask(text string) string {
	text = strings.Map(dropHidden, text)
	for _, form := range []*regexp.Regexp{webForm, atForm, spokenForm, hexForm, birthForm} {
		text = form.ReplaceAllString(text, veil)
	}
	text = secretForm.ReplaceAllString(text, "$1$2$3"+veil)
	text = maskFrom(text, ibanForm, digitsInARow)
	text = maskFrom(text, tokenForm, 1)
	text = maskFrom(text, joinedForm, 4)
	return digitsForm.ReplaceAllStringFunc(text, func(m string) string {
		if leadsToAPerson(m) && !amountForm.MatchString(m) {
			return veil
		}
		return m
	})
}

// dropHidden drops what shows nothing, such as a zero-width space.
func dropHidden(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// maskFrom hides what has a form and at least so many digits.
func maskFrom(text string, form *regexp.Regexp, digits int) string {
	return form.ReplaceAllStringFunc(text, func(m string) string {
		if len(strings.Map(onlyDigits, m)) < digits {
			return m
		}
		return veil
	})
}

// onlyDigits drops all but ASCII digits.
func onlyDigits(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

// leadsToAPerson reports whether a number is long enough for it.
func leadsToAPerson(number string) bool {
	all, row := 0, 0
	for _, r := range number {
		if !unicode.IsNumber(r) {
			row = 0
			continue
		}
		all, row = all+1, row+1
		if row >= digitsInARow || all >= digitsInAll {
			return true
		}
	}
	return false
}
