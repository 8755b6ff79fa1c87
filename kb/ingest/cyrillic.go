package ingest

import "strings"

// common are the Russian letters that make up more than half of any text, in Windows-1251.
const common = "\xee\xe5\xe0\xe8\xed\xf2\xf1\xf0" // о е а и н т с р

// isWindows1251 says whether bytes that are no UTF-8 are Russian in Windows-1251. Three
// things must agree. Letters stand in whole words: in Western text a byte beyond ASCII
// stands alone among ASCII letters, as in "café". Most are lower case: in KOI8-R it looks
// the other way round. And the common letters are common: in other code pages these
// bytes are other letters.
func isWindows1251(raw []byte) bool {
	var high, inWords, lower, frequent int
	length := 0
	for i := 0; i <= len(raw); i++ {
		if i < len(raw) && isCyrillic1251(raw[i]) {
			length++
			if raw[i] >= 0xe0 {
				lower++
			}
			if strings.IndexByte(common, raw[i]) >= 0 {
				frequent++
			}
			continue
		}
		high += length
		if length >= 3 {
			inWords += length
		}
		length = 0
		if i < len(raw) && raw[i] >= 0x80 && !isSign1251(raw[i]) {
			high++
		}
	}
	return high >= 8 && inWords*10 >= high*7 && lower*10 >= high*6 && frequent*10 >= high*4
}

// isCyrillic1251 says whether a byte is a Russian letter: А-я, Ё, ё.
func isCyrillic1251(b byte) bool { return b >= 0xc0 || b == 0xa8 || b == 0xb8 }

// isSign1251 says whether a byte is a sign that Russian text often holds: quotation
// marks, dashes, the ellipsis, the no-break space, №.
func isSign1251(b byte) bool {
	return strings.IndexByte("\x84\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xab\xb9\xbb", b) >= 0
}
