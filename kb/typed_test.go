package kb_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"otvet/kb"
)

// typedIn returns the numbers that the proofreader takes for rules in a sentence.
func typedIn(t *testing.T, archive string, loc kb.Locale, sentence string) (words []string) {
	t.Helper()
	fsys := tree(archive)
	e := replace(enFAQ, "For instance, {{example:€50}} goes", sentence+" It goes")
	if loc == kb.RU {
		e = replace(ruFAQ, "Порядок описан", sentence+" Порядок описан")
	}
	e(t, fsys)
	_, problems := kb.Check(fsys, today())
	for _, p := range problems {
		if _, rest, ok := strings.Cut(p.Message, "typed number \""); ok {
			word, _, _ := strings.Cut(rest, "\":")
			words = append(words, word)
		}
	}
	return words
}

// TestWhatIsATypedNumber: each sentence holds the number in brackets, or none, and nothing else
// that is a rule.
func TestWhatIsATypedNumber(t *testing.T) {
	t.Parallel()
	archive, err := os.ReadFile("testdata/proofread.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for loc, sentences := range map[kb.Locale]string{kb.EN: englishNumbers, kb.RU: russianNumbers} {
		for line := range strings.SplitSeq(strings.TrimSpace(sentences), "\n") {
			t.Run(line, func(t *testing.T) {
				t.Parallel()
				var want []string
				if _, rest, ok := strings.Cut(line, "⟨"); ok {
					word, _, _ := strings.Cut(rest, "⟩")
					want = []string{strings.ReplaceAll(word, "\\n", " ")}
				}
				sentence := strings.NewReplacer("⟨", "", "⟩", "", "\\n", "\n").Replace(line)
				if got := typedIn(t, string(archive), loc, sentence); !slices.Equal(got, want) {
					t.Errorf("found %q, want %q", got, want)
				}
			})
		}
	}
}

const englishNumbers = `
It takes ⟨1-5 business days⟩ as a rule.
It takes ⟨3 to 5 days⟩ as a rule.
It takes ⟨1 – 3 days⟩ as a rule.
It takes one to ⟨three days⟩ as a rule.
It takes ⟨2.5 hours⟩ as a rule.
It takes ⟨1.75 hours⟩ as a rule.
It takes ⟨24\nhours⟩ as a rule.
It takes ⟨24 hrs⟩ as a rule.
It takes ⟨30 min⟩ as a rule.
It takes ⟨5 banking days⟩ as a rule.
It takes ⟨fifteen minutes⟩ as a rule.
It takes ⟨seventy-two hours⟩ as a rule.
It takes ⟨half an hour⟩ as a rule.
It takes ⟨up to an hour⟩ as a rule.
It is done no later ⟨than a month⟩ after that.
It is done ⟨within a fortnight⟩ of that.
It is done within ⟨24h⟩ of that.
A ⟨forty-eight-hour⟩ wait follows.
A message has ⟨1,000 characters⟩ at most.
After ⟨3 failed attempts⟩ it closes.
A file has ⟨10MB⟩ at most.
It costs ⟨€ 50⟩ here.
It costs ⟨€20–50⟩ here.
It costs ⟨EUR 50⟩ here.
It costs ⟨50 dollars⟩ here.
It costs ⟨50 EUR⟩ here.
It costs ⟨1,000,000.50 EUR⟩ here.
It costs ⟨fifty euros⟩ here.
It costs ⟨₹500⟩ here.
The fee is ⟨5 per cent⟩ here.
The fee is ⟨2–3%⟩ here.
Wager it ⟨x35⟩ first.
Wager it ⟨35x⟩ first.
At odds of at least ⟨2.0⟩ it counts.
It counts at [odds of ⟨1.60⟩](../terms/payments.md#c1-10).
Less <than ⟨5 days⟩ or more> it is.
You must be ⟨18+⟩ to play.
Since 12.10.2026 it is so.
It runs on Android 8.0 and on version 1.25.3.
It runs on Windows x64 only.
The market 1X2 is open.
One code belongs to one account, once.
It is a one-time code for two-factor sign-in.
See clause 4.10 of the terms.
See [Payment terms, 1.10](../terms/payments.md#c1-10).
Go to step 2. Hours later it is there.
In 2026 there were matches on 12 October at 18:30.
A day or a week is common, a player says.
`

const russianNumbers = `
Это ⟨100 руб⟩. за всё.
Это ⟨100 р.⟩ за всё.
Это ⟨100 рублей⟩ за всё.
Это ⟨5 тысяч рублей⟩ за всё.
Это ⟨5 тыс. рублей⟩ за всё.
Это ⟨сто рублей⟩ за всё.
Это ⟨500 тенге⟩ за всё.
Это ⟨50 000 ₽⟩ за всё.
Это от ⟨3 до 5 дней⟩ обычно.
Это ⟨1-5 рабочих дней⟩ обычно.
Это ⟨1—3 дня⟩ обычно.
Это ⟨3 банковских дня⟩ обычно.
Это ⟨24-часовой⟩ срок.
Это ⟨трёхдневный⟩ срок.
Это ⟨двухнедельный⟩ срок.
Это ⟨полчаса⟩ обычно.
Это ⟨до суток⟩ обычно.
Не ⟨позднее месяца⟩ после этого.
Это ⟨2 000 символов⟩ всего.
Это ⟨2,5 часа⟩ всего.
Это ⟨24 ч⟩ всего.
Это ⟨15 мин⟩. всего.
Это ⟨15мин⟩ всего.
Это ⟨пятнадцать минут⟩ всего.
Это ⟨двадцать четыре часа⟩ всего.
Это ⟨полтора часа⟩ всего.
После ⟨3 неудачных попыток⟩ вход закрыт.
Пароль из ⟨8 символов⟩ подойдёт.
Отыгрыш ⟨х35⟩ обязателен.
С коэффициентом не ниже ⟨2.0⟩ засчитаем.
С коэффициентом ⟨1,5⟩ засчитаем.
Комиссия ⟨50 процентов⟩ от суммы.
Комиссия ⟨5 %⟩ от суммы.
Это ⟨50-процентный⟩ бонус.
Файл до ⟨10 МБ⟩ подойдёт.
Файл до ⟨10МБ⟩ подойдёт.
Играть можно с ⟨18 лет⟩ и старше.
С 12.10.2026 это так.
Это в пункте 4.10 Условий.
В 2026 году и с 2025 года это так.
Нужен Android 8.0 или новее.
Один код — один аккаунт, один раз.
Одноразовый код для двухфакторной защиты.
Совершеннолетний игрок ставит ежедневно.
Выполните шаг 2. Час спустя всё придёт.
Матч 12 октября в 18:30 по рынку 1Х2.
День или неделю игроки обычно ждут.
`
