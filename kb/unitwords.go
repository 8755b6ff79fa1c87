package kb

import (
	"slices"
	"strings"
)

// unitWords are the words with which a language writes spans of time and counts, folded.
type unitWords struct {
	numerals   []string // words for numbers
	adjectives []string // beginnings of words between a number and its unit
	units      []string // of which a number is a rule
	years      []string // units that a year may stand before: "2026 года"
	once       []string // units of which one is no rule: "один раз"
	within     [][]string
	spans      []string // that a rule may name without a number: "within an hour"
}

// unitWordsOf returns the words of a locale.
func unitWordsOf(loc Locale) unitWords {
	if loc == RU {
		return unitWords{
			numerals: strings.Fields(`один одного одному одним одном одну одна одной два две двух двум двумя три трех трем тремя
				четыре четырех четырем пять пяти шесть шести семь семи восемь восьми девять девяти десять десяти двенадцать
				двенадцати четырнадцать четырнадцати тридцать тридцати шестьдесят девяносто`),
			adjectives: []string{"рабоч", "календарн", "полн"},
			units: strings.Fields(`секунда секунду секунды секунд секундах минута минуту минуты минут минутах минутами час часа часов часу
				часам часом часами часах сутки суток суткам сутками день дня дней дню дням днями днях неделя неделю недели недель неделях
				неделями месяц месяца месяцев месяцу месяцам месяцами месяцах год года лет году годам годами годах раз раза
				попытка попытки попыток попытками символ символа символов код кода кодов мб кб гб`),
			years:  []string{"год", "года", "году"},
			once:   []string{"раз"},
			within: [][]string{{"в", "течение"}, {"через"}},
			spans:  []string{"час", "часа", "сутки", "суток", "неделю", "недели", "месяц", "месяца", "год", "года"},
		}
	}
	return unitWords{
		numerals: strings.Fields(`one two three four five six seven eight nine ten eleven twelve fourteen thirty sixty ninety
			twenty-four forty-eight`),
		adjectives: []string{"business", "working", "calendar", "full", "more"},
		units: strings.Fields(`second seconds minute minutes hour hours day days week weeks month months year years times attempt
			attempts character characters codes mb kb gb`),
		within: [][]string{{"within", "a"}, {"within", "an"}},
		spans:  []string{"hour", "day", "week", "month", "year"},
	}
}

// spanFrom returns the end of the rule that begins with the first word, or 0.
func (u unitWords) spanFrom(words []word) (end int) {
	if number, unit, joined := strings.Cut(words[0].folded, "-"); joined && u.isNumber(number) && slices.Contains(u.units, unit) {
		return words[0].end
	}
	for _, phrase := range u.within {
		if n := len(phrase); len(words) > n && begins(words, phrase) && slices.Contains(u.spans, words[n].folded) {
			return words[n].end
		}
	}
	if len(words) < 2 || !u.isNumber(words[0].folded) {
		return 0
	}
	unit := words[1]
	if len(words) > 2 && slices.ContainsFunc(u.adjectives, func(a string) bool { return strings.HasPrefix(unit.folded, a) }) {
		unit = words[2]
	}
	if !slices.Contains(u.units, unit.folded) || u.isFree(words[0].folded, unit.folded) {
		return 0
	}
	return unit.end
}

// isNumber says whether a word is a number, in digits or in letters.
func (u unitWords) isNumber(w string) bool {
	return w != "" && strings.Trim(w, "0123456789") == "" || slices.Contains(u.numerals, w)
}

// isFree says whether a number with a unit is no rule: a year, or once.
func (u unitWords) isFree(number, unit string) bool {
	isYear := len(number) == 4 && (number[:2] == "19" || number[:2] == "20") && slices.Contains(u.years, unit)
	return isYear || slices.Contains(u.once, unit) && strings.HasPrefix(number, "од")
}

// begins says whether the words begin with a phrase.
func begins(words []word, phrase []string) bool {
	for i, w := range phrase {
		if words[i].folded != w {
			return false
		}
	}
	return true
}
