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
	short      []string // units that also stand right behind digits: "24h"
	compounds  []string // beginnings of adjectives made of a number and a unit, without the number: "24-часовой", "трёхдневный"
	prefixes   []string // numbers in front of those
	years      []string // units that a year may stand before: "2026 года"
	once       []string // units of which one is no rule: "один раз"
	within     [][]string
	spans      []string // that a rule may name without a number: "within an hour"
	halves     []string // spans that are words by themselves: "полчаса"
}

// unitWordsOf returns the words of a locale.
func unitWordsOf(loc Locale) unitWords {
	if loc == RU {
		return russianUnits()
	}
	return englishUnits()
}

func englishUnits() unitWords {
	return unitWords{
		numerals: strings.Fields(`one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
			eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand`),
		adjectives: strings.Fields(`business working bank calendar full more whole further consecutive failed wrong thousand million`),
		units: strings.Fields(`second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks fortnight month months
			year years times attempt attempts character characters codes kb mb gb
			euro euros dollar dollars pound pounds rouble roubles ruble rubles cents percent`),
		short:     strings.Fields(`h hr hrs d min mins sec kb mb gb`),
		compounds: strings.Fields(`second minute hour day week month year attempt character`),
		within: [][]string{
			{"within", "a"}, {"within", "an"}, {"up", "to", "a"}, {"up", "to", "an"}, {"half", "a"}, {"half", "an"}, {"than", "a"}, {"than", "an"},
		},
		spans: strings.Fields(`hour day week fortnight month year`),
	}
}

func russianUnits() unitWords {
	return unitWords{
		numerals: strings.Fields(`один одного одному одним одном одну одна одной два две двух двум двумя три трех трем тремя
			четыре четырех четырем четырьмя пять пяти пятью шесть шести семь семи восемь восьми девять девяти десять десяти
			одиннадцать двенадцать двенадцати тринадцать четырнадцать четырнадцати пятнадцать пятнадцати шестнадцать семнадцать
			восемнадцать восемнадцати девятнадцать двадцать двадцати тридцать тридцати сорок сорока пятьдесят пятидесяти
			шестьдесят шестидесяти семьдесят восемьдесят девяносто сто ста двести триста пятьсот тысяча тысячу полтора полторы полутора`),
		adjectives: strings.Fields(`рабоч календарн полн банковск неудачн неверн следующ последн тыс млн миллион`),
		units: strings.Fields(`секунда секунду секунды секунд секунде секундах секундам секундами сек
			минута минуту минуты минут минуте минутах минутам минутами мин час часа часов часу часам часом часами часах ч
			сутки суток суткам сутками сутках день дня дней дню дням днем днями днях дн неделя неделю недели недель неделе неделям неделях неделями
			месяц месяца месяцев месяцу месяцам месяцем месяцами месяцах мес год года лет году годам годами годах раз раза
			попытка попытку попытки попыток попытке попыткам попытками попытках символ символа символов символам символами символах
			кода кодов кодам кодами мб кб гб евро рубль рубля рублей рублю рублям рублями руб доллар доллара долларов процент процента процентов`),
		short:     strings.Fields(`ч мин сек дн мес кб мб гб`),
		compounds: strings.Fields(`секундн минутн часов суточн дневн недельн месячн летн годичн годов процентн`),
		prefixes: strings.Fields(`одно двух трех четырех пяти шести семи восьми девяти десяти двенадцати четырнадцати пятнадцати двадцати
			тридцати сорока шестидесяти девяносто полу`),
		years:  []string{"год", "года", "году"},
		once:   []string{"раз"},
		within: [][]string{{"в", "течение"}, {"через"}, {"до"}, {"позднее"}, {"позже"}, {"спустя"}},
		spans:  strings.Fields(`час часа сутки суток неделю недели месяц месяца год года`),
		halves: strings.Fields(`полчаса получаса полдня полгода полугода`),
	}
}

// spanFrom returns the end of the rule that begins with the first word, or 0.
func (u unitWords) spanFrom(words []word) (end int) {
	first := words[0].folded
	if u.isWhole(first) {
		return words[0].end
	}
	for _, phrase := range u.within {
		if n := len(phrase); len(words) > n && begins(words, phrase) && slices.Contains(u.spans, words[n].folded) {
			return words[n].end
		}
	}
	if !u.isNumber(first) {
		return 0
	}
	for _, unit := range words[1:] {
		switch {
		case slices.Contains(u.units, unit.folded) && !u.isFree(first, unit.folded):
			return unit.end
		case !u.isNumber(unit.folded) && !hasPrefixOf(unit.folded, u.adjectives):
			return 0
		}
	}
	return 0
}

// isWhole says whether a word is a number and its unit: "24-hour", "24h", "полчаса",
// "трёхдневный".
func (u unitWords) isWhole(w string) bool {
	if slices.Contains(u.halves, w) {
		return true
	}
	if i := strings.LastIndexByte(w, '-'); i > 0 {
		unit := w[i+1:]
		return u.isNumber(w[:i]) && (slices.Contains(u.units, unit) || hasPrefixOf(unit, u.compounds))
	}
	if unit := strings.TrimLeft(w, "0123456789"); unit != w {
		return slices.Contains(u.short, unit)
	}
	return slices.ContainsFunc(u.prefixes, func(p string) bool {
		rest, ok := strings.CutPrefix(w, p)
		return ok && hasPrefixOf(rest, u.compounds)
	})
}

// isNumber says whether a word is a number or a range, in digits or in letters: "24",
// "1-5", "forty-eight".
func (u unitWords) isNumber(w string) bool {
	for part := range strings.SplitSeq(w, "-") {
		if part == "" || strings.Trim(part, "0123456789") != "" && !slices.Contains(u.numerals, part) {
			return false
		}
	}
	return true
}

// isFree says whether a number with a unit is no rule: a year, or once.
func (u unitWords) isFree(number, unit string) bool {
	isYear := len(number) == 4 && (number[:2] == "19" || number[:2] == "20") && slices.Contains(u.years, unit)
	return isYear || slices.Contains(u.once, unit) && strings.HasPrefix(number, "од")
}

// hasPrefixOf says whether a word begins like one of some.
func hasPrefixOf(w string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(w, b) })
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
