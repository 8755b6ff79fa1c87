package search_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"otvet/kb"
	"otvet/search"
)

// marked puts the spans of a text into brackets.
func marked(text string, spans []search.Span) string {
	var b strings.Builder
	done := 0
	for _, s := range spans {
		b.WriteString(text[done:s.Start] + "[" + text[s.Start:s.End] + "]")
		done = s.End
	}
	return b.String() + text[done:]
}

func TestSuggestionsMarkWhatMatches(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for _, c := range []struct {
		locale     kb.Locale
		text, want string
	}{
		{kb.EN, "How lo", "[How] [lo]ng does a withdrawal take?"},
		{kb.EN, "withdra", "How long does a [withdra]wal take?"},
		{kb.RU, "отменю выво", "Можно ли [отменить] [выво]д?"},
		{kb.RU, "выплаты мини", "Какая [мини]мальная сумма [вывода]?"}, // a synonym
		{kb.RU, "ПЕРЕДУ", "Можно ли отменить вывод?"},                  // another phrasing of it
		{kb.RU, "пороль задать", "[Пароль] забыт. Как [задать] новый?"},
		{kb.RU, "dsdj", "Сколько идёт [выво]д?"},
		{kb.EN, "vyvo", "Сколько идёт [выво]д?"},
		{kb.RU, "gfhjkm pf,s", "[Пароль] [забы]т. Как задать новый?"},
		{kb.EN, "зфыыц", "I have forgotten my [passw]ord. How do I set a new one?"},
		{kb.RU, "как вк", "[Как] [вк]лючить двухфакторный вход?"},
		{kb.RU, "скол", "[Скол]ько идёт вывод?"},
	} {
		got, err := engine.Suggest(t.Context(), search.Query{Text: c.text, Locale: c.locale})
		if err != nil || len(got.Hits) == 0 {
			t.Errorf("%q: %d hits, %v", c.text, len(got.Hits), err)
			continue
		}
		if h := got.Hits[0]; marked(h.Passage.Heading, h.Heading) != c.want {
			t.Errorf("%q: %q, want %q", c.text, marked(h.Passage.Heading, h.Heading), c.want)
		}
	}
}

func TestSearchMarksHeadingsAndQuotes(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	got, err := engine.Search(t.Context(), search.Query{Text: "когда деньги придут на карту", Locale: kb.RU})
	if err != nil || len(got.Hits) == 0 {
		t.Fatalf("%d hits, %v", len(got.Hits), err)
	}
	if h := got.Hits[0]; marked(h.Quote, h.Quoted) != "На [карту] [деньги] приходят за 1–5 рабочих дней." {
		t.Errorf("the quote is marked %q", marked(h.Quote, h.Quoted))
	}
}

// A synonym of several words is marked as a whole, not wherever one of its words stands.
func TestPhrasesAreMarkedAsAWhole(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for text, want := range map[string]string{
		"2fa":             "Как включить [двухфакторный] [вход]?",
		"2fa на странице": "Нажмите «Забыли пароль?» на [странице] входа.",
	} {
		got, err := engine.Search(t.Context(), search.Query{Text: text, Locale: kb.RU})
		if err != nil {
			t.Fatal(err)
		}
		var marks []string
		for _, h := range got.Hits {
			marks = append(marks, marked(h.Passage.Heading, h.Heading), marked(h.Quote, h.Quoted))
		}
		if !slices.Contains(marks, want) {
			t.Errorf("%q is marked %q, want %q among them", text, marks, want)
		}
	}
}

// An unfinished word may become many, so what is finished weighs more.
func TestTheLastWordWeighsWhatItMayBecome(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, shipped(t))
	for _, c := range []struct {
		locale     kb.Locale
		text, want string // every suggestion holds one of the words
	}{
		{kb.EN, "how lo", "how long"},
		{kb.EN, "how long d", "how long"},
		{kb.EN, "forgotten password l", "password"},
		{kb.RU, "как долг", "долг|как|дол|скол"},
		{kb.RU, "верификация п", "верифик|провер|документ|личност"},
	} {
		got, err := engine.Suggest(t.Context(), search.Query{Text: c.text, Locale: c.locale, Limit: 3})
		if err != nil || len(got.Hits) == 0 {
			t.Fatalf("%q: %d hits, %v", c.text, len(got.Hits), err)
		}
		text := strings.ToLower(got.Hits[0].Passage.Heading)
		found := false
		for word := range strings.SplitSeq(c.want, "|") {
			found = found || strings.Contains(text, word)
		}
		if !found {
			t.Errorf("%q: %q, want one of %s", c.text, text, c.want)
		}
	}
}

func TestPopularQuestionsComeFirstAmongEquals(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	first := func(text string) string {
		t.Helper()
		got, err := engine.Suggest(t.Context(), search.Query{Text: text, Locale: kb.RU})
		if err != nil || len(got.Hits) == 0 {
			t.Fatalf("%q: %d hits, %v", text, len(got.Hits), err)
		}
		return got.Hits[0].Passage.Ref.Anchor
	}
	popular := func(anchor string) {
		engine.Prefer(func(r kb.Ref) float64 {
			if r.Anchor == anchor {
				return 1
			}
			return 0
		})
	}
	for _, anchor := range []string{"how-long", "minimum", "how-long"} {
		popular(anchor)
		if got := first("вывод"); got != anchor {
			t.Errorf("%s is popular, %s comes first", anchor, got)
		}
	}
	popular("cancel")
	if got := first("забыт пар"); got != "forgot-password" {
		t.Errorf("what is popular comes before what fits: %s", got)
	}
}

// However many questions begin alike, what is popular comes first, Terms as well.
func TestThePopularOfManyThatBeginAlikeComeFirst(t *testing.T) {
	t.Parallel()
	var article strings.Builder
	article.WriteString("---\ntitle: Разное\ncategory: account\nsummary: Разное.\nupdated: 2026-10-12\n---\n")
	for i := range 90 {
		fmt.Fprintf(&article, "\n## Как получить приз %d? {#p%d}\n\nОткройте профиль.\n", i+10, i+10)
	}
	fsys := replaced(smallContent(t), "ru/terms/payments@2026-06-01.md", "Срок рассмотрения", "Как рассматриваем")
	fsys["ru/faq/many.md"] = &fstest.MapFile{Data: []byte(article.String())}
	lib, _ := kb.Load(fsys, today()) // nothing of it is translated
	engine := newEngine(t, lib)
	for _, anchor := range []string{"p10", "p77", "p99", "c1-1"} {
		engine.Prefer(func(r kb.Ref) float64 { return map[string]float64{anchor: 1}[r.Anchor] })
		got, err := engine.Suggest(t.Context(), search.Query{Text: "как", Locale: kb.RU})
		if err != nil || len(got.Hits) == 0 || got.Hits[0].Passage.Ref.Anchor != anchor {
			t.Fatalf("%s is popular: %v, %+v", anchor, err, got.Hits)
		}
		if want := 0.3; got.Hits[0].Score != want {
			t.Errorf("%s: score %v, want %v", anchor, got.Hits[0].Score, want)
		}
	}
}

// A suggestion that was on its way while the figures changed is not remembered.
func TestWhatWasPopularIsForgotten(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	first := func() string {
		got, err := engine.Suggest(t.Context(), search.Query{Text: "вывод", Locale: kb.RU})
		if err != nil || len(got.Hits) == 0 {
			t.Errorf("%d hits, %v", len(got.Hits), err)
			return ""
		}
		return got.Hits[0].Passage.Ref.Anchor
	}
	prefer := func(anchor string, asked func()) {
		engine.Prefer(func(r kb.Ref) float64 {
			asked()
			return map[string]float64{anchor: 1}[r.Anchor]
		})
	}
	begun, changed := make(chan struct{}), make(chan struct{})
	prefer("minimum", sync.OnceFunc(func() {
		close(begun)
		<-changed
	}))
	late := make(chan string)
	go func() { late <- first() }()
	<-begun
	prefer("cancel", func() {})
	close(changed)
	if got := <-late; got != "minimum" {
		t.Errorf("by the old figures %s comes first", got)
	}
	if got := first(); got != "cancel" {
		t.Errorf("by the new figures %s comes first", got)
	}
}

func TestPopularQuestionsNeedNoText(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	list := func() string {
		t.Helper()
		got, err := engine.Popular(t.Context(), search.Query{Locale: kb.RU, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		var anchors []string
		for _, h := range got.Hits {
			anchors = append(anchors, h.Passage.Ref.Anchor)
		}
		return strings.Join(anchors, " ")
	}
	if got := list(); got != "how-long forgot-password" {
		t.Errorf("in the editors' order: %s", got)
	}
	engine.Prefer(func(r kb.Ref) float64 { return map[string]float64{"cancel": 1, "two-factor": 0.5}[r.Anchor] })
	if got := list(); got != "cancel two-factor how-long" {
		t.Errorf("by the figures: %s", got)
	}
}
