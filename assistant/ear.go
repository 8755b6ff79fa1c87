package assistant

import (
	"strings"

	"otvet/search"
)

// ear writes Russian words as they are heard, so that a word falls together with the
// ways in which people spell it who go by its sound: "жыть", "астанавица", "каликтор".
type ear struct{ clusters, vowels *strings.Replacer }

func newEar() *ear {
	return &ear{
		clusters: strings.NewReplacer(
			"ться", "ца", "тся", "ца", "тьс", "ц", "тц", "ц", "дц", "ц", "стн", "сн", "здн", "зн", "вств", "ств",
			"сч", "щ", "зч", "щ", "жч", "щ", "чт", "шт", "жы", "жи", "шы", "ши", "цы", "ци", "чя", "ча", "щя", "ща",
			"чю", "чу", "щю", "щу", "ьо", "йи", "ье", "йи", "ью", "йу", "ья", "йи", "ьи", "йи", "ь", "", "ъ", "",
		),
		vowels: strings.NewReplacer("о", "а", "е", "и", "я", "и", "ю", "у", "ий", "и"),
	}
}

// minHeard is how many letters a word has at least that is taken by its sound; shorter
// ones sound like many others.
const minHeard = 4

// hear returns what is heard of a folded word.
func (e *ear) hear(w string) string {
	w = e.clusters.Replace(search.Squeeze(w))
	if len(w) > len("ого")*2 {
		if stem, ok := strings.CutSuffix(w, "го"); ok {
			w = stem + "во"
		}
	}
	return search.Squeeze(soften([]rune(e.vowels.Replace(w))))
}

// hearLatin returns a function for what is heard of a Russian word in Latin letters.
func hearLatin() func(string) string {
	vowels := strings.NewReplacer("o", "a", "e", "i")
	return func(w string) string { return search.Squeeze(vowels.Replace(w)) }
}

// soften makes a voiced consonant before a voiceless one voiceless, as one speaks it.
func soften(letters []rune) string {
	voiced, voiceless := []rune("бвгджз"), "пфктшс"
	for i := len(letters) - 2; i >= 0; i-- {
		if !strings.ContainsRune("пфктшсхцчщ", letters[i+1]) {
			continue
		}
		for j, r := range voiced {
			if letters[i] == r {
				letters[i] = []rune(voiceless)[j]
			}
		}
	}
	return string(letters)
}
