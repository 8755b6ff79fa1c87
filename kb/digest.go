package kb

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Digest hashes all that [Load] would read below fsys, names and bytes: 64 hexadecimal digits. It
// equals [Library.Digest] exactly when Load, at the same time, would return that library and no
// problems. Unlike [Fingerprint] it reads the files, and trusts no clock.
func Digest(fsys fs.FS) (string, error) {
	d := digester{fsys: fsys, hash: sha256.New(), buffer: bufio.NewReaderSize(nil, maxBlock)}
	entries, err := d.list(".")
	for _, e := range entries {
		switch name := e.Name(); {
		case err != nil:
		case name == factsFile:
			err = d.file(name, e)
		case !Locale(name).Valid():
			d.foreign(name)
		case d.isFolder(name):
			err = d.folder(name)
		}
	}
	if err != nil {
		return "", fmt.Errorf("hash content: %w", err)
	}
	return d.sum(), nil
}

// digester gathers one line for each thing that it finds.
type digester struct {
	fsys   fs.FS
	lines  []string
	hash   hash.Hash
	buffer *bufio.Reader // for all files: there are many
}

// list returns a folder's entries that are content.
func (d *digester) list(dir string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(d.fsys, dir)
	return slices.DeleteFunc(entries, passedOver), err
}

// isFolder reports whether a name leads to a folder: Load follows a link there.
func (d *digester) isFolder(name string) bool {
	info, err := fs.Stat(d.fsys, name)
	return err == nil && info.IsDir()
}

// folder adds everything in a language's folder.
func (d *digester) folder(dir string) error {
	entries, err := d.list(dir)
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case err != nil:
		case e.IsDir():
			d.stray(dir, e.Name())
			err = d.folder(name)
		default:
			err = d.file(name, e)
		}
	}
	return err
}

// stray notes a folder that Load would not accept, empty or not.
func (d *digester) stray(dir, name string) {
	if !Locale(dir).Valid() || !Kind(name).valid() && name != lettersDir {
		d.note(path.Join(dir, name), "folder")
	}
}

// foreign notes a folder of articles in a language that otvet does not speak.
func (d *digester) foreign(name string) {
	for _, k := range Kinds() {
		if d.isFolder(path.Join(name, string(k))) {
			d.note(name, "language")
		}
	}
}

// file adds a file's bytes, or what it is when it is none that could be read.
func (d *digester) file(name string, e fs.DirEntry) error {
	if !e.Type().IsRegular() {
		d.note(name, e.Type().String())
		return nil
	}
	f, err := d.fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	d.hash.Reset()
	d.buffer.Reset(io.LimitReader(f, maxFile+1)) // what Load reads of it
	_, err = d.buffer.WriteTo(d.hash)
	d.note(name, hex.EncodeToString(d.hash.Sum(nil)))
	return err
}

func (d *digester) bytes(name string, raw []byte) {
	sum := sha256.Sum256(raw)
	d.note(name, hex.EncodeToString(sum[:]))
}

func (d *digester) note(name, what string) {
	d.lines = append(d.lines, fmt.Sprintf("%q %s\n", name, what))
}

func (d *digester) sum() string {
	slices.Sort(d.lines)
	sum := sha256.Sum256([]byte(strings.Join(d.lines, "")))
	return hex.EncodeToString(sum[:])
}

// digest returns what Digest does, of the bytes that were read; empty for content with
// problems, which is never kept.
func (l *loader) digest() string {
	if len(l.report.problems) > 0 {
		return ""
	}
	var d digester
	for _, s := range l.sources {
		d.bytes(s.file, s.raw)
	}
	return d.sum()
}
