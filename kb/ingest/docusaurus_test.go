package ingest

import (
	"strings"
	"testing"

	"otvet/kb"
)

func TestPlainMarkdownTakesOutWhatNoReaderReads(t *testing.T) {
	t.Parallel()
	text, taken := plainMarkdown(strings.Join([]string{
		"import Tabs from '@theme/Tabs';", "", "Export it as a file: import what you need from there.", "",
		":::tip[Be quick]", "Choose a card.", ":::", "",
		"```", "import x from 'y'", ":::", "```", "export const a = 1", "",
	}, "\n"))
	if taken != 4 {
		t.Errorf("%d lines were taken out, want 4", taken)
	}
	for _, want := range []string{"Export it as a file: import what you need from there.", "Choose a card.", "import x from 'y'\n:::\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is gone: %q", want, text)
		}
	}
	for _, gone := range []string{"Tabs", "export const"} {
		if strings.Contains(text, gone) {
			t.Errorf("%q is still there: %q", gone, text)
		}
	}
}

func TestLocaleFolderStandsAnywhere(t *testing.T) {
	t.Parallel()
	for stem, want := range map[string][2]string{
		"ru/pay/card":      {"ru", "pay/card"},
		"i18n/ru/pay/card": {"ru", "pay/card"},
		"docs/EN/card":     {"EN", "card"},
		"pay/card":         {"", "pay/card"},
		"pay/ru":           {"", "pay/ru"},
	} {
		if language, rest := localeFolder(stem); language != want[0] || rest != want[1] {
			t.Errorf("%s is %q %q, want %q", stem, language, rest, want)
		}
	}
}

// TestALanguageIsNotWhatTheCommandLineClaims: a Russian folder imported with --locale en would
// stand in the English help section.
func TestALanguageIsNotWhatTheCommandLineClaims(t *testing.T) {
	t.Parallel()
	const ru = "Откройте «Кассу», выберите карту и введите сумму от 20 €. Visa и Mastercard подходят."
	const en = "Open the cashier, choose a card and enter an amount. The button «Касса» is at the top right."
	for _, tt := range []struct {
		text   string
		locale kb.Locale
		other  bool
	}{{ru, kb.EN, true}, {ru, kb.RU, false}, {en, kb.RU, true}, {en, kb.EN, false}, {"Да", kb.EN, false}, {"OK", kb.RU, false}} {
		if why := otherScript(tt.text, tt.locale); (why != "") != tt.other {
			t.Errorf("%s for %q: %q", tt.locale, tt.text, why)
		}
	}
}
