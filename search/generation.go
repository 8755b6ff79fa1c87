package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"otvet/kb"
	"otvet/search/disk"
)

// What a stored index depends on beside the content is the program, which disk.Program tells apart. These
// two say the same to people and to builds that are not told apart: raise storeFormat when fields are
// passed otherwise, analysisVersion when the same text gives other fields: loading, folding, stemming,
// weights that are stored, bleve's mapping. TestStoredFormIsKnown sees that for one small content.
const (
	storeFormat     = 4
	analysisVersion = 1
)

// generation is the folder of one content in a store:
//
//	library.text, .figures      the content; see kb.Library.Transfer
//	ru.text, ru.figures         a language's vocabulary and passages as stems
//	ru.bleve/                   its bleve index, one segment
//
// A file *.text is plain UTF-8: all strings, one after another. A file *.figures holds lengths
// and counts as signed varints and lists of numbers in little-endian order, in the order of
// the transfer methods. Package disk holds that none is used that is not as it was written.
type generation struct{ *disk.Folder }

// key names a content as this program analyses it.
func key(digest string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "otvet index %d analysis %d content %s program %s", storeFormat, analysisVersion, digest, disk.Program()))
	return hex.EncodeToString(sum[:10])
}

// nameOf names the generation of a library: by its content, and by the last day on which that
// changed by itself.
func nameOf(lib *kb.Library) string {
	since := "00010101"
	if !lib.Since().IsZero() {
		since = lib.Since().Format(dayForm)
	}
	return key(lib.Digest()) + "-" + since
}

const dayForm = "20060102"

// sinceOf returns the day in a generation's name.
func sinceOf(name string) time.Time {
	day, _ := time.Parse(dayForm, name[strings.LastIndexByte(name, '-')+1:]) // zero, when it is none
	return day
}

const libraryPart = "library"

func bleveDir(loc kb.Locale) string { return string(loc) + ".bleve" }

// write fills a new folder.
func write(d disk.Draft, analysed *snapshot) error {
	var t tape
	analysed.library.Transfer(&t)
	errs := []error{writePart(d, libraryPart, &t)}
	for loc, x := range analysed.indexes {
		var t tape
		x.transfer(&t)
		errs = append(errs, writePart(d, string(loc), &t), x.onDisk(d.Path(bleveDir(loc))))
	}
	return errors.Join(errs...)
}

func writePart(d disk.Draft, name string, t *tape) error {
	return errors.Join(d.WriteFile(name+".text", []byte(t.written.String())), d.WriteFile(name+".figures", t.figures))
}

// part returns a part to read from, once it has proved to be whole.
func (g generation) part(name string) (*tape, error) {
	var text strings.Builder
	var figures bytes.Buffer
	if err := g.Copy(&text, name+".text"); err != nil {
		return nil, err
	}
	if err := g.Copy(&figures, name+".figures"); err != nil {
		return nil, err
	}
	return &tape{reading: true, text: text.String(), figures: figures.Bytes()}, nil
}

// open returns the snapshot that was written.
func (g generation) open() (*snapshot, error) {
	library := sync.OnceValues(g.library)
	go library() // while the indexes are read
	s := emptySnapshot(&kb.Library{}, true)
	err := s.fill(func(loc kb.Locale) (*index, error) { return g.index(loc, s.transliterator, library) })
	lib, libErr := library()
	if err := errors.Join(libErr, err); err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.library, s.revision = lib, lib.Revision()
	return s, nil
}

func (g generation) library() (*kb.Library, error) {
	t, err := g.part(libraryPart)
	if err != nil {
		return nil, err
	}
	lib := &kb.Library{}
	lib.Transfer(t)
	return lib, t.finish()
}

// index reads the index of a language.
func (g generation) index(loc kb.Locale, tr *Transliterator, library func() (*kb.Library, error)) (*index, error) {
	t, err := g.part(string(loc))
	if err == nil {
		err = g.Check(bleveDir(loc))
	}
	if err != nil {
		return nil, err
	}
	lib, err := library()
	if err != nil {
		return nil, err
	}
	x, err := readIndex(loc, lib.Passages(loc), tr, t)
	if err == nil {
		err = x.open(g.Path(bleveDir(loc)))
	}
	return x, err
}
