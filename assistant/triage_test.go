package assistant_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"otvet/assistant"
	"otvet/search"
)

// message is a line of testdata/safety.<language>.tsv.
type message struct{ reason, text string }

// readLines returns the lines of a file of testdata that are no comments.
func readLines(t testing.TB, name string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	return slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "#") })
}

func readMessages(t testing.TB, language string) []message {
	t.Helper()
	var messages []message
	for _, line := range readLines(t, "safety."+language+".tsv") {
		reason, text, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("safety.%s.tsv: %q has no tab", language, line)
		}
		messages = append(messages, message{reason, text})
	}
	return messages
}

func TestAssessFindsEverySign(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"ru", "en"} {
		messages := readMessages(t, language)
		if len(messages) < 250 {
			t.Errorf("%s: %d messages, want 250 or more", language, len(messages))
		}
		for _, m := range messages {
			got := assistant.Assess(m.text)
			if got.Class != assistant.Safety || got.Reason != m.reason || got.Evidence == "" {
				t.Errorf("%q: %+v, want %s with evidence", m.text, got, m.reason)
			}
		}
	}
}

func TestAssessLetsOrdinaryQuestionsPass(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"ru", "en"} {
		for _, text := range readLines(t, "ordinary."+language+".txt") {
			if got := assistant.Assess(text); got != (assistant.Triage{Class: assistant.Ordinary}) {
				t.Errorf("%q: %+v, want ordinary", text, got)
			}
		}
	}
}

func TestAssessLetsJudgedQuestionsPass(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"ru", "en"} {
		name := filepath.Join("..", "..", "search", "testdata", "questions."+language+".tsv")
		for _, line := range readLines(t, name) {
			question, _, _ := strings.Cut(line, "\t")
			if got := assistant.Assess(question); got.Class != assistant.Ordinary {
				t.Errorf("%q: %+v, want ordinary", question, got)
			}
		}
	}
}

// disguises change how a message is written and not what it says.
func disguises() map[string]func(*rand.Rand, string) string {
	return map[string]func(*rand.Rand, string) string{
		"upper case":   func(_ *rand.Rand, s string) string { return strings.ToUpper(s) },
		"invisible":    func(_ *rand.Rand, s string) string { return strings.Join(strings.Split(s, ""), "\u200b") },
		"soft hyphens": func(_ *rand.Rand, s string) string { return strings.Join(strings.Split(s, ""), "\u00ad") },
		"ё for е":      func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, "е", "ё") },
		"decomposed":   func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, "й", "и\u0306") },
		"marks": func(_ *rand.Rand, s string) string {
			return eachLetter(s, func(r rune) string { return string(r) + "\u0336" })
		},
		"right to left":    func(_ *rand.Rand, s string) string { return "\u202e" + s + "\u202c" },
		"full width":       func(_ *rand.Rand, s string) string { return strings.Map(fullWidth, s) },
		"emoji":            func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, " ", " 😭 ") },
		"no-break spaces":  func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, " ", "\u00a0") },
		"new lines":        func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, " ", "\r\n") },
		"curly apostrophe": func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, "'", "’") },
		"dotted":           func(_ *rand.Rand, s string) string { return strings.ReplaceAll(eachLetter(s, dotted), ". ", " ") },
		"inside a longer text": func(_ *rand.Rand, s string) string {
			return "12345 !!! " + s + " !!! 67890"
		},
		"doubled letters": func(rng *rand.Rand, s string) string {
			return eachLetter(s, func(r rune) string { return strings.Repeat(string(r), 1+rng.IntN(3)) })
		},
		"look-alikes": func(rng *rand.Rand, s string) string {
			return eachLetter(s, func(r rune) string {
				if alike, ok := lookAlikes()[r]; ok && rng.IntN(2) == 0 {
					return string(alike)
				}
				return string(r)
			})
		},
		"other keyboard layout": func(_ *rand.Rand, s string) string { return search.OtherLayout(s) },
	}
}

func eachLetter(s string, f func(rune) string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) {
			b.WriteString(f(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func dotted(r rune) string { return string(r) + "." }

func fullWidth(r rune) rune {
	if r > ' ' && r <= '~' {
		return r - '!' + '！'
	}
	return r
}

// lookAlikes returns a letter that looks like the key, in both directions.
func lookAlikes() map[rune]rune {
	latin, cyrillic := []rune("aceopxykmt"), []rune("асеорхукмт")
	pairs := map[rune]rune{}
	for i := range latin {
		pairs[latin[i]], pairs[cyrillic[i]] = cyrillic[i], latin[i]
	}
	return pairs
}

func TestDisguiseClearsNoSign(t *testing.T) {
	t.Parallel()
	for name, disguise := range disguises() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(1, 2))
			for _, m := range slices.Concat(readMessages(t, "ru"), readMessages(t, "en")) {
				text := disguise(rng, m.text)
				if got := assistant.Assess(text); got.Class != assistant.Safety {
					t.Errorf("%q, from %q, is ordinary", text, m.text)
				}
			}
		})
	}
}

// TestOrdinaryWordsNearbyClearNoSign puts ordinary messages before and after each sign.
func TestOrdinaryWordsNearbyClearNoSign(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"ru", "en"} {
		ordinary := readLines(t, "ordinary."+language+".txt")
		for i, m := range readMessages(t, language) {
			for _, text := range []string{
				ordinary[i%len(ordinary)] + ". " + m.text,
				m.text + ". " + ordinary[(i+7)%len(ordinary)],
				ordinary[(i+3)%len(ordinary)] + " " + m.text,
			} {
				if got := assistant.Assess(text); got.Class != assistant.Safety {
					t.Errorf("%q, with %q in it, is ordinary", text, m.text)
				}
			}
		}
	}
}

func TestHarmlessPhraseLeavesOtherSigns(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"i will kill myself this time", "kill my self tonight", "убью себя из-за бонуса", "я убью себя этим бонусом",
		"умираю от скуки и хочу умереть", "lost my phone and i want to die", "мне 16 евро не дали и мне 16 лет",
		"dead heat again i cant stop gambling", "умер бонус и муж умер",
	} {
		if got := assistant.Assess(text); got.Class != assistant.Safety {
			t.Errorf("%q is ordinary", text)
		}
	}
}

// romanisations are the ways in which people write Russian in Latin letters.
func romanisations() map[string]*strings.Replacer {
	common := []string{
		"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "з", "z", "и", "i", "к", "k", "л", "l", "м", "m",
		"н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "ъ", "", "ь", "", "э", "e",
	}
	with := func(pairs ...string) *strings.Replacer { return strings.NewReplacer(append(pairs, common...)...) }
	return map[string]*strings.Replacer{
		"passport":  with("ж", "zh", "й", "i", "х", "kh", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "shch", "ы", "y", "ю", "iu", "я", "ia"),
		"telephone": with("ж", "zh", "й", "y", "х", "h", "ц", "c", "ч", "ch", "ш", "sh", "щ", "sch", "ы", "y", "ю", "yu", "я", "ya"),
		"german":    with("ж", "zh", "й", "j", "х", "h", "ц", "c", "ч", "ch", "ш", "sh", "щ", "sch", "ы", "i", "ю", "ju", "я", "ja"),
	}
}

func TestTranslitClearsNoSign(t *testing.T) {
	t.Parallel()
	for name, romanise := range romanisations() {
		for _, m := range readMessages(t, "ru") {
			text := romanise.Replace(strings.ToLower(m.text))
			if got := assistant.Assess(text); got.Class != assistant.Safety {
				t.Errorf("%s: %q, from %q, is ordinary", name, text, m.text)
			}
		}
	}
}

func TestAssessOddTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " ", "\x00", "\xff\xfe", "!!!", "😀", "\u200b", strings.Repeat("\u0301", 500), "*", `"""`} {
		if got := assistant.Assess(text); got.Class != assistant.Ordinary {
			t.Errorf("%q: %+v, want ordinary", text, got)
		}
	}
	if got := assistant.Assess("не хочу\x00\xff жить"); got.Class != assistant.Safety {
		t.Errorf("a sign between broken bytes: %+v", got)
	}
}

// TestAssessTakesLinearTime judges texts of the greatest length that players may send,
// full of what phrases begin with; the bound is far above what a busy machine needs.
func TestAssessTakesLinearTime(t *testing.T) {
	for _, unit := range []string{"не ", "я ", "a ", "хочу не могу ", "i want to ", "н", "мне 16 евро ", "a.b.", "проиграл все ставки "} {
		text := strings.Repeat(unit, 16<<10/len(unit))
		start := time.Now()
		assistant.Assess(text)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%d bytes of %q took %s", len(text), unit, took)
		}
	}
}

func FuzzAssess(f *testing.F) {
	for _, m := range slices.Concat(readMessages(f, "ru"), readMessages(f, "en")) {
		f.Add(m.text)
	}
	f.Add("\xff\u200b\u0301 a.b 16")
	f.Fuzz(func(t *testing.T, text string) {
		got := assistant.Assess(text)
		if (got.Class == assistant.Safety) != slices.Contains(assistant.Reasons(), got.Reason) {
			t.Errorf("%q: %+v", text, got)
		}
		if got != assistant.Assess(text) {
			t.Errorf("%q is judged differently each time", text)
		}
	})
}

func BenchmarkAssess(b *testing.B) {
	for name, text := range map[string]string{
		"question":  "здравствуйте, сколько ждать вывод на карту?",
		"16KiB":     strings.Repeat("поставил вчера экспресс, зашел один исход, деньги не пришли. ", 150),
		"firstSign": "не хочу жить",
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				assistant.Assess(fmt.Sprint(text, " ", i)) // no text twice: its judgement would be remembered
			}
		})
	}
}
