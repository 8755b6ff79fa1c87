package kb_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	// A bar stands where one sentence ends and the next begins.
	for _, want := range []string{
		"",
		"Без точки в конце",
		"Ждите 24 часа.|Потом напишите нам.",
		"Wait 24 hours.|Then write to us.",
		"Не пришло?|Напишите!|Мы ответим…|Обязательно.",
		"Really?!|Yes.",
		"Коэффициент 1.10 или выше.|Сумма 20 €.",
		"Odds of 1.10 or more.|At least €20.",
		"Минимум — €0.50.|Это правило.",
		"Подождите, т. е. не отправляйте ещё раз.|Спасибо.",
		"Подождите, т. е. Вам ответят.",
		"Карты, кошельки и т. д.|Выбирайте любой.",
		"Карты, кошельки и т. д. без ограничений.",
		"Не больше 100 руб. в день.",
		"Не больше 100 руб.|Больше нельзя.",
		"Не больше 5 тыс. 500 руб. в день.",
		"См. п. 4.2 Условий.|Там всё сказано.",
		"Ответственный — А. С. Иванов.|Пишите ему.",
		"Use a wallet, e.g. Your own.|No others.",
		"Use a wallet, i.e. not a card.",
		"See no. 5 on the list.|The answer is no.|Sorry.",
		"Opens at 9 a.m. on Mondays.|Closes late.",
		"Он сказал: «Готово.»|И ушёл.",
		"Статус «Одобрено».|«Отправлено» придёт позже.",
		"(Это важно.)|Читайте дальше.",
		"Что делать? — спросите нас.",
		"Сайт demo.example открыт.|Заходите.",
		"Файлы .jpg и .png подходят.",
		"4. Выберите способ.|5 минут — и готово.",
		"Подождите ... и ещё раз.",
		"Ждите 24 часа.|5 рабочих дней для карты.",
	} {
		text := strings.ReplaceAll(want, "|", " ")
		got := strings.Join(kb.Sentences(text), "|")
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestLineEndsASentence(t *testing.T) {
	t.Parallel()
	got := kb.Sentences("Выберите способ:\nкарту;\n\n  кошелёк\tбез комиссии\nГотово. Ждите.\n")
	want := []string{"Выберите способ:", "карту;", "кошелёк\tбез комиссии", "Готово.", "Ждите."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSentencesLoseNothing puts the sentences of the shipped content together again.
func TestSentencesLoseNothing(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(os.DirFS("../content"), today())
	for _, loc := range kb.Locales() {
		for _, p := range lib.Passages(loc) {
			sentences := kb.Sentences(p.Text)
			if bare(strings.Join(sentences, " ")) != bare(p.Text) {
				t.Errorf("%s: %q does not make up %q", p.Ref, sentences, p.Text)
			}
		}
	}
}
