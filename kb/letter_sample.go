package kb

import "time"

// SampleFields returns a value for every placeholder, to show letters that are about nobody.
func SampleFields(loc Locale) Fields {
	f := sampleTexts(loc)
	received := time.Date(2026, time.November, 22, 14, 5, 0, 0, time.UTC)
	for name, days := range map[string]int{"due": 44, "due-final": 30, "next": 7} {
		f[name] = loc.Day(received.AddDate(0, 0, days))
	}
	for name, days := range map[string]int{"received": 0, "due-first": 2, "until": 14} {
		f[name] = loc.Moment(received.AddDate(0, 0, days))
	}
	f["number"], f["other-number"], f["operator"], f["pack"] = "K7M2-Q9XT", "B4D8-W3RN", "Demo Bet", "default 1"
	f["link"] = "https://help.demo.example/" + string(loc) + "/requests/sample"
	f["files-link"] = "https://help.demo.example/" + string(loc) + "/files/sample"
	return f
}

// sampleTexts returns what people have written in a sample, or what an operator has set.
func sampleTexts(loc Locale) Fields {
	if loc == RU {
		return Fields{
			"category": "Вывод средств", "helpline": "Телефон помощи (образец)", "department": "Отдел платежей",
			"dispute-service": "Палата споров (образец), https://disputes.demo.example. Обращение бесплатно.",
			"reply":           "Мы проверили заявку.\nБанк вернул перевод.\n\nСейчас уточняем реквизиты.",
			"reason":          "Нам нужна дата перевода и номер заявки.",
			"outcome":         "жалоба удовлетворена частично",
			"reasons":         "Заявка была одобрена в срок.\n\nПеревод задержал банк: об этом говорит его ответ от 20 ноября. Применён пункт 3.2 Условий платежей.",
			"remedy":          "Повторный перевод отправлен на новый счёт.",
			"measures":        "Проверили историю заявки и ответ банка. Исправили подсказку на странице вывода.",
		}
	}
	return Fields{
		"category": "Withdrawals", "helpline": "Helpline (sample)", "department": "Payments",
		"dispute-service": "Office for Disputes (sample), https://disputes.demo.example. It is free of charge.",
		"reply":           "We have checked your request.\nThe bank has returned the transfer.\n\nWe are now confirming the account details.",
		"reason":          "We need the date of the transfer and the number of the request.",
		"outcome":         "complaint upheld in part",
		"reasons":         "The request was approved in time.\n\nThe bank held up the transfer, as its answer of 20 November says. Clause 3.2 of the Payment terms applies.",
		"remedy":          "A new transfer has been sent to the new account.",
		"measures":        "We checked the history of the request and the bank's answer. We corrected the hint on the withdrawal page.",
	}
}
