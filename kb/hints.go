package kb

// write marks what an editor must write.
func write(what string) string { return "{{" + writeMark + ":" + what + "}}" }

// hints are the words of a skeleton in one language.
type hints struct {
	title, summary, question            string
	heading, answer                     string
	chapter, clause, rule, introduction string
	guide                               []guidePart
}

// guidePart is a section that every guide has.
type guidePart struct{ heading, anchor, text string }

// hintsIn returns the words in a language.
func hintsIn(l Locale) hints {
	if l == RU {
		return hints{
			title: "о чём это, словами читателя", summary: "одно предложение о том, что здесь можно узнать",
			question: "как спросит игрок с телефона", heading: "вопрос игрока",
			answer:  "ответ в первом предложении, потом исключения и следующий шаг со ссылкой на пункт Условий, 40–120 слов",
			chapter: "глава", clause: "о чём пункт", rule: "правило в одном-четырёх предложениях",
			introduction: "для чего эта инструкция, в двух предложениях",
			guide: []guidePart{
				{"Что понадобится", "what-you-need", "- " + write("что подготовить")},
				{"Что сделать", "steps", "1. " + write("первый шаг") + "\n2. " + write("второй шаг")},
				{"Что вы увидите", "what-you-will-see", write("как понять, что всё получилось")},
				{"Что может пойти не так", "what-can-go-wrong", "- " + write("частая причина и что с ней делать")},
				{"Когда написать нам", "when-to-write", write("когда и с какими сведениями") + " [Напишите нам](/contact)."},
			},
		}
	}
	return hints{
		title: "what it is about, in the reader's words", summary: "one sentence on what the reader finds here",
		question: "as a player types it on a phone", heading: "a player's question",
		answer:  "the answer in the first sentence, then exceptions and the next step, with a link to the clause, 40 to 120 words",
		chapter: "chapter", clause: "what the clause is about", rule: "the rule in one to four sentences",
		introduction: "what this guide is for, in two sentences",
		guide: []guidePart{
			{"What you need", "what-you-need", "- " + write("what to have ready")},
			{"What to do", "steps", "1. " + write("the first step") + "\n2. " + write("the second step")},
			{"What you will see", "what-you-will-see", write("how the reader knows that it worked")},
			{"What can go wrong", "what-can-go-wrong", "- " + write("a common cause and what to do about it")},
			{"When to write to us", "when-to-write", write("when, and with which details") + " [Write to us](/contact)."},
		},
	}
}
