package tickets

import "testing"

func TestMaskHidesWhatLeadsToAPerson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"почта ivan.petrov+1@mail.example, код не пришёл", "почта •••••, код не пришёл"},
		{"(ann@example.com)", "(•••••)"},
		{"ann @ example.com is my mail", "••••• is my mail"},
		{"пишите @ivan_petrov в телеграм", "пишите ••••• в телеграм"},
		{"иван@почта.рф", "•••••"},
		{"+7 (912) 345-67-89 не приходит смс", "••••• не приходит смс"},
		{"8-912-345-67-89", "•••••"},
		{"my number is 020 7946 0018.", "my number is •••••."},
		{"555-0123", "•••••"},
		{"4242 4242 4242 4242 declined", "••••• declined"},
		{"карта 2200\u00a01234\u00a05678\u00a09012", "карта •••••"},
		{"счёт 40817810099910004312", "счёт •••••"},
		{"ID 123456", "ID •••••"},
		{"код 123456", "код •••••"},
		{"родился 12.10.1990", "родился •••••"},
		{"GB29NWBK60161331926819", "•••••"},
		{"DE89 3704 0044 0532 0130 00", "•••••"},
		{"0x52908400098527886E0F7030069857D2E4169EE7", "•••••"},
		{"٠١٢٣٤٥٦٧", "•••••"},

		// Digits in disguise.
		{"８９１２３４５６７８９", "•••••"},
		{"8⁹¹²³⁴⁵⁶ и ①②③④⑤⑥⑦", "••••• и •••••"},
		{"8 9 1 2 3 4 5 6 7 8 9", "•••••"},
		{"8    912    345    67    89", "•••••"},
		{"8\n912\n345\n67\n89", "•••••"},
		{"8\u2009912\u3000345\u200967", "•••••"},
		{"8\u200b9\u200b1\u00ad2\u200d3\u200b4\u200b5", "•••••"},
		{"8*912*345*67*89", "•••••"},
		{"8_912_345_67_89", "•••••"},
		{"8,912,345,67,89", "•••••"},
		{"8|912|345|67|89", "•••••"},
		{"8—912‑345−67", "•••••"},
		{"8․912・345·67", "•••••"},
		{"8'912’345#67=89", "•••••"},
		{"паспорт 4509№123456", "паспорт •••••"},
		{"родилась 12.10.90", "родилась •••••"},
		{"born 12 October 1990", "born •••••"},

		// Addresses in disguise.
		{"ivan＠mail.example", "•••••"},
		{"ivan  @\nmail.example", "•••••"},
		{"＠ivan", "•••••"},
		{"write to ivan (at) mail.example", "write to •••••"},
		{"ivan[at]mail[dot]example", "•••••"},
		{"почта ivan собака mail точка ru", "почта •••••"},
		{"мой профиль vk.com/ivanpetrov", "мой профиль •••••"},
		{"t.me/ivan_petrov", "•••••"},
		{"link https://demo.example/reset?token=abc does not open", "link ••••• does not open"},
		{"IP 2001:db8:0:0:1:ff00:42:8329", "IP •••••"},

		// Accounts, wallets, secrets.
		{"GB29 NWBK 6016 1331 9268 19", "•••••"},
		{"FR14 2004 1010 0505 0001 3M02 606", "•••••"},
		{"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "•••••"},
		{"TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf", "•••••"},
		{"ставка e7f3a99c-1122-4455-8899-aabbccddeeff", "ставка •••••"},
		{"password: Hunter2!", "password: •••••"},
		{"мой пароль qwerty123 не подходит", "мой пароль ••••• не подходит"},
		{"пин-код 1234", "пин-код •••••"},
		{"cvv 123", "cvv •••••"},
		{"логин: ivan", "логин: •••••"},
	} {
		if got := Mask(c.text); got != c.want {
			t.Errorf("Mask(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestMaskLeavesWhatAQuestionIsAbout(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "сколько идёт вывод на карту?", "вывести 5000 рублей", "bonus 100% up to €2,000", "коэффициент 1.60",
		"правила с 2026 года", "пункт 4.2.1", "ставка 12345", "withdraw 10 000", "24/7", "internationalisation",
		"bonus 1,000,000", "счёт 3:2 и 2:1", "матч в 20:00", "ставка на 1/8 финала", "кф 1.85/1.90", "ставка 500 на тотал 2.5 кф 1.9",
		"забыл пароль", "my password is wrong", "код не приходит", "pin does not work", "собака номер 5 победит?", "look at the limits",
		"bet-builder-of-several-legs", "у меня 12 ставок с 1 по 15 октября",
	} {
		if got := Mask(text); got != text {
			t.Errorf("Mask(%q) = %q", text, got)
		}
	}
}
