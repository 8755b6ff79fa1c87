package attachments

import (
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/image/webp"

	"otvet/tickets"
)

// kind is a kind of file that we take.
type kind struct {
	mime       string
	extensions []string // those that a name may keep, the usual one first
	text       bool
	decode     func(io.Reader) (image.Image, error) // of pictures
	config     func(io.Reader) (image.Config, error)
	whole      func(*os.File) error // checks what is kept as it is; the error is why not
}

// textExtensions are what texts are called. Others would make a program of them when a
// double click opens them: "log.bat".
var textExtensions = []string{".txt", ".log", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".har", ".md"}

// kinds are what we take, by what mimetype calls it.
func kinds() map[string]kind {
	plain := kind{mime: "text/plain", extensions: textExtensions, text: true, whole: wholeText}
	csv, json := plain, plain
	csv.mime, json.mime = "text/csv", "application/json"
	pngs := kind{mime: "image/png", extensions: []string{".png"}, decode: png.Decode, config: png.DecodeConfig}
	const office = "application/vnd.openxmlformats-officedocument."
	return map[string]kind{
		"image/png":  pngs,
		"image/apng": pngs, // the first picture of it
		"image/jpeg": {mime: "image/jpeg", extensions: []string{".jpg", ".jpeg"}, decode: jpeg.Decode, config: jpeg.DecodeConfig},
		"image/gif":  {mime: "image/gif", extensions: []string{".gif"}, decode: gif.Decode, config: gif.DecodeConfig}, // the first picture
		"image/webp": {mime: "image/webp", extensions: []string{".webp"}, decode: webp.Decode, config: webp.DecodeConfig},

		"application/pdf":                    {mime: "application/pdf", extensions: []string{".pdf"}, whole: wholePDF},
		office + "wordprocessingml.document": {mime: office + "wordprocessingml.document", extensions: []string{".docx"}, whole: wholeOffice("word/document.xml")},
		office + "spreadsheetml.sheet":       {mime: office + "spreadsheetml.sheet", extensions: []string{".xlsx"}, whole: wholeOffice("xl/workbook.xml")},
		"text/plain":                         plain,
		"text/csv":                           csv,
		"text/tab-separated-values":          plain,
		"application/json":                   json,
		"application/x-ndjson":               plain,
	}
}

// sniff says what a file is by its bytes. Error: *RefusedError with TypeRefused or
// Damaged.
func sniff(f *os.File) (kind, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return kind{}, unavailable(err)
	}
	found, err := mimetype.DetectReader(f)
	if err != nil {
		return kind{}, unavailable(err)
	}
	name, _, _ := strings.Cut(found.String(), ";")
	k, known := kinds()[name]
	if !known {
		return kind{}, refused(tickets.TypeRefused, errors.New(name))
	}
	if k.whole != nil {
		return k, k.whole(f)
	}
	return k, nil
}

// named gives a name an extension of the kind, unless it has one: "bill.exe" of a text
// becomes "bill.exe.txt".
func (k kind) named(name string) string {
	ext := path.Ext(name)
	if slices.Contains(k.extensions, strings.ToLower(ext)) {
		return name
	}
	if isPicture(ext) && k.decode != nil { // "photo.webp" was drawn anew as a PNG
		name = strings.TrimSuffix(name, ext)
	}
	if room := tickets.MaxFileName - len(k.extensions[0]); len([]rune(name)) > room {
		name = string([]rune(name)[:room])
	}
	return tickets.CleanFileName(name + k.extensions[0])
}

func isPicture(ext string) bool {
	return slices.Contains([]string{".png", ".apng", ".jpg", ".jpeg", ".gif", ".webp"}, strings.ToLower(ext))
}
