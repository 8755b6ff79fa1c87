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
		{"DE89 3704 0044 0532 0130 00", "DE•••••"},
		{"0x52908400098527886E0F7030069857D2E4169EE7", "•••••"},
		{"٠١٢٣٤٥٦٧", "•••••"},
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
	} {
		if got := Mask(text); got != text {
			t.Errorf("Mask(%q) = %q", text, got)
		}
	}
}
