package upload

import (
	"fmt"
	"strings"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// accept is what the browser's dialogue offers. Naming JPEG makes telephones send their
// photos in it.
var accept = strings.Join([]string{
	"image/png", "image/jpeg", "image/gif", "image/webp", ".pdf", ".txt", ".log", ".csv", ".json", ".docx", ".xlsx",
}, ",")

// Field is the part of a form where files are attached: the template "file-field", or
// "file-refs" where nothing is to be seen of it. The zero value shows nothing.
type Field struct {
	ID      string // of the element
	Accept  string
	Hint    string
	Most    int64  // bytes of one file, for the script
	Large   string // what the script says of a larger one
	Kept    []Kept
	Trouble []string
}

// Kept is a file that the form carries already.
type Kept struct{ Name, Size, Ref string }

// Field makes the field of the form with this key. A nil Intake shows none.
func (in *Intake) Field(words *web.Printer, id, key string, b Basket) Field {
	if in == nil {
		return Field{}
	}
	limit := Size(words, in.files.MaxFile())
	f := Field{
		ID: id, Accept: accept, Most: in.files.MaxFile(), Large: words.T("files.trouble.script", limit),
		Hint: words.T("files.hint", words.Number(tickets.MaxFiles), limit, Size(words, tickets.MaxMessageSize)),
	}
	for _, a := range b.Files {
		if ref, err := in.files.Seal(a, key); err == nil { // fails only when the folder went away in this moment
			f.Kept = append(f.Kept, Kept{a.Name, Size(words, a.Size), ref})
		}
	}
	for _, r := range b.Refused {
		f.Trouble = append(f.Trouble, in.Trouble(words, r))
	}
	return f
}

// Trouble says why a file was not taken, and what to do.
func (in *Intake) Trouble(words *web.Printer, r Refusal) string {
	key := "files.trouble." + string(r.Code)
	switch {
	case r.Name == "" && r.Code == tickets.QuotaReached:
		return words.T("files.trouble.ticket_full")
	case r.Name == "":
		return words.T("files.trouble.gone")
	}
	switch r.Code {
	case tickets.FileTooLarge:
		return words.T(key, r.Name, Size(words, in.files.MaxFile()))
	case tickets.TooManyFiles:
		return words.T(key, r.Name, words.Number(tickets.MaxFiles), Size(words, tickets.MaxMessageSize))
	}
	return words.T(key, r.Name)
}

// Size writes a number of bytes: "340 KB", "1.2 MB".
func Size(words *web.Printer, n int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	switch tenths := (n*10 + mega/2) / mega; {
	case n < mega:
		return words.T("files.size.kb", words.Number(int(max(1, (n+kilo/2)/kilo))))
	case tenths < 100 && tenths%10 != 0:
		return words.T("files.size.mb", words.T("files.size.decimal", words.Number(int(tenths/10)), fmt.Sprint(tenths%10)))
	default:
		return words.T("files.size.mb", words.Number(int((tenths+5)/10)))
	}
}
