package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"otvet/kb"
	"otvet/kb/ingest"
)

// importCommand is "otvet import".
type importCommand struct {
	Source   string `arg:"" help:"Folder or .zip of Markdown files, .json of a help centre or a folder of them, or .csv of questions and answers."`
	Into     string `required:"" placeholder:"DIR" help:"Folder of your content; it is created when it is missing."`
	Locale   string `enum:"ru,en," default:"" placeholder:"LANG" help:"Language of the articles, ru or en. Needed where the source does not say it; else only articles in this language are imported."`
	Category string `placeholder:"ID" help:"Category for all articles. Needed where there is no section or folder to guess it from."`
	Kind     string `enum:"faq,help,terms," default:"" placeholder:"KIND" help:"What the articles become: faq, help or terms (help; faq for CSV)."`
	Format   string `enum:"auto,markdown,zendesk,csv" default:"auto" placeholder:"FORMAT" help:"Form of the source: auto, markdown, zendesk or csv (${default})."`
	Replace  bool   `help:"Overwrite articles that are there already."`
	DryRun   bool   `help:"Say what would be done, and write nothing."`
	JSON     bool   `name:"json" help:"Print the report as JSON."`
}

// Help is the end of the command's help.
func (importCommand) Help() string {
	return `Writes articles in otvet's format, one a line of the report: imported, repaired (look at what it says), or skipped. What is written loads without problems in its language; "otvet check" then lists what only you can add, such as translations.

Translations of one text, by their ID in an export or by the folders ru and en, get the same name and anchors: import both languages in one run. Categories that are new are listed in categories.yaml. Existing articles stay as they are without --replace.

Exit status: 0 all imported, 1 something was skipped.

Examples:

    otvet import export/ --into content --dry-run
    otvet import articles.zip --into content --locale en --category account
    otvet import questions.csv --into content --locale ru --category withdrawals`
}

// Run imports and prints the report.
func (c *importCommand) Run(ctx context.Context, w world) error {
	report, err := ingest.Import(ctx, ingest.Options{
		Source: c.Source, Into: c.Into, Format: ingest.Format(c.Format),
		Locale: kb.Locale(c.Locale), Kind: kb.Kind(c.Kind), Category: c.Category,
		Replace: c.Replace, DryRun: c.DryRun, Now: time.Now(), Progress: progress(w.stderr),
	})
	switch {
	case errors.Is(err, ingest.ErrUsage):
		return &exitError{statusUsage, err}
	case errors.Is(err, ingest.ErrRefused):
		return &exitError{statusNegative, err}
	case err != nil:
		return err
	}
	if err := c.print(w.stdout, report); err != nil {
		return fmt.Errorf("print the report: %w", err)
	}
	if report.Skipped > 0 {
		return &exitError{status: statusNegative}
	}
	return nil
}

// print writes the report.
func (c *importCommand) print(out io.Writer, report ingest.Report) error {
	if c.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(report)
	}
	for _, item := range report.Items {
		if _, err := fmt.Fprintln(out, item); err != nil {
			return err
		}
	}
	dry := ""
	if c.DryRun {
		dry = " (dry run: nothing was written)"
	}
	_, err := fmt.Fprintf(out, "%d imported, %d repaired, %d skipped%s\n", report.Imported, report.Repaired, report.Skipped, dry)
	return err
}

// progress returns what shows the progress of a long run; nil where nobody watches.
func progress(out io.Writer) func(done, total int) {
	if !isTerminal(out) {
		return nil
	}
	return func(done, total int) {
		if done == total {
			fmt.Fprint(out, "\r\033[K")
		} else if done%50 == 0 {
			fmt.Fprintf(out, "\r%d of %d articles", done, total)
		}
	}
}
