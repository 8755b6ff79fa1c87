package upload

import (
	"net/url"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// Shown is a file beside its message: the template "files".
type Shown struct {
	Name    string
	Size    string
	URL     string
	Picture bool
	Width   int
	Height  int
	Preview string // address of the beginning of a text; empty: none is shown
	Removed bool
}

// Show lists the files of a message. base is the address of the ticket's page; previews
// are for agents.
func Show(words *web.Printer, base string, all []tickets.Attachment, previews bool) []Shown {
	shown := make([]Shown, len(all))
	for i, a := range all {
		s := Shown{Name: a.Name, Size: Size(words, a.Size), Removed: a.Removed, Picture: a.Picture(), Width: a.Width, Height: a.Height}
		s.URL = base + "/files/" + string(a.ID) + "/" + url.PathEscape(a.Name)
		if previews && a.Text() {
			s.Preview = s.URL + "?preview=1"
		}
		shown[i] = s
	}
	return shown
}
