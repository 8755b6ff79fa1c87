package plain_test

import (
	"maps"
	"slices"
	"testing"

	"otvet/kb"
	"otvet/search/eval/plain"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for loc, c := range map[kb.Locale]struct {
		texts    map[string]string
		question string
		want     []string
	}{
		kb.RU: {map[string]string{"a": "Вывод денег на карту", "b": "Карты", "c": "Пароль"}, "сколько ждать вывода на карту", []string{"a", "b"}},
		kb.EN: {map[string]string{"a": "Withdraw money to a card", "b": "Cards", "c": "Password"}, "withdrawing to the cards", []string{"a", "b"}},
	} {
		x, err := plain.New(loc, maps.All(c.texts))
		if err != nil {
			t.Fatal(err)
		}
		got, err := x.Find(t.Context(), c.question, 10)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v, want %v", loc, got, err, c.want)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}
