package kb

import (
	"fmt"
	"strings"
)

// The forms in which an article may ask for a number, after a colon.
const (
	formNumber = "number" // without its unit
	formAdj    = "adj"    // English, before a noun: "24-hour"
	formAcc    = "acc"    // Russian cases; no form is the nominative
	formGen    = "gen"
	formDat    = "dat"
	formIns    = "ins"
	formPre    = "pre"
)

// forms returns the forms that a locale has.
func forms(loc Locale) []string {
	if loc == RU {
		return []string{formNumber, formAcc, formGen, formDat, formIns, formPre}
	}
	return []string{formNumber, formAdj}
}

// noBreak keeps a number and its unit on one line.
const noBreak = "\u00a0"

// write returns the quantity as the locale writes it: "€2,000" or "2 000 €", "24 hours" or
// "24 часа". The form is one of the locale's forms, or empty.
func (q quantity) write(loc Locale, form string) string {
	number := decimal(loc, q.low)
	if q.high != "" {
		number += "–" + decimal(loc, q.high)
	}
	if c, ok := currencies()[q.unit]; ok {
		return q.money(loc, form, c)
	}
	switch {
	case q.unit == "" || form == formNumber:
		return number
	case q.unit == "percent" && loc == EN:
		return number + "%"
	case q.unit == "percent":
		return number + noBreak + "%"
	case form == formAdj:
		return number + "-" + units()[q.unit].en.one
	}
	return number + noBreak + q.counted(loc, form)
}

// money writes an amount: the sign before it in English, behind it in Russian.
func (q quantity) money(loc Locale, form, sign string) string {
	amount := func(n string) string {
		if loc == EN && form != formNumber {
			return sign + decimal(loc, n)
		}
		return decimal(loc, n)
	}
	text := amount(q.low)
	if q.high != "" {
		text += "–" + amount(q.high)
	}
	if loc == RU && form != formNumber {
		text += noBreak + sign
	}
	return text
}

// counted returns the unit in the number and case that its quantity asks for; a range
// agrees with its end.
func (q quantity) counted(loc Locale, form string) string {
	last := q.low
	if q.high != "" {
		last = q.high
	}
	words := units()[q.unit]
	if loc == RU {
		return words.ru.agree(last, form)
	}
	if last == "1" {
		return words.en.one
	}
	return words.en.many
}

// decimal writes a number with the locale's separators.
func decimal(loc Locale, n string) string {
	thousands, point := ",", "."
	if loc == RU {
		thousands, point = noBreak, ","
	}
	whole, fraction, hasFraction := strings.Cut(n, ".")
	var b strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(thousands)
		}
		b.WriteRune(digit)
	}
	if hasFraction {
		fmt.Fprintf(&b, "%s%s", point, fraction)
	}
	return b.String()
}
