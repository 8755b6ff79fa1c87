package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/policy"
)

// TestSource1vin acts the fifth source (rows 167 to 200), in Russian all the way: a question
// is answered, comes back with one click, becomes a complaint with its dates from the first
// day, is solved, followed up and rated.
func TestSource1vin(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	s := begin(t)
	anna, boris := s.agent("Anna", kb.RU), s.agent("Boris", kb.RU)
	speech := speeches[0]

	olga := s.player("ru", "player@demo.example") // as sendRequest writes
	phone := open(t, chromium, s.base)
	phone.do("игрок ищет ответ", phone.goTo("/ru/search?q="+strings.ReplaceAll(speech.question, " ", "+")), see(".answer mark"))
	olga.private = strings.TrimPrefix(phone.sendRequest(speech), s.base)
	olga.number = ticketNumberShape.FindString(olga.looks().text)
	olga.letter("Мы получили ваше обращение " + olga.number)

	anna.acts(olga.number, "reply", "body=Обновите страницу кассы: статус там.", "then=solved").reads("Ответ отправлен игроку.")
	phone.do("это не помогло: один щелчок", phone.goTo(olga.private), see(".helped"), click("form[action$='/unsolved'] button"), see("#done .notice"))
	phone.reads("#done", "Обращение продолжается, его прочитает человек.")
	s.becomesComplaint(olga, anna)

	anna.acts(olga.number, "assess", "severity=medium", "complexity=simple", "impact=one", "nature=transaction")
	anna.findsOut(olga.number, "Заявка зависла на ручной проверке.", "our-error")
	anna.decides(olga.number, "upheld", "open", "Проверка длилась дольше, чем обещают правила, пункт 6.", "1. Откройте кассу. 2. Выберите заявку 4471. 3. Нажмите «Получить».", "Мы изменили порядок ручной проверки.")
	boris.approves(olga.number)
	if text := olga.letter("Решение по жалобе " + olga.number + ": вы правы"); !strings.Contains(text, "1. Откройте кассу.") || !strings.Contains(text, "Мы изменили порядок ручной проверки.") {
		t.Errorf("в письме нет решения: %s", text)
	}

	phone.do("решение на странице", phone.goTo(olga.private), see(".outcome-card"))
	phone.reads(".outcome-card", "жалоба удовлетворена", "пункт 6")
	phone.do("игрок согласен", click("form[action$='/accept'] button"), see("#rate"))
	phone.do("и доволен", click(`label[for="score-5"]`), click("#rate form button"), see("#done .notice"))
	phone.reads("#done", "Спасибо за ответ.")

	s.goesOnAfterClosing(olga, anna)
	s.isKeptThenArchived(olga, anna)
}

// becomesComplaint holds that a question becomes a complaint with one click, and that its
// dates are counted from the day when it arrived.
func (s *story) becomesComplaint(olga *player, anna *agent) {
	s.t.Helper()
	before := s.ticket(olga.number)
	anna.acts(olga.number, "complaint").reads("Теперь это жалоба, и сроки считаются со дня, когда она к нам поступила.", "Принять решение не позднее")
	after := s.ticket(olga.number)
	due, _ := after.FinalDue()
	term, _ := after.Rules.Term(policy.Matter{Kind: string(tickets.KindComplaint)}, policy.RuleFinal)
	if want := after.Rules.Calendar().Add(before.CreatedAt, term.Limit); !after.Case.ReceivedAt.Equal(before.CreatedAt) || !due.Equal(want) {
		s.t.Errorf("поступила %s, а пришла %s; решение до %s, а не %s", after.Case.ReceivedAt, before.CreatedAt, due, want)
	}
	letter := olga.letter("Мы получили вашу жалобу " + olga.number)
	for _, want := range []string{"бесплатны", storyDay(kb.RU, time.Now().AddDate(0, 1, 0))} {
		if !strings.Contains(letter, want) {
			s.t.Errorf("в подтверждении нет «%s»: %s", want, letter)
		}
	}
	olga.looks().reads("Жалоба", "Путь вашего обращения", "Сейчас наша очередь.", speeches[0].body)
}

// ticket is how a request stands in the database.
func (s *story) ticket(number string) tickets.Ticket {
	s.t.Helper()
	d, err := s.store.Dossier(context.WithoutCancel(s.t.Context()), 0, tickets.Number(number))
	if err != nil {
		s.t.Fatal(err)
	}
	return d.Ticket
}

// goesOnAfterClosing sends a follow-up and an idea by the form.
func (s *story) goesOnAfterClosing(olga *player, anna *agent) {
	s.t.Helper()
	closed := olga.number
	more := s.player("ru", olga.email)
	olga.looks().reads("Написать продолжение")
	more.opens("/ru/contact?follows=" + olga.private[strings.LastIndexByte(olga.private, '/')+1:]).reads("Это продолжение обращения " + closed)
	more.sends("/ru/contact", "body=Деньги пришли, но меньше на 5 евро. Номер 4471.", "contact="+olga.email, "step=offer")
	if more.couldSend("/ru/contact") {
		more.sends("/ru/contact", "step=send")
	}
	more.accepted()
	anna.sees(more.number).reads("Этим игрок продолжает обращение " + closed)

	idea := s.player("ru", olga.email)
	idea.writes("feedback", "feedback", "subject=Идея для кассы", "body=Покажите в кассе, сколько осталось ждать.")
	anna.opens("/desk?kind=feedback").reads("Идея для кассы")
}

// isKeptThenArchived holds that nothing goes before its time, and that nothing is added
// once the time to come back is over.
func (s *story) isKeptThenArchived(olga *player, anna *agent) {
	s.t.Helper()
	if out := s.types("audit", "retention"); !strings.Contains(out, "Nothing has been kept long enough.") {
		s.t.Errorf("стёрто до срока: %s", out)
	}
	s.passes(15 * 24 * time.Hour)
	anna.sees(olga.number).reads("В архиве", speeches[0].body)
	olga.looks().reads("Это обращение закрыто.", speeches[0].body)
	if olga.couldSend("/clarify") || olga.couldSend("/reply") {
		s.t.Error("к делу из архива можно что-то добавить")
	}
	if out := s.types("audit", "export", "--ticket", olga.number); !strings.Contains(out, `"score": 5`) {
		s.t.Error("в деле нет оценки")
	}
}
