package site

import (
	"regexp"
	"strings"
	"unicode"
)

// secret is something in a text that nobody should send to support.
type secret struct {
	Kind   string // "card" or "password"
	Masked string // how it would read, made unreadable
}

const dot = "•"

// cardForm is 13 to 19 digits with single spaces or hyphens between them.
var cardForm = regexp.MustCompile(`\d(?:[ \x{00a0}-]?\d){12,18}`)

// passwordForm is a value behind the word "password": behind a colon or an equals sign
// any value, otherwise one that has letters and digits, since people also write "my
// password is wrong".
var passwordForm = regexp.MustCompile(`(?i)((?:пароль|password)\s*(?:[:=]\s*|\s(?:is\s+|это\s+|[-–—]\s+)?))(\S{4,64})`)

// secretsIn finds card numbers and passwords.
func secretsIn(text string) []secret {
	var found []secret
	for _, m := range cardForm.FindAllString(text, -1) {
		if isCard(m) {
			found = append(found, secret{"card", maskCard(m)})
		}
	}
	for _, m := range passwordForm.FindAllStringSubmatch(text, -1) {
		if isPassword(m[1], m[2]) {
			found = append(found, secret{"password", strings.TrimSpace(m[1]) + " " + strings.Repeat(dot, 8)})
		}
	}
	return found
}

// masked makes the secrets of a text unreadable.
func masked(text string) string {
	text = cardForm.ReplaceAllStringFunc(text, func(m string) string {
		if isCard(m) {
			return maskCard(m)
		}
		return m
	})
	return passwordForm.ReplaceAllStringFunc(text, func(m string) string {
		parts := passwordForm.FindStringSubmatch(m)
		if isPassword(parts[1], parts[2]) {
			return parts[1] + strings.Repeat(dot, 8)
		}
		return m
	})
}

// isCard reports whether the digits of a text pass the Luhn check.
func isCard(text string) bool {
	sum, double := 0, false
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		d := int(text[i] - '0')
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum, double = sum+d, !double
	}
	return sum > 0 && sum%10 == 0
}

// maskCard keeps the last four digits, by which people tell their cards apart.
func maskCard(text string) string {
	total := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			total++
		}
	}
	var b strings.Builder
	seen := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			if seen++; seen <= total-4 {
				b.WriteString(dot)
				continue
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isPassword(before, value string) bool {
	if strings.HasPrefix(value, dot) {
		return false
	}
	if strings.ContainsAny(before, ":=") {
		return true
	}
	return strings.ContainsFunc(value, unicode.IsLetter) && strings.ContainsFunc(value, unicode.IsDigit)
}
