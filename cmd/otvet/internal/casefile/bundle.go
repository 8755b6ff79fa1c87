package casefile

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// Question is what a person had asked of the help section before writing.
type Question struct {
	Number   tickets.Number `json:"number"` // of the case that it led to
	At       time.Time      `json:"at"`
	Question string         `json:"question"` // empty: its words were not kept
}

// Held is one case of a person with what they had asked before.
type Held struct {
	File      tickets.CaseFile
	Questions []Question
}

// Bundle is everything that there is of a person: their cases, each below its number as in
// an archive of one, questions.json, and index.html, which says what is there.
type Bundle struct {
	Request  tickets.Number // that asked for it
	Operator string
	MadeAt   time.Time
	Lang     string
	Cases    iter.Seq2[Held, error] // read one by one, so that never more than one is in memory
}

// bundlePage is the page of contents.
type bundlePage struct {
	web.Frame
	MadeAt    time.Time
	Request   tickets.Number
	Cases     []tickets.CaseFile
	Questions []Question
}

// Framing implements web.Framed.
func (p *bundlePage) Framing() *web.Frame { return &p.Frame }

// Bundle writes everything that there is of a person as a ZIP archive, case by case. After
// an error what was written is no archive.
func (c *Writer) Bundle(w io.Writer, b Bundle, open Open) error {
	z := zip.NewWriter(w)
	page := &bundlePage{Frame: web.NewFrame(b.Lang, string(b.Request)), MadeAt: b.MadeAt, Request: b.Request, Questions: []Question{}}
	page.Operator = b.Operator
	for held, err := range b.Cases {
		if err != nil {
			return err
		}
		if err := c.Add(z, b.Lang, held.File, open); err != nil {
			return err
		}
		held.File.Messages, held.File.Steps = nil, nil // the page needs no more than its heading
		page.Cases = append(page.Cases, held.File)
		page.Questions = append(page.Questions, held.Questions...)
	}
	index, err := entry(z, "index.html", b.MadeAt)
	if err == nil {
		err = c.index.Render(index, "main", page)
	}
	if err == nil {
		err = c.questions(z, page)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return fmt.Errorf("write the data for request %s: %w", b.Request, err)
	}
	return nil
}

func (c *Writer) questions(z *zip.Writer, p *bundlePage) error {
	w, err := entry(z, "questions.json", p.MadeAt)
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(p.Questions)
}
