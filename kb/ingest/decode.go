package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// maxDamage is the share of invalid bytes up to which a text still counts as UTF-8.
const maxDamage = 0.01

// errEncoding is the answer to bytes that are no text in any encoding known here.
var errEncoding = errors.New("neither UTF-8 nor UTF-16 nor Windows-1251 text: save the file as UTF-8")

// decode returns bytes as UTF-8, and what had to be repaired. Other encodings are taken
// for what they are only when they are sure: a wrong guess would garble a whole article.
func decode(raw []byte) (text, note string, err error) {
	if order, ok := isUTF16(raw); ok {
		out, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(raw)
		if err != nil {
			return "", "", fmt.Errorf("decode UTF-16: %w", err)
		}
		return string(out), "", nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if utf8.Valid(raw) {
		return string(raw), "", nil
	}
	if isWindows1251(raw) {
		out, err := charmap.Windows1251.NewDecoder().Bytes(raw)
		if err != nil {
			return "", "", fmt.Errorf("decode Windows-1251: %w", err)
		}
		return string(out), "converted from Windows-1251", nil
	}
	damaged, characters := invalid(raw)
	if characters == 0 || float64(damaged) > maxDamage*float64(len(raw)) {
		return "", "", errEncoding
	}
	return strings.ToValidUTF8(string(raw), "\ufffd"), fmt.Sprintf("%d invalid bytes replaced by \ufffd: look for them", damaged), nil
}

// isUTF16 says whether bytes are UTF-16, and which half of a character comes first: by
// the mark that Excel writes, or because nearly every second byte is the higher half of a
// Latin letter, a Cyrillic one or a sign.
func isUTF16(raw []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return unicode.BigEndian, true
	case len(raw)%2 != 0:
		return unicode.LittleEndian, false
	}
	var zeros, high [2]int
	for i, b := range raw {
		switch b {
		case 0:
			zeros[i%2]++
			high[i%2]++
		case 0x04, 0x20: // Cyrillic letters; dashes and quotation marks
			high[i%2]++
		}
	}
	most := (len(raw)/2*9 + 9) / 10
	if zeros[0] == 0 && zeros[1] > 0 && high[1] >= most {
		return unicode.LittleEndian, true
	}
	return unicode.BigEndian, zeros[1] == 0 && zeros[0] > 0 && high[0] >= most
}

// invalid counts the bytes that are no UTF-8 and the characters beyond ASCII that are.
func invalid(raw []byte) (damaged, characters int) {
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			damaged++
		case n > 1:
			characters++
		}
		i += n
	}
	return damaged, characters
}
