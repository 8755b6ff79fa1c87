package search

import "otvet/kb"

// fillerPhrases returns the words and phrases of a language that open, close and
// soften a question without saying what it is about. They count little in ranking
// and nothing in the decision.
func fillerPhrases(loc kb.Locale) []string {
	if loc == kb.RU {
		return russianFillers()
	}
	return englishFillers()
}

func russianFillers() []string {
	return []string{
		"здравствуйте", "здрасте", "здравствуй", "здрасьте", "привет", "приветствую", "приветик", "хай", "ку",
		"добрый день", "добрый вечер", "доброе утро", "доброй ночи", "доброго времени суток", "доброго дня", "доброго времени", "хорошего дня",
		"спасибо", "спс", "благодарю", "заранее спасибо", "до свидания",
		"пожалуйста", "пожалста", "пж", "пжл", "пжлст", "плиз", "плз", "прошу", "просьба",
		"подскажите", "подскажи", "подсказать", "скажите", "скажи", "объясните", "объяснить", "расскажите", "рассказать", "ответьте", "помогите", "помочь", "помощь",
		"хочу", "хотел", "хотела", "хотелось", "хочется", "хотим", "могу", "можете", "могли", "смогу", "мог", "нужно", "нужен", "нужна", "нужны", "надо", "необходимо", "следует",
		"узнать", "понять", "понимаю", "знаю", "знать", "знаете", "интересует", "интересно", "вопрос", "вопросик",
		"делать", "сделать", "делаю", "делаете", "быть", "бывает", "является", "есть",
		"почему", "отчего", "сколько", "какие", "каким", "каких", "какую", "каком", "который", "чье", "что такое", "что значит",
		"ребята", "друзья", "уважаемые", "господа", "девушка", "оператор", "админ", "ау", "алло", "эй", "люди",
		"блин", "вообще", "просто", "очень", "срочно", "типа", "короче", "пока", "вроде", "наверное", "именно", "прям", "прямо", "щас", "ща", "сразу", "также", "только что",
		"это", "этого", "этом", "ваш", "ваша", "ваше", "ваши", "вашем", "вашей", "вашего", "вашу", "свой", "свои", "своего", "свое", "моего", "моем", "моей", "мое", "мою", "мои", "наш", "ты", "тебе", "твой",
		"нет", "да", "ок", "окей", "ага", "ладно", "случай", "случае", "образом", "вариант", "способ",
		"две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять", "второй", "третий", "четвертый", "пятый",
		"работать", "работает", "работают", "работал", "работало", "пишу", "обращаюсь", "проблема", "ситуация", "такая", "такой", "такое",
	}
}

func englishFillers() []string {
	return []string{
		"hi", "hello", "hey", "hiya", "dear", "good morning", "good afternoon", "good evening", "good day", "greetings", "hi there", "hello there", "team", "guys", "mate", "sir", "madam", "bro", "pal",
		"thanks", "thank you", "thank", "thx", "ty", "cheers", "many thanks", "in advance", "regards", "bye",
		"please", "pls", "plz", "kindly", "sorry", "excuse me",
		"tell me", "tell", "let me know", "explain", "help", "help me", "assist", "advise", "wondering", "wonder", "ask", "asking", "question", "know", "understand", "learn", "find out",
		"want", "wanna", "would like", "like to", "need", "gonna", "going to", "got", "get", "try", "trying", "tried", "able", "possible", "possibly", "allowed", "have to", "u", "ur", "r", "im", "ive", "cant", "dont",
		"do", "does", "make", "much", "many", "long", "often", "soon", "just", "really", "actually", "also", "already", "still", "anyway", "maybe", "even", "ever", "yet", "now", "right now", "asap", "urgent", "urgently",
		"mean", "means", "thing", "things", "something", "anything", "someone", "anyone", "way", "ways", "happen", "happens", "happened", "happening", "whats", "hows", "wheres", "whens",
		"work", "works", "working", "yes", "yeah", "ok", "okay", "well", "so", "issue", "problem", "give", "say", "says", "said", "one", "us", "lol", "wtf",
		"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "third", "fourth", "fifth",
	}
}
