package kb_test

import (
	"strings"
	"testing"
)

const enAck = "en/letters/ack.md"

// says puts words behind the English acknowledgement; they begin at column 1 of line 6.
func says(words string) []edit {
	return []edit{replace(enAck, "{{link}}\n", "{{link}}\n\n"+words+"\n")}
}

// TestProofreadingOfLetters seeds one defect at a time into letters that have none.
func TestProofreadingOfLetters(t *testing.T) {
	t.Parallel()
	const promise = `in a letter's own words: only a person promises money, in {{remedy}} or {{reply}}`
	const noOffer = `letters about requests advertise nothing`
	const court = `restricts a right: nothing that we write keeps a player from a court or a dispute service`
	const name = `say what it means for the player, or leave it out`
	checkProofs(t, []defect{
		{"nothing", says("Our answer says what was done, and why. You may go to court."), ""},
		{"missing placeholder", []edit{replace(enAck, "{{link}}", "Goodbye.")}, enAck + `: missing placeholder "{{link}}": the letter ack must tell it`},
		{
			"placeholder of another letter",
			says("{{remedy}}"),
			enAck + `:6:1: placeholder "{{remedy}}" has no value in the letter ack, so it would not be sent: it may use {{number}}, {{link}}, {{category}}, {{operator}}, {{helpline}}, {{received}}, {{due-first}}`,
		},
		{"promise", says("After that we will refund the stake."), enAck + `:6:12: promise "we will refund": describe the rule and the steps instead; only a person can decide about money`},
		{"promise of letters", says("Your stake will be credited."), enAck + `:6:12: promise "will be credited" ` + promise},
		{"guarantee", says("We guarantee it."), enAck + `:6:4: promise "guarantee*": describe the rule and the steps instead; only a person can decide about money`},
		{"promise denied", says("We cannot say that your stake will be credited."), ""},
		{"offer", says("Take a Free Bet."), enAck + `:6:8: offer "free bet*": ` + noOffer},
		{"promotion", says("An exclusive service."), enAck + `:6:4: warning: promotion "exclusive*": say what is true without praise`},
		{"court", says("Our decision is final and binding."), enAck + `:6:17: "final and binding" ` + court},
		{"court denied", says("You may not go to court."), enAck + `:6:5: "may not go to court" ` + court},
		{"internal name", says("The Risk Team has it."), enAck + `:6:5: internal name "risk team": ` + name},
		{"tipping off", says("This is an AML check."), enAck + `:6:12: internal name "aml": ` + name},
		{
			"dead address",
			says("See ec.europa.eu/consumers/odr for more."),
			enAck + `:6:5: dead address ec.europa.eu/consumers/odr: the platform closed in July 2025; name the dispute service that serves you`,
		},
		{"link", says("See [the rules](/en/terms)."), enAck + `:6:15: link or image in a letter: write {{link}} on a line of its own, or name the page in words`},
		{"HTML", says("A <b>word</b>."), enAck + `:6:3: raw HTML in a letter: write Markdown instead, or &lt; for the character itself`},
		{"typed number", says("It takes 24 hours."), enAck + `:6:10: typed number "24 hours": write {{withdrawal-review}}, or {{example:24 hours}} if it only illustrates`},
		{
			"another language",
			[]edit{replace(enAck, "Hello! We have received request {{number}}.", "Здравствуйте! Мы получили ваше обращение {{number}} и скоро ответим.")},
			enAck + `: the letter is not in the language of its folder, "en": move it or translate it`,
		},
		{
			"long sentences",
			[]edit{replace(enAck, "Hello! We", "Hello, we"), replace(enAck, "request {{number}}.", "request {{number}} "+strings.Repeat("and one more word ", 12)+".")},
			enAck + `: sentences of 55 words on average: up to 24 are readable in a letter, and half of that is better`,
		},
		{
			"unknown letter",
			[]edit{put("en/letters/hello.md", "---\nsubject: Hi\n---\nHi.\n"), put("ru/letters/hello.md", "---\nsubject: Привет\n---\nПривет.\n")},
			unknown("en") + "\n" + unknown("ru"),
		},
	})
}

func unknown(locale string) string {
	return locale + `/letters/hello.md: warning: unknown letter: nobody sends it; the letters are ` +
		`ack, ack-complaint, verify, late, not-a-complaint, objection-ack, out-of-hours, safety, safety-unsent, self-exclusion, ` +
		`reply, info-request, info-reminder, upload-link, progress, interim, extension, holding, proposal, transferred, merged, withdrawal-delay, ` +
		`outcome-upheld, outcome-partly, outcome-not-upheld, outcome-explained, outcome-technical, appeal-ack, review-result, final, deadlock, ` +
		`closed, satisfaction, changed, enquiry-cover, data-ack, data-fulfilled, data-refused, erased, ` +
		`incident, incident-over, security-notice, breach-notice`
}

// TestProofreadingOfRussianLetters: word forms and ё do not hide a word.
func TestProofreadingOfRussianLetters(t *testing.T) {
	t.Parallel()
	at := ruAck + ":6:"
	words := func(words string) []edit { return []edit{replace(ruAck, "{{link}}\n", "{{link}}\n\n"+words+"\n")} }
	const promise = `in a letter's own words: only a person promises money, in {{remedy}} or {{reply}}`
	checkProofs(t, []defect{
		{"nothing", words("Мы вернёмся с ответом. Право обратиться в суд остаётся за вами."), ""},
		{"return", words("Ставку мы вернем."), at + `11: promise "вернём" ` + promise},
		{"credit", words("Мы начислим её."), at + `4: promise "начислим" ` + promise},
		{"guarantee", words("Мы гарантируем это."), at + `4: promise "гаранти*": describe the rule and the steps instead; only a person can decide about money`},
		{"offer", words("Возьмите фрибеты."), at + `10: offer "фрибет*": letters about requests advertise nothing`},
		{"court", words("Решение обжалованию не подлежит."), at + `9: "обжалованию не подлежит" restricts a right: nothing that we write keeps a player from a court or a dispute service`},
		{"internal name", words("Проверяет служба безопасности."), at + `11: internal name "служба безопасности": say what it means for the player, or leave it out`},
		{
			"another language",
			[]edit{replace(ruAck, "Здравствуйте! Мы получили обращение {{number}}.", "Hello, we have received your request {{number}} and will answer it soon.")},
			ruAck + `: the letter is not in the language of its folder, "ru": move it or translate it`,
		},
	})
}
