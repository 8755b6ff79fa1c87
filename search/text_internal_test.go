package search

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"otvet/kb"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Счёт":                    "счет",
		"КЭШАУТ":                  "кешаут",
		"Ёлка":                    "елка",
		"и\u0306од":               "йод",
		"е\u0308ж":                "еж",
		"вы\u200bво\u00adд":       "вывод",
		"\u202eвывод\u202c":       "вывод",
		"в\u0336ы\u0336в\u0489од": "вывод",
		"Don’t":                   "don't",
		"２ＦＡ":                     "2fa",
		"20\u00a0€":               "20 €",
		"a\tb\nc":                 "a b c",
		"ŞİFRE":                   "şifre",
		"":                        "",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
		if again := Fold(want); again != want {
			t.Errorf("Fold(%q) = %q, not the same", want, again)
		}
	}
}

func TestAnalyzerStems(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		locale kb.Locale
		words  string // that have one stem
	}{
		{kb.RU, "счёт счета счетом счету СЧЁТ"},
		{kb.RU, "вывод вывода выводе выводы выводом"},
		{kb.RU, "кэшаут кешаут кэшаута кэшауту"},
		{kb.RU, "расчёт расчета"},
		{kb.RU, "верификация верификацию верификации"},
		{kb.EN, "withdrawal withdrawals withdrawal's withdrawal’s"},
		{kb.EN, "bonus bonus"},
		{kb.EN, "verify verified verifying"},
	} {
		a, err := newAnalyzer(c.locale)
		if err != nil {
			t.Fatal(err)
		}
		words := a.words(c.words)
		for _, w := range words {
			if got, want := a.stem(w), a.stem(words[0]); got != want {
				t.Errorf("%s: %q has the stem %q, %q has %q", c.locale, w, got, words[0], want)
			}
		}
	}
}

func TestAnalyzerWords(t *testing.T) {
	t.Parallel()
	a, err := newAnalyzer(kb.EN)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(a.words("Can't I cash-out?! (2FA) — 20 € 😀 mаil"), "|")
	if want := "can't|i|cash|out|2fa|20|mail"; got != want {
		t.Errorf("words %s, want %s", got, want)
	}
	for _, w := range []string{"cant", "can't", "the", "dont"} {
		if !a.stop[w] {
			t.Errorf("%q is no stop word", w)
		}
	}
	for _, w := range []string{"out", "off", "down"} {
		if a.stop[w] {
			t.Errorf("%q is a stop word", w)
		}
	}
}

func TestStopWordsAreFolded(t *testing.T) {
	t.Parallel()
	a, err := newAnalyzer(kb.RU)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range a.words("Ещё её это НЕЁ") {
		if !a.stop[w] && !a.filler[a.stem(w)] {
			t.Errorf("%q counts as a word of the subject", w)
		}
	}
}

func TestOneScript(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"cчет": "счет", "вывoд": "вывод", "pаssword": "password", "вывод": "вывод", "bonus": "bonus", "2fa": "2fa", "": "",
	} {
		if got := oneScript(word); got != want {
			t.Errorf("oneScript(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestOneEdit(t *testing.T) {
	t.Parallel()
	for pair, want := range map[string]bool{
		"пароль пороль": true, "пароль парль": true, "пароль паароль": true, "пароль парлоь": true, "пароль пароли": true,
		"пароль пароль": false, "пароль порол": false, "пароль парлоьь": false, "пароль пар": false, "ab ba": true, "a b": true, "abc cba": false,
	} {
		a, b, _ := strings.Cut(pair, " ")
		if got := OneEdit([]rune(a), []rune(b)); got != want {
			t.Errorf("OneEdit(%s) = %v", pair, got)
		}
		if OneEdit([]rune(a), []rune(b)) != OneEdit([]rune(b), []rune(a)) {
			t.Errorf("OneEdit(%s) depends on the order", pair)
		}
	}
}

func TestOtherLayout(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"rfr dsdtcnb ltymub":    "как вывести деньги",
		"RFR DSDTCNB":           "как вывести",
		"yt ghb[jlbn cvc":       "не приходит смс",
		"j,]zdktybt {F":         "объявление ха",
		"`krf":                  "ёлка",
		"ащкпще зфыыцщкв":       "forgot password",
		"ызщке":                 "sport",
		"2fa":                   "2аф",
		"20":                    "20",
		"\"rc \u200bghtcc <jy;": "Экс \u200bпресс Бонж",
	} {
		if got := OtherLayout(typed); got != strings.ToLower(want) {
			t.Errorf("OtherLayout(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestSkeleton(t *testing.T) {
	t.Parallel()
	translit := NewTransliterator()
	for word, ways := range map[string]string{
		"верификация":  "verifikaciya verifikatsiya verifikacija verifikatsia verifikacia",
		"вывести":      "vyvesti vivesti",
		"деньги":       "dengi den'gi",
		"счет":         "schet schyot",
		"еще":          "esche eshche yeshche",
		"мой":          "moy moj moi",
		"хочу":         "hochu khochu",
		"фрибет":       "fribet",
		"кешаут":       "keshaut kyeshaut",
		"пожаловаться": "pozhalovatsya pozhalovatsja pozhalovatsia",
		"16":           "16",
		"11":           "11",
	} {
		want := translit.Skeleton(word)
		for way := range strings.FieldsSeq(ways) {
			if got := translit.Skeleton(way); got != want {
				t.Errorf("%q has the skeleton %q, %q has %q", way, got, word, want)
			}
		}
	}
}

// vocabularyOf returns the vocabulary of passages that hold one text each.
func vocabularyOf(t *testing.T, texts ...string) *vocabulary {
	t.Helper()
	lexicon, err := newAnalyzer(kb.RU)
	if err != nil {
		t.Fatal(err)
	}
	l := newLearner(lexicon)
	for _, text := range texts {
		l.countPassage(distinct(l.named(text)))
	}
	return l.vocabulary()
}

func TestNear(t *testing.T) {
	t.Parallel()
	v := vocabularyOf(t, "вывод денег на карту", "вывод на карту банка", "пароль аккаунта", "матча матчу", "рис", "подтверждение")
	for typed, want := range map[string][]string{
		"пороль":   {"пароль"},
		"акаунта":  {"аккаунта"},
		"выовд":    {"вывод"},
		"мачта":    {"матча"},
		"пароль":   nil,
		"кат":      nil, // too short to guess at
		"париж":    nil,
		"ыывод":    {"вывод"},
		"ароль":    {"пароль"},
		"апроль":   {"пароль"},
		"ппароль":  {"пароль"},
		"карртуу":  nil, // two typos, and too short for that
		"матч":     nil,
		"матчи":    {"матча", "матчу"},
		"карты":    {"карту"},
		"неведомо": nil,

		"потвержение":  {"подтверждение"}, // two typos
		"патвержденье": nil,               // three
	} {
		if got := v.near(typed); !slices.Equal(got, want) {
			t.Errorf("near(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestFamily(t *testing.T) {
	t.Parallel()
	v := vocabularyOf(t, "жалоба", "отказ вывод")
	for typed, want := range map[string]string{
		"жалобный": "жалоб",
		"отказали": "отказ",
		"вывал":    "",
		"погода":   "",
		"от":       "",
	} {
		got := ""
		for _, id := range v.family(typed) {
			got += v.stems[id]
		}
		if got != want {
			t.Errorf("family(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestIDFFallsWithFrequency(t *testing.T) {
	t.Parallel()
	v := vocabularyOf(t, "вывод карта", "вывод банк", "вывод")
	if common, rare, unknown := v.idf(v.find("вывод")), v.idf(v.find("карта")), v.idf(unknownWord); common >= rare || rare >= unknown || common <= 0 {
		t.Errorf("idf of common %.2f, rare %.2f, unknown %.2f", common, rare, unknown)
	}
}

func TestCompletions(t *testing.T) {
	t.Parallel()
	v := vocabularyOf(t, "вывод вывести", "вывод выигрыш", "вход")
	var got []string
	for _, id := range v.completions("выв", 5) {
		got = append(got, v.stems[id])
	}
	if want := []string{"вывод", "вывест"}; !slices.Equal(got, want) {
		t.Errorf("completions %q, want %q", got, want)
	}
	if n := len(v.completions("в", 2)); n != 2 {
		t.Errorf("%d completions, want 2", n)
	}
	if n := len(v.completions("ю", 2)); n != 0 {
		t.Errorf("%d completions of nothing", n)
	}
}

// TestCompletionsAreTheCommonest compares with the long way: all words sorted.
func TestCompletionsAreTheCommonest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := &vocabulary{df: rapid.SliceOfN(rapid.Int32Range(1, 4), 6, 6).Draw(t, "df")}
		typed := rapid.SliceOfNDistinct(rapid.StringMatching(`[аб]{1,4}`), 0, 25, rapid.ID[string]).Draw(t, "words")
		v.words = slices.Sorted(slices.Values(typed))
		for i := range v.words {
			v.of = append(v.of, termID(rapid.IntRange(0, 5).Draw(t, "stem")))
			v.typed = append(v.typed, int32(i))
		}
		prefix := rapid.StringMatching(`[аб]{0,2}`).Draw(t, "prefix")
		n := rapid.IntRange(1, 6).Draw(t, "n")
		var want []termID
		slices.SortFunc(typed, v.compare)
		for _, w := range typed {
			if id, _ := v.surface(w); strings.HasPrefix(w, prefix) && !slices.Contains(want, id) && len(want) < n {
				want = append(want, id)
			}
		}
		if got := v.completions(prefix, n); !slices.Equal(got, want) {
			t.Fatalf("completions(%q, %d) = %v, want %v", prefix, n, got, want)
		}
	})
}
