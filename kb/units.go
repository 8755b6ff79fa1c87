package kb

import "strings"

// currencies returns the signs of the currencies that facts may have.
func currencies() map[string]string {
	return map[string]string{
		"EUR": "€", "USD": "$", "GBP": "£", "RUB": "₽", "KZT": "₸", "UAH": "₴", "TRY": "₺", "INR": "₹",
	}
}

// unit is what is counted, in each language.
type unit struct {
	en enUnit
	ru ruUnit
}

// enUnit is an English noun.
type enUnit struct{ one, many string }

// ruUnit is a Russian noun, perhaps with an adjective, in the forms that follow a number.
// few is the form after 2, 3 and 4 in the nominative; the other plurals serve every
// number that does not end in 1.
type ruUnit struct {
	nom, acc, few  string // 1 день, 1 день, 2 дня
	gen, genPlural string // 1 дня, 5 дней
	dat, datPlural string
	ins, insPlural string
	pre, prePlural string
}

// units returns everything that facts may count, by the name in the facts file.
func units() map[string]unit {
	return map[string]unit{
		"seconds": {enUnit{"second", "seconds"}, ruUnit{
			"секунда", "секунду", "секунды", "секунды", "секунд", "секунде", "секундам", "секундой", "секундами", "секунде", "секундах",
		}},
		"minutes": {enUnit{"minute", "minutes"}, ruUnit{
			"минута", "минуту", "минуты", "минуты", "минут", "минуте", "минутам", "минутой", "минутами", "минуте", "минутах",
		}},
		"hours": {enUnit{"hour", "hours"}, ruUnit{
			"час", "час", "часа", "часа", "часов", "часу", "часам", "часом", "часами", "часе", "часах",
		}},
		"days": {enUnit{"day", "days"}, ruUnit{
			"день", "день", "дня", "дня", "дней", "дню", "дням", "днём", "днями", "дне", "днях",
		}},
		"business days": {enUnit{"business day", "business days"}, ruUnit{
			"рабочий день", "рабочий день", "рабочих дня", "рабочего дня", "рабочих дней", "рабочему дню", "рабочим дням",
			"рабочим днём", "рабочими днями", "рабочем дне", "рабочих днях",
		}},
		"weeks": {enUnit{"week", "weeks"}, ruUnit{
			"неделя", "неделю", "недели", "недели", "недель", "неделе", "неделям", "неделей", "неделями", "неделе", "неделях",
		}},
		"months": {enUnit{"month", "months"}, ruUnit{
			"месяц", "месяц", "месяца", "месяца", "месяцев", "месяцу", "месяцам", "месяцем", "месяцами", "месяце", "месяцах",
		}},
		"years": {enUnit{"year", "years"}, ruUnit{
			"год", "год", "года", "года", "лет", "году", "годам", "годом", "годами", "годе", "годах",
		}},
		"times": {enUnit{"time", "times"}, ruUnit{
			"раз", "раз", "раза", "раза", "раз", "разу", "разам", "разом", "разами", "разе", "разах",
		}},
		"attempts": {enUnit{"attempt", "attempts"}, ruUnit{
			"попытка", "попытку", "попытки", "попытки", "попыток", "попытке", "попыткам", "попыткой", "попытками", "попытке", "попытках",
		}},
		"characters": {enUnit{"character", "characters"}, ruUnit{
			"символ", "символ", "символа", "символа", "символов", "символу", "символам", "символом", "символами", "символе", "символах",
		}},
		"codes": {enUnit{"code", "codes"}, ruUnit{
			"код", "код", "кода", "кода", "кодов", "коду", "кодам", "кодом", "кодами", "коде", "кодах",
		}},
		"versions": {enUnit{"version", "versions"}, ruUnit{
			"версия", "версию", "версии", "версии", "версий", "версии", "версиям", "версией", "версиями", "версии", "версиях",
		}},
		"percent": {},
		"KB":      {enUnit{"KB", "KB"}, same("КБ")},
		"MB":      {enUnit{"MB", "MB"}, same("МБ")},
		"GB":      {enUnit{"GB", "GB"}, same("ГБ")},
	}
}

// same is a unit that is never declined.
func same(u string) ruUnit { return ruUnit{u, u, u, u, u, u, u, u, u, u, u} }

// agree returns the unit after a number in a case. Russian numbers that end in 1, but
// not in 11, take the singular, as CLDR's plural rules for "ru" have it; a fraction takes the genitive
// singular in the nominative and accusative.
func (u ruUnit) agree(number, form string) string {
	one, few := ruPlural(number)
	pick := func(singular, plural string) string {
		if one {
			return singular
		}
		return plural
	}
	switch form {
	case formGen:
		return pick(u.gen, u.genPlural)
	case formDat:
		return pick(u.dat, u.datPlural)
	case formIns:
		return pick(u.ins, u.insPlural)
	case formPre:
		return pick(u.pre, u.prePlural)
	}
	switch {
	case few:
		return u.few
	case form == formAcc:
		return pick(u.acc, u.genPlural)
	}
	return pick(u.nom, u.genPlural)
}

// ruPlural says whether a decimal takes the form of 1, or that of 2.
func ruPlural(number string) (one, few bool) {
	if strings.Contains(number, ".") {
		return false, true
	}
	teens := len(number) > 1 && number[len(number)-2] == '1'
	last := number[len(number)-1]
	return last == '1' && !teens, last >= '2' && last <= '4' && !teens
}
