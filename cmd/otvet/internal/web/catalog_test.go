package web_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"otvet/cmd/otvet/internal/web"
)

func messages(ru, en string) fstest.MapFS {
	return fstest.MapFS{"messages/ru.yaml": {Data: []byte(ru)}, "messages/en.yaml": {Data: []byte(en)}}
}

func TestPluralsFollowEachLanguage(t *testing.T) {
	t.Parallel()
	c, err := web.LoadCatalog(time.UTC, messages(
		`n: {one: "%s запрос", few: "%s запроса", many: "%s запросов", other: "%s запроса"}`,
		`n: {one: "%s request", other: "%s requests"}`))
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int][2]string{
		0: {"0 запросов", "0 requests"}, 1: {"1 запрос", "1 request"}, 2: {"2 запроса", "2 requests"},
		5: {"5 запросов", "5 requests"}, 11: {"11 запросов", "11 requests"}, 21: {"21 запрос", "21 requests"},
		112: {"112 запросов", "112 requests"}, 1002: {"1\u00a0002 запроса", "1,002 requests"},
	} {
		if got := [2]string{c.Printer("ru").N("n", n), c.Printer("en").N("n", n)}; got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestACatalogWithGapsIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ ru, en, want string }{
		"missing in one language": {"a: да", "{}", `"a" is missing in en`},
		"missing plural form":     {"n: {one: x, few: y, other: z}", "n: {one: x, other: z}", `lacks the plural form "many" in ru`},
		"empty message":           {"a: ''", "a: yes", `in ru`},
	} {
		_, err := web.LoadCatalog(time.UTC, messages(c.ru, c.en))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := web.LoadCatalog(time.UTC, messages("a: x", "a: x"), messages("a: y", "a: y")); err == nil {
		t.Error("a key in two folders was accepted")
	}
}
