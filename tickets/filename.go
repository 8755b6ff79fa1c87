package tickets

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// nameless is what a file is called whose name says nothing.
const nameless = "file"

// CleanFileName prepares the name under which a file is shown and downloaded: the last part of a
// path, NFC, without control, invisible and turning characters or what a file system
// takes for itself, at most MaxFileName characters with the extension kept. Cleaning
// comes before every check of a name, so that nothing hides in it: "\u200b.htaccess".
// What is left is never a path on our disk.
func CleanFileName(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = norm.NFC.String(strings.Map(fileNameRune, s))
	s = strings.Trim(strings.Join(strings.Fields(s), " "), ". ")
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return nameless
	}
	return shortened(s)
}

func fileNameRune(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), r == utf8.RuneError:
		return -1
	case strings.ContainsRune(`<>:"|?*`, r):
		return '_'
	}
	return r
}

// shortened cuts a long name before its extension.
func shortened(s string) string {
	if utf8.RuneCountInString(s) <= MaxFileName {
		return s
	}
	ext := path.Ext(s)
	if n := utf8.RuneCountInString(ext); n < 2 || n > 10 {
		ext = ""
	}
	stem := []rune(strings.TrimSuffix(s, ext))
	return strings.TrimRight(string(stem[:MaxFileName-utf8.RuneCountInString(ext)]), ". ") + ext
}
