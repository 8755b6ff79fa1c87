package ingest_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"otvet/kb"
	"otvet/kb/ingest"
)

// TestEncodings imports the same table in what Excel writes.
func TestEncodings(t *testing.T) {
	t.Parallel()
	const table = "sep=;\r\nВопрос;Ответ\r\nКак вывести деньги?;\"Откройте «Платежи»;\r\nвыберите карту.\"\r\n"
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(table, ";", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	ansi, err := charmap.Windows1251.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct{ file, report string }{
		"UTF-8":             {table, "imported  faq.csv:3"},
		"UTF-8 with a mark": {"\ufeff" + table, "imported  faq.csv:3"},
		"UTF-16 with tabs":  {utf16, "imported  faq.csv:3"},
		"Windows-1251":      {ansi, "repaired  faq.csv:3 -> ru/faq/account.md#kak-vyvesti-dengi: converted from Windows-1251"},
		"Latin-1":           {"Question;Answer\nO\xf9 est le caf\xe9?;L\xe0.\n", "neither UTF-8 nor UTF-16 nor Windows-1251"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, written := importFile(t, "faq.csv", tt.file, func(o *ingest.Options) { o.Locale = kb.RU })
			if !strings.Contains(report, tt.report) {
				t.Errorf("report:\n%swant %q", report, tt.report)
			}
			if imported := !strings.HasPrefix(tt.report, "neither"); imported != strings.Contains(written, "выберите карту.") {
				t.Errorf("written:\n%s", written)
			}
		})
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ file, report string }{
		"open quote":   {"Question,Answer\nWho?,\"We\nand more\n", "broken table at line"},
		"stray quote":  {"Who?,We \"all\" do\n", "broken table at line 1"},
		"one column":   {"Who?\nWhat?\n", "a question without an answer"},
		"header alone": {"Question,Answer\n", "no questions found"},
		"empty":        {"", "no questions found"},
		"no text":      {"Who?,<script>x</script>\n", "holds no text"},
		"control":      {"Who?,We\x00 do\n", "1 control characters removed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, _ := importFile(t, "faq.csv", tt.file)
			if !strings.Contains(report, tt.report) {
				t.Errorf("report:\n%swant %q", report, tt.report)
			}
		})
	}
}
