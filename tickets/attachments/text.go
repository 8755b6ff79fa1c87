package attachments

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"otvet/tickets"
)

// previewMark ends the name of a file that holds a preview.
const previewMark = ".preview"

// maxPreview is how much of a text a preview shows, in bytes.
const maxPreview = 20 << 10

// wholeText refuses texts that are programs for somebody after all: with bytes that no text
// has, or a page in UTF-16, which the first look takes for plain.
func wholeText(f *os.File) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return unavailable(err)
	}
	raw, err := io.ReadAll(f) // at most Limits.File
	if err != nil {
		return unavailable(err)
	}
	text, err := decoded(raw)
	switch {
	case err != nil:
		return refused(tickets.Damaged, err)
	case bytes.ContainsFunc(text, unprintable):
		return refused(tickets.TypeRefused, errors.New("control characters in a text"))
	}
	name, _, _ := strings.Cut(mimetype.Detect(text).String(), ";")
	if k, known := kinds()[name]; !known || !k.text {
		return refused(tickets.TypeRefused, errors.New(name))
	}
	return nil
}

// unprintable tells the characters that no log has. Escape begins a colour.
func unprintable(r rune) bool {
	return r < ' ' && !strings.ContainsRune("\t\n\r\f\b\x1b", r)
}

// decoded returns a text in UTF-8. What is neither that nor UTF-16 is read as
// Windows-1251, in which Russian programs on Windows write their logs; bytes that mean
// something else there stay a text all the same.
func decoded(raw []byte) ([]byte, error) {
	var from encoding.Encoding = charmap.Windows1251
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case utf8.Valid(raw):
		return bytes.TrimPrefix(raw, []byte("\ufeff")), nil
	}
	return from.NewDecoder().Bytes(raw)
}

// previewOf returns the beginning of a text as agents read it on the page, without secrets. The
// last line of a longer text is left out: a secret that is cut in two is not seen.
func previewOf(f *os.File) []byte {
	raw := make([]byte, 2*maxPreview+4) // UTF-16 takes twice as much
	n, _ := f.ReadAt(raw, 0)            // a preview that cannot be read is empty
	text, err := decoded(trimPartial(raw[:n]))
	if err != nil {
		return []byte{}
	}
	if len(text) > maxPreview {
		text = trimPartial(text[:maxPreview])
		if end := bytes.LastIndexByte(text, '\n'); end >= 0 {
			text = text[:end]
		} else {
			text = nil // one line without an end: nothing of it is certainly whole
		}
	}
	return []byte(tickets.Scrub(string(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))))
}

// trimPartial drops a character of UTF-8 that was cut in two.
func trimPartial(b []byte) []byte {
	for cut := 0; cut < utf8.UTFMax && cut < len(b); cut++ {
		if end := b[:len(b)-cut]; utf8.Valid(end) {
			return end
		}
	}
	return b
}
