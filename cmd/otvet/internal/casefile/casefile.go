// Package casefile writes what a player may keep of a case, and what an outside body gets:
// tickets.CaseFile as a page that needs nothing but itself, as JSON, and as a ZIP archive
// of both.
//
// # The archive
//
//	case.html   the case to read and to print, in one language, without script
//	case.json   tickets.CaseFile, for programs; its schema is named inside
//	attachments the files that came with messages, numbered
//	cover.html  for a dispute body only: whose case it is, and what the archive holds
//
// Who asks for all their data gets several cases, each in a folder named for its number,
// with index.html and questions.json beside them (bundle.go).
//
// Nothing is fetched from anywhere: the page's style stands in it, and its policy allows
// nothing else. Text of people is escaped like everywhere.
package casefile

import (
	"archive/zip"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

//go:embed all:templates all:messages
var files embed.FS

// Writer writes case files. It is safe for concurrent use.
type Writer struct {
	read  web.Page[page]
	cover web.Page[page]
	index web.Page[bundlePage]
}

// page is a case as its page shows it.
type page struct {
	web.Frame
	File tickets.CaseFile
}

// Framing implements web.Framed.
func (p *page) Framing() *web.Frame { return &p.Frame }

// Support names who wrote a message of ours whose author has no name in public.
func (p *page) Support() string { return p.Operator }

// Attached reports whether an archive of the case holds attachments.
func (p *page) Attached() bool {
	for _, m := range p.File.Messages {
		for _, r := range m.Files {
			if r.Path != "" {
				return true
			}
		}
	}
	return false
}

// New parses and checks the pages. Times are written in a zone.
func New(zone *time.Location) (*Writer, error) {
	catalog, err := web.LoadCatalog(zone, web.Messages(), files)
	if err != nil {
		return nil, fmt.Errorf("prepare case files: %w", err)
	}
	assets, err := web.LoadAssets()
	if err != nil {
		return nil, fmt.Errorf("prepare case files: %w", err)
	}
	ts, err := web.ParseTemplates(catalog, assets, files)
	if err != nil {
		return nil, fmt.Errorf("prepare case files: %w", err)
	}
	var w Writer
	err = errors.Join(web.LoadPage(&w.read, ts, "case"), web.LoadPage(&w.cover, ts, "cover"), web.LoadPage(&w.index, ts, "index"))
	return &w, err
}

// HTML writes the case as a page in a language.
func (c *Writer) HTML(w io.Writer, lang string, f tickets.CaseFile) error {
	return c.read.Render(w, "main", newPage(lang, f))
}

// JSON writes the case for programs.
func (c *Writer) JSON(w io.Writer, f tickets.CaseFile) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(f); err != nil {
		return fmt.Errorf("write case %s as JSON: %w", f.Number, err)
	}
	return nil
}

// Open opens an attachment by its SHA-256.
type Open func(hash string) (io.ReadSeekCloser, error)

// Archive writes the case as a ZIP archive, file by file: no attachment is ever in memory
// as a whole. After an error what was written is no archive.
func (c *Writer) Archive(w io.Writer, lang string, f tickets.CaseFile, open Open) error {
	z := zip.NewWriter(w)
	if err := c.add(z, "", lang, f, open); err != nil {
		return err
	}
	return closed(z, f)
}

// Pack writes the archive for the dispute body that has the case.
func (c *Writer) Pack(w io.Writer, lang string, f tickets.CaseFile, open Open) error {
	z := zip.NewWriter(w)
	cover, err := entry(z, "cover.html", f.MadeAt)
	if err == nil {
		err = c.cover.Render(cover, "main", newPage(lang, f))
	}
	if err == nil {
		err = c.add(z, "", lang, f, open)
	}
	if err != nil {
		return err
	}
	return closed(z, f)
}

// Add adds the case to an archive of several, below its number.
func (c *Writer) Add(z *zip.Writer, lang string, f tickets.CaseFile, open Open) error {
	return c.add(z, string(f.Number)+"/", lang, f, open)
}

func (c *Writer) add(z *zip.Writer, folder, lang string, f tickets.CaseFile, open Open) error {
	html, err := entry(z, folder+"case.html", f.MadeAt)
	if err == nil {
		err = c.HTML(html, lang, f)
	}
	if err != nil {
		return err
	}
	data, err := entry(z, folder+"case.json", f.MadeAt)
	if err == nil {
		err = c.JSON(data, f)
	}
	if err != nil {
		return err
	}
	for _, m := range f.Messages {
		for _, r := range m.Files {
			if err := attach(z, folder, r, f.MadeAt, open); err != nil {
				return err
			}
		}
	}
	return nil
}

// attach adds an attachment that was not removed.
func attach(z *zip.Writer, folder string, r tickets.FileRef, at time.Time, open Open) error {
	if r.Path == "" {
		return nil
	}
	from, err := open(r.Hash)
	if err != nil {
		return fmt.Errorf("add attachment %s: %w", r.Path, err)
	}
	defer from.Close()
	to, err := entry(z, folder+r.Path, at)
	if err == nil {
		_, err = io.Copy(to, from)
	}
	if err != nil {
		return fmt.Errorf("add attachment %s: %w", r.Path, err)
	}
	return nil
}

// entry begins a file of the archive.
func entry(z *zip.Writer, name string, at time.Time) (io.Writer, error) {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return nil, fmt.Errorf("write %s into the archive: %w", name, err)
	}
	return w, nil
}

func closed(z *zip.Writer, f tickets.CaseFile) error {
	if err := z.Close(); err != nil {
		return fmt.Errorf("write the archive of case %s: %w", f.Number, err)
	}
	return nil
}

// Name returns the name of a case's file to keep: digits and capital letters, a hyphen and
// the extension.
func Name(n tickets.Number, ext string) string { return "case-" + string(n) + "." + ext }

func newPage(lang string, f tickets.CaseFile) *page {
	p := &page{Frame: web.NewFrame(lang, string(f.Number)), File: f}
	p.Operator = f.Operator
	return p
}
