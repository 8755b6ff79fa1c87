package ingest

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	russian = "Как вывести деньги на карту? Откройте «Платежи» и выберите карту — деньги придут за 1–5 рабочих дней.\n"
	english = "How do I withdraw to a card? Open “Payments” and choose the card.\n"
	german  = "Größe, Öl und Übung: für die Prüfung ein schönes, kühles Getränk. Die Müllers hören Ärger.\n"
	french  = "Où est passé l'été ? Le garçon a dû être déçu, malgré la forêt, les fenêtres et le café.\n"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	big := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for name, tt := range map[string]struct {
		raw        []byte
		text, note string
		refused    bool
	}{
		"ASCII":                      {[]byte("plain"), "plain", "", false},
		"empty":                      {nil, "", "", false},
		"UTF-8, Russian":             {[]byte(russian), russian, "", false},
		"UTF-8, English":             {[]byte(english), english, "", false},
		"UTF-8 with a mark":          {[]byte("\ufeff" + russian), russian, "", false},
		"UTF-16 of Excel":            {encoded(t, little, russian), russian, "", false},
		"UTF-16, English":            {encoded(t, little, english), english, "", false},
		"UTF-16 without a mark":      {encoded(t, big, russian), russian, "", false},
		"Windows-1251":               {encoded(t, charmap.Windows1251, russian), russian, "converted from Windows-1251", false},
		"Windows-1251, a short one":  {encoded(t, charmap.Windows1251, "Вопрос;Ответ\nГде код?;В письме\n"), "Вопрос;Ответ\nГде код?;В письме\n", "converted from Windows-1251", false},
		"Windows-1251 within tags":   {encoded(t, charmap.Windows1251, strings.Repeat("<p class=\"x\">Деньги</p> ", 20)), strings.Repeat("<p class=\"x\">Деньги</p> ", 20), "converted from Windows-1251", false},
		"KOI8-R":                     {encoded(t, charmap.KOI8R, russian), "", "", true},
		"code page 866":              {encoded(t, charmap.CodePage866, "Как вывести деньги на карту? Откройте платежи."), "", "", true},
		"Latin-1, German":            {encoded(t, charmap.ISO8859_1, german), "", "", true},
		"Latin-1, French":            {encoded(t, charmap.ISO8859_1, french), "", "", true},
		"Windows-1252 with quotes":   {[]byte("He said \x93no\x94 \x96 twice, at the caf\xe9"), "", "", true},
		"UTF-8 with a damaged byte":  {[]byte(russian + "\xff" + russian), russian + "�" + russian, "1 invalid bytes replaced by �: look for them", false},
		"UTF-8 cut in a character":   {[]byte(russian + russian + "д"[:1]), russian + russian + "�", "1 invalid bytes replaced by �: look for them", false},
		"a picture":                  {[]byte("\x89PNG\r\n\x1a\n\xde\xad\xbe\xef\xff\xfe\x80\x81\x82"), "", "", true},
		"random bytes":               {bytes.Repeat([]byte{0xfc, 0x80, 0x01, 0x90, 0xe3}, 50), "", "", true},
		"a zero byte in plain ASCII": {[]byte("a\x00bcd"), "a\x00bcd", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, note, err := decode(tt.raw)
			if text != tt.text || note != tt.note || (err != nil) != tt.refused {
				t.Errorf("decode = %q, %q, %v; want %q, %q, refused %v", text, note, err, tt.text, tt.note, tt.refused)
			}
		})
	}
}

func encoded(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	raw, err := encoding.ReplaceUnsupported(e.NewEncoder()).Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestClean(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ in, text, note string }{
		"line ends":        {"a\r\nb\rc\u2028d", "a\nb\nc\nd", ""},
		"zero and escape":  {"a\x00\x1b[31mb", "a[31mb", "2 control characters removed"},
		"upper controls":   {"a\u0085b", "ab", "1 control characters removed"},
		"direction":        {"a\u202eb\u2066", "ab", "2 control characters removed"},
		"byte order marks": {"a\ufeffb", "ab", ""},
		"our own mark":     {"a\ue000lt;", "alt;", "1 control characters removed"},
		"no characters":    {"a\ufffe\uffffb", "ab", "2 control characters removed"},
		"all that is text": {"a\tб\u00a0é\u200d👍", "a\tб\u00a0é\u200d👍", ""},
	} {
		text, note := clean(tt.in)
		if text != tt.text || note != tt.note {
			t.Errorf("%s: clean(%q) = %q, %q; want %q, %q", name, tt.in, text, note, tt.text, tt.note)
		}
	}
}

func TestBreakBraces(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"{{x}}": "{ {x} }", "{{{x}}}": "{ { {x} } }", "{x}": "{x}", "} }": "} }", "": "",
	} {
		if got := breakBraces(in); got != want {
			t.Errorf("breakBraces(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"How long?": "how-long",
		"Сколько ждать вывод на карту?":     "skolko-zhdat-vyvod-na-kartu",
		"Ёлка, щётка и подъезд: объявление": "elka-shchetka-i-podezd-obyavlenie",
		"Йод й":                                 "yod-y",
		"Café — naïve façade":                   "cafe-naive-facade",
		"Größe":                                 "grosse",
		"don't & can’t":                         "dont-cant",
		"  --  ":                                "",
		"中文":                                    "",
		"../../etc/passwd":                      "etc-passwd",
		"2FA & e-mail":                          "2fa-e-mail",
		strings.Repeat("слово ", 40):            strings.TrimSuffix(strings.Repeat("slovo-", 13), "-"),
		strings.Repeat("х", 100):                strings.Repeat("kh", 40),
		"е\u0308ж и\u0306":                      "ezh-y",
		"line\nbreak\x00and {{fact}}, <b>b</b>": "line-break-and-fact-b-b-b",
	} {
		if got := slugOf(words); got != want {
			t.Errorf("slugOf(%q) = %q, want %q", words, got, want)
		}
	}
	taken := names{}
	long := strings.Repeat("a", maxSlug)
	for _, want := range []string{long, long[:maxSlug-2] + "-2", long[:maxSlug-2] + "-3"} {
		if got := taken.unique(long); got != want {
			t.Errorf("unique = %q, want %q", got, want)
		}
	}
}
