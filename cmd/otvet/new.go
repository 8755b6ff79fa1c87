package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"otvet/kb"
)

// newCommand is "otvet new".
type newCommand struct {
	Kind      string        `arg:"" enum:"faq,help,guide,terms" help:"What to begin: faq, guide (or help), or terms."`
	Name      string        `arg:"" help:"Name in the article's address, such as close-account: a-z, 0-9 and hyphens."`
	Question  string        `arg:"" optional:"" help:"FAQ: name of the question, such as fees. An FAQ that is there gets the question added."`
	Category  string        `placeholder:"ID" help:"Category of a new article."`
	Effective effectiveDate `placeholder:"DATE" help:"Terms: day on which the text takes effect. Terms that are there get a new version, and the old one is kept under its date."`
	Content   folder        `required:"" placeholder:"DIR" setting:"OTVET_CONTENT" help:"Folder with the articles."`
}

// Help is the end of the command's help.
func (newCommand) Help() string {
	return `Writes a skeleton in both languages, with a mark wherever something is to be written. "otvet check" lists these marks as errors, so that nothing half-written is published; "otvet preview" shows it meanwhile.

Examples:

    otvet new faq withdrawals fees --content content
    otvet new guide change-currency --category account --content content
    otvet new terms payments --effective 2027-01-01 --content content`
}

// effectiveDate is a day on the command line.
type effectiveDate struct{ time.Time }

// UnmarshalText reads year-month-day.
func (d *effectiveDate) UnmarshalText(text []byte) (err error) {
	d.Time, err = time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("%q is no date: write year-month-day, such as 2027-01-01", text)
	}
	return nil
}

// Run writes the files and names them.
func (c *newCommand) Run(w world) error {
	s, err := c.skeleton()
	if err != nil {
		return &exitError{statusUsage, err}
	}
	files, err := s.Files(os.DirFS(string(c.Content)))
	var unfit *kb.SkeletonError
	if errors.As(err, &unfit) {
		return &exitError{statusUsage, err}
	}
	if err != nil {
		return fmt.Errorf("begin %s %s: %w", c.Kind, c.Name, err)
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(string(c.Content), filepath.FromSlash(file))
		if err := writeFile(path, files[file]); err != nil {
			return err
		}
		fmt.Fprintln(w.stdout, path)
	}
	fmt.Fprintf(w.stdout, "Write where it says {{write:…}}; \"otvet check --content %s\" says what is left, and \"otvet preview --content %s\" shows it.\n", c.Content, c.Content)
	return nil
}

// skeleton reads the arguments.
func (c *newCommand) skeleton() (kb.Skeleton, error) {
	s := kb.Skeleton{
		Kind: kb.Kind(c.Kind), Slug: c.Name, Anchor: c.Question, Category: c.Category, Effective: c.Effective.Time,
		Today: time.Now().UTC().Truncate(24 * time.Hour),
	}
	if c.Kind == "guide" {
		s.Kind = kb.Help
	}
	switch {
	case s.Kind != kb.FAQ && c.Question != "":
		return s, errors.New("only an FAQ has questions: leave the third word out")
	case s.Kind == kb.Terms && s.Effective.IsZero():
		return s, errors.New("say from which day the Terms hold: --effective 2027-01-01")
	case s.Kind != kb.Terms && !s.Effective.IsZero():
		return s, errors.New("--effective is for Terms")
	}
	return s, nil
}

// writeFile writes a file whole or not at all, and makes its folder. What is half written has
// a name that the content passes over.
func writeFile(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("make the folder of %s: %w", path, err)
	}
	part := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".part")
	err := os.WriteFile(part, []byte(text), 0o666)
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.RemoveAll(part))
	}
	return nil
}
