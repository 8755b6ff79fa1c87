package tickets

import (
	"regexp"
	"strings"
)

// What opens an account or a purse wherever it stands in a log.
var (
	// JSON Web Tokens: three parts in base64url, of which the first two begin as "{"".
	jwtForm = regexp.MustCompile(`\beyJ[\w-]{4,}\.eyJ[\w-]*(?:\.[\w-]*)?`)
	// Private keys, as far as the text has them.
	pemForm = regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)`)
	// Headers that sign a browser in.
	headerForm = regexp.MustCompile(`(?im)\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-auth-token)("?\s*[:=]\s*"?)[^\r\n"]+`)
	bearerForm = regexp.MustCompile(`(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}`)
	// Values behind a word for a secret: key=value, "key": "value", «пароль: …».
	keyForm = regexp.MustCompile(`(?i)((?:[\w-]*(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|session[_-]?id|sessid)|pwd|cv[vc]2?|pin|otp|парол\pL*|пин(?:-?код)?)["']?\s*[:=]\s*)("[^"\r\n]*"|'[^'\r\n]*'|[^\s&,;"']+)`)
	// 13 to 19 digits with single blanks or hyphens between them.
	cardForm = regexp.MustCompile(`\d(?:[ \x{a0}-]?\d){12,18}`)
)

// Scrub hides in a log or another technical text what opens an account or a purse: tokens,
// passwords, keys, cookies, and of card numbers all but the first six and last four
// digits. Unlike Mask it leaves times, numbers and addresses, without which a log says
// nothing.
func Scrub(text string) string {
	text = strings.Map(dropHidden, text)
	text = pemForm.ReplaceAllString(text, veil)
	text = headerForm.ReplaceAllString(text, "$1$2"+veil)
	text = bearerForm.ReplaceAllString(text, "$1 "+veil)
	text = jwtForm.ReplaceAllString(text, veil)
	text = keyForm.ReplaceAllString(text, "$1"+veil)
	return cardForm.ReplaceAllStringFunc(text, func(m string) string {
		digits := strings.Map(onlyDigits, m)
		if !luhn(digits) {
			return m
		}
		return digits[:6] + veil + digits[len(digits)-4:]
	})
}

// luhn reports whether the last digit of a number checks the others, as that of a payment
// card does. Source: ISO/IEC 7812-1, annex B.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum > 0 && sum%10 == 0
}
