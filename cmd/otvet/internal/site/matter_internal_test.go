package site

import (
	"slices"
	"testing"
	"time"

	"otvet/content"
	"otvet/kb"
	"otvet/tickets"
)

// TestEveryFactHasAPlace holds that what a category may ask for can be kept, and that a
// player may choose no kind that tickets do not know.
func TestEveryFactHasAPlace(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	m := matter{Kind: tickets.KindProblem, Facts: map[string]string{
		"occurred_at": "2026-11-01T10:00", "decision_at": "2026-11-02", "platform": "ios",
		"bets": "1\r\n\r\n 2 ", "transactions": "3",
	}}
	for _, name := range kb.Asks() {
		if m.Facts[name] == "" {
			m.Facts[name] = "value of " + name
		}
	}
	r, wrong := m.record(kb.Asks(), time.UTC, now)
	clean, err := r.Validate(now)
	if len(wrong) > 0 || err != nil {
		t.Fatalf("record: %v, %v", wrong, err)
	}
	for _, name := range kb.Asks() {
		if known(clean, name) == "" {
			t.Errorf("nothing is kept of %s", name)
		}
	}
	if !slices.Equal(clean.Bets, []string{"1", "2"}) {
		t.Errorf("bets %q", clean.Bets)
	}
	if none, _ := m.record(nil, time.UTC, now); known(none, "remedy") != "" {
		t.Error("a fact that was not asked for is kept")
	}
	for _, k := range choices() {
		if !k.Valid() {
			t.Errorf("tickets know no %s", k)
		}
	}
}

// TestFormsAreShort holds requirement 44: whatever is chosen, at most seven fields stand in
// sight: kind, category, question, text, contact, and two facts or one and the files. None
// is a document's number or a card's.
func TestFormsAreShort(t *testing.T) {
	t.Parallel()
	lib, problems := kb.Load(content.Content(), time.Now())
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	for _, c := range append(lib.Categories(kb.EN), kb.Category{}) {
		for _, k := range choices() {
			asks := asked(k, c)
			if visible := 5 + fileFields(asks) + min(inSight(asks), len(asks)); visible > 7 {
				t.Errorf("%s in %s: %d fields", k, c.ID, visible)
			}
			for _, a := range asks {
				if !slices.Contains(kb.Asks(), a) {
					t.Errorf("%s in %s asks for %s", k, c.ID, a)
				}
			}
			if needed := asks[:min(inSight(asks), len(asks))]; len(asks) > 0 && !slices.Equal(needed[:len(c.Needs)], c.Needs) {
				t.Errorf("%s in %s folds away what it needs: %v", k, c.ID, asks)
			}
			if compact := slices.Compact(slices.Sorted(slices.Values(asks))); len(compact) != len(asks) {
				t.Errorf("%s in %s asks twice: %v", k, c.ID, asks)
			}
		}
	}
}

// fileFields is how many fields for files stand in sight.
func fileFields(asks []string) int {
	if screens(asks) {
		return 1
	}
	return 0
}

func TestVagueTexts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Не работает":                    true,
		"Помогите!!! Ничего не работает": true,
		"ошибка":                           true,
		"It does not work, please help me": true,
		"problem with it":                  true,
		"":                                 false,
		"Не работает ставка 4711":                   false,
		"Не приходит код на почту при входе":        false,
		"My withdrawal to the card has not come":    false,
		"Приложение закрывается на странице ставок": false,
	} {
		if vague(text) != want {
			t.Errorf("vague(%q) = %t", text, !want)
		}
	}
}

func TestThePlatformIsAGuess(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]tickets.Platform{
		"": "", "curl/8.0": "",
		"Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36":                           "web",
		"Mozilla/5.0 (Linux; Android 14; wv) Version/4.0 Chrome/120 Mobile Safari/537.36":  "android",
		"Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36":                  "web",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile/15E148 Safari/604.1": "web",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605.1.15 Mobile/15E148":      "ios",
	} {
		if got := platformOf(agent); got != want {
			t.Errorf("platformOf(%q) = %q, want %q", agent, got, want)
		}
	}
}
