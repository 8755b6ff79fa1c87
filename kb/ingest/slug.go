package ingest

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxSlug is the length of the longest slug or anchor.
const maxSlug = 80

// slugOf makes an address out of words: a-z, 0-9 and inner hyphens, Cyrillic letters
// transliterated as in passports, accents dropped. It is empty when nothing remains.
func slugOf(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(norm.NFC.String(lowerCyrillic(words))) {
		latin, ok := letter(r)
		if !ok {
			gap = gap || !unicode.Is(unicode.Mn, r) && r != '\'' && r != '’'
			continue
		}
		if gap && b.Len() > 0 && latin != "" {
			b.WriteByte('-')
		}
		gap = gap && latin == ""
		b.WriteString(latin)
	}
	return cutSlug(b.String(), maxSlug)
}

// cutSlug shortens a slug, at a hyphen where there is one.
func cutSlug(slug string, n int) string {
	if len(slug) > n {
		slug = slug[:n]
		if hyphen := strings.LastIndexByte(slug, '-'); hyphen > n/2 {
			slug = slug[:hyphen]
		}
	}
	return strings.Trim(slug, "-")
}

// lowerCyrillic writes in lower case, and the letters that would fall apart into a
// letter and an accent already as Latin ones.
func lowerCyrillic(words string) string {
	return strings.NewReplacer("й", "y", "ё", "e", "ї", "yi", "ў", "u").Replace(strings.ToLower(norm.NFC.String(words)))
}

// letter returns what stands for a lower-case letter in a slug, or false when it cannot
// stand there.
func letter(r rune) (string, bool) {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return string(r), true
	}
	latin, ok := map[rune]string{
		'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'к': "k",
		'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
		'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e",
		'ю': "yu", 'я': "ya", 'і': "i", 'є': "ye", 'ґ': "g",
		'ß': "ss", 'æ': "ae", 'ø': "o", 'ł': "l", 'đ': "d",
	}[r]
	return latin, ok
}

// names gives out slugs, each once. It keeps how often each was asked for, so that many
// equal headings take no longer than others.
type names map[string]int

// unique returns the slug, with a number at its end when it is taken.
func (n names) unique(slug string) string {
	out := slug
	for n[out] > 0 {
		n[slug]++
		number := "-" + strconv.Itoa(n[slug])
		out = cutSlug(slug, maxSlug-len(number)) + number
	}
	n[out]++
	return out
}
