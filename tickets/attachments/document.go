package attachments

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"otvet/tickets"
)

// wholePDF refuses what is cut off, does not begin as a PDF, or is a ZIP archive too.
func wholePDF(f *os.File) error {
	head := make([]byte, 5)
	if _, err := f.ReadAt(head, 0); err != nil || string(head) != "%PDF-" {
		return refused(tickets.TypeRefused, errors.New("something stands before the PDF"))
	}
	info, err := f.Stat()
	if err != nil {
		return unavailable(err)
	}
	if archive, err := zip.NewReader(f, info.Size()); err == nil && len(archive.File) > 0 {
		return refused(tickets.TypeRefused, errors.New("a PDF that is a ZIP archive too"))
	}
	tail := make([]byte, min(info.Size(), 1024)) // where readers look for it: ISO 32000, annex H.3.18 of the first edition
	if _, err := f.ReadAt(tail, info.Size()-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return unavailable(err)
	}
	if !bytes.Contains(tail, []byte("%%EOF")) {
		return refused(tickets.Damaged, errors.New("a PDF without its end"))
	}
	return nil
}

// maxParts is more than any ordinary document has.
const maxParts = 10_000

// wholeOffice returns the check of a DOCX or XLSX file whose main part has this name. It
// reads the list of the parts and unpacks none.
func wholeOffice(mainPart string) func(*os.File) error {
	return func(f *os.File) error {
		info, err := f.Stat()
		if err != nil {
			return unavailable(err)
		}
		archive, err := zip.NewReader(f, info.Size())
		if err != nil {
			return refused(tickets.Damaged, err)
		}
		names := make([]string, len(archive.File))
		for i, part := range archive.File {
			names[i] = part.Name
		}
		switch {
		case len(names) > maxParts:
			return refused(tickets.Bomb, errors.New("a document of too many parts"))
		case slices.ContainsFunc(names, hostilePart):
			return refused(tickets.TypeRefused, errors.New("a document with a program or a path out of itself"))
		case !slices.Contains(names, "[Content_Types].xml"), !slices.Contains(names, mainPart):
			return refused(tickets.TypeRefused, errors.New("an archive that is no document"))
		}
		return nil
	}
}

// hostilePart tells the parts that a harmless document does not have: macros, other
// programs, and names that lead out of the folder where it is unpacked.
func hostilePart(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	return strings.HasSuffix(name, "vbaproject.bin") || strings.Contains(name, "/activex/") ||
		strings.HasPrefix(name, "/") || slices.Contains(strings.Split(name, "/"), "..") ||
		slices.ContainsFunc([]string{".exe", ".dll", ".js", ".vbs", ".bat", ".scr"}, func(ext string) bool { return strings.HasSuffix(name, ext) })
}
