package postgres_test

import (
	"maps"
	"slices"
	"testing"

	"otvet/kb"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

func TestTextIndex(t *testing.T) {
	t.Parallel()
	url := postgrestest.EmptyURL(t)
	texts := map[kb.Locale]map[string]string{
		kb.RU: {"a": "Вывод денег на карту", "b": "Карты", "c": "Пароль"},
		kb.EN: {"a": "Withdraw money to a card", "b": "Cards", "c": "Password"},
	}
	for _, c := range []struct {
		locale   kb.Locale
		question string
		want     []string
	}{
		{kb.RU, "сколько ждать вывода на карту", []string{"a", "b"}},
		{kb.EN, "withdrawing to the cards", []string{"a", "b"}},
		{kb.EN, `it's 'a\b' & | ! <-> :* card\' ()`, []string{"a", "b"}},
		{kb.EN, "the", nil},
		{kb.EN, "", nil},
	} {
		x, err := postgres.NewTextIndex(t.Context(), url, c.locale, maps.All(texts[c.locale]))
		if err != nil {
			t.Fatal(err)
		}
		got, err := x.Find(t.Context(), c.question, 10)
		slices.Sort(got)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, %v, want %v", c.question, got, err, c.want)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}
