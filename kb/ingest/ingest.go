// Package ingest brings articles that an operator already has into the format of
// otvet's content: a folder or .zip of Markdown files, a help-centre export in the shape
// of Zendesk's article JSON, or a CSV of questions and answers.
//
// # One way for all sources
//
// [Import] takes every source through the same steps:
//
//	open      files are read within limits; what would lead out of the source is refused (files.go, folder.go, archive.go)
//	decode    bytes become clean UTF-8 text (decode.go, cyrillic.go, clean.go)
//	read      each format becomes articles with a body in HTML (markdown.go, zendesk.go, csv.go)
//	sanitise  the HTML becomes a small tree that our Markdown can hold (html.go, flow.go, inline.go, list.go, table.go)
//	cut       the tree becomes sections with levels, numbers and anchors (section.go, shape.go, terms.go)
//	name      locale, category, slug; translations of one text share slug and anchors (settle.go, naming.go, category.go)
//	render    sections become a file of our format, with links rewritten (render.go, protect.go, links.go)
//	verify    kb.Load reads what would be written: what it refuses is skipped, what lost text is repaired (verify.go)
//	write     temporary file and rename, inside the target folder only (write.go)
//
// Markdown goes through HTML as well, so that raw HTML, tables and headings of any
// dialect meet one set of rules.
//
// # What is promised
//
// Nothing of a text is lost without a note in the [Report]. A problem with an article
// skips that article, not the run. What was written passes kb.Load in its language; what
// may remain is what only a person can add: translations, letters, a better summary.
// Labels, authors, votes and comments of a help centre are not text and are not taken over.
//
// # Double braces
//
// "{{name}}" refers to a fact in our articles. Literal double braces of a source are
// broken up to "{ {" and "} }", which reads nearly the same and can refer to nothing.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"otvet/kb"
)

// ErrUsage is wrapped by errors that another call of the command would mend: a locale or
// a category that only the caller knows, or a source that is not there.
var ErrUsage = errors.New("wrong usage")

// ErrRefused is wrapped by errors about a source that is not read at all, such as a zip
// bomb. Nothing has been written then.
var ErrRefused = errors.New("source refused")

// Format is the shape of a source.
type Format string

// The formats; Auto goes by the names of the files.
const (
	Auto     Format = "auto"
	Markdown Format = "markdown"
	Zendesk  Format = "zendesk"
	CSV      Format = "csv"
)

// Options say what to import, and how.
type Options struct {
	Source   string // a file or a folder
	Into     string // the folder of the content; created when it is missing
	Format   Format
	Locale   kb.Locale // empty: as each article says; else articles in another language are skipped
	Kind     kb.Kind   // empty: help, for CSV faq
	Category string    // empty: guessed from the section or folder of each article
	Replace  bool      // overwrite files that exist
	DryRun   bool      // write nothing
	Now      time.Time // becomes "updated" where the source does not say

	// Progress is told, now and then, how many of the articles are done; may be nil.
	Progress func(done, total int)
}

// run is one import.
type run struct {
	Options
	items      []*Item
	articles   []*article
	categories *categories
	pages      map[string]*article // by locale and link key
	existing   map[string][]byte   // the content of Into, by path
	files      map[string][]byte   // what is to be written, by path
}

// Import reads o.Source and writes its articles below o.Into. The Report says what
// became of each. An error means that the run as a whole could not be done; only after
// a fault of the disk may some files have been written by then.
func Import(ctx context.Context, o Options) (Report, error) {
	r := &run{Options: o, pages: map[string]*article{}}
	for _, step := range []func(context.Context) error{r.read, r.settle, r.build, r.name, r.verify, r.write} {
		if err := step(ctx); err != nil {
			return Report{}, fmt.Errorf("import %s: %w", o.Source, err)
		}
	}
	return r.report(), nil
}

// read turns the source into articles.
func (r *run) read(ctx context.Context) error {
	files, err := r.open()
	if err != nil {
		return err
	}
	format, files, err := r.choose(files)
	if err != nil {
		return err
	}
	if r.Kind == "" {
		r.Kind = kb.Help
		if format == CSV {
			r.Kind = kb.FAQ
		}
	}
	switch format {
	case Markdown:
		return r.readMarkdown(ctx, files)
	case Zendesk:
		return r.readZendesk(ctx, files)
	case CSV:
		return r.readCSV(ctx, files)
	}
	return nil
}

// going returns an error once the run is to stop.
func going(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped: %w", err)
	}
	return nil
}

// choose returns the format and the files that have it.
func (r *run) choose(files []file) (Format, []file, error) {
	byFormat := map[Format][]file{}
	for _, f := range files {
		byFormat[formatOf(f.name)] = append(byFormat[formatOf(f.name)], f)
	}
	if r.Format != Auto && r.Format != "" {
		if len(files) == 1 {
			return r.Format, files, nil // the name of a single file may end in anything
		}
		byFormat = map[Format][]file{r.Format: byFormat[r.Format]}
	}
	var found []Format
	for _, format := range []Format{Markdown, Zendesk, CSV} {
		if len(byFormat[format]) > 0 {
			found = append(found, format)
		}
	}
	switch {
	case len(found) > 1:
		return "", nil, fmt.Errorf("%w: it holds files of several formats: choose one with --format (%s, %s, %s)", ErrUsage, Markdown, Zendesk, CSV)
	case len(found) == 1:
		return found[0], byFormat[found[0]], nil
	case len(r.items) > 0:
		return Markdown, nil, nil // every file was skipped, and the report says why
	}
	return "", nil, fmt.Errorf("%w: no articles found: want .md files, the .json files of an export, or a .csv file", ErrUsage)
}

// formatOf returns the format that a file's name stands for; empty when it is none.
func formatOf(name string) Format {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".mdx", ".markdown":
		return Markdown
	case ".json":
		return Zendesk
	case ".csv", ".tsv":
		return CSV
	}
	return ""
}

// skip notes that something of the source is not imported.
func (r *run) skip(source, format string, args ...any) {
	r.items = append(r.items, &Item{Source: source, Status: Skipped, Notes: []string{shorten(fmt.Sprintf(format, args...), maxNote)}})
}

// take adds an article, and its item to the report.
func (r *run) take(a *article) {
	a.item = &Item{Source: a.source}
	r.items = append(r.items, a.item)
	r.articles = append(r.articles, a)
}

// tick tells the progress.
func (r *run) tick(done int) {
	if r.Progress != nil {
		r.Progress(done, len(r.articles))
	}
}

// exists says whether a file is in the target folder.
func (r *run) exists(name string) bool { _, ok := r.existing[name]; return ok }

// isHidden says whether a name is passed over, as kb does.
func isHidden(name string) bool {
	return name != "." && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || strings.EqualFold(name, "__MACOSX"))
}

// isMissing says whether an error means that a file or folder is not there.
func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
