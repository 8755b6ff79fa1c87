package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"otvet/kb"
)

// checkCommand is "otvet check".
type checkCommand struct {
	contentFlags
	JSON   bool `help:"Print one JSON document instead of lines."`
	Strict bool `help:"Take warnings for errors: exit status 1."`
}

// Help is the end of the command's help.
func (checkCommand) Help() string {
	return `Loads everything as "serve" does and proofreads it: front matter, categories, translations, anchors, links, letters; numbers that are typed instead of kept in facts.yaml, sentences, promises and promotion, foreign addresses and brands, reviews that are due. An error must be mended; a warning is for the editor to decide. Exit status 1 when there is an error.`
}

// checked is the outcome of a check as JSON.
type checked struct {
	Articles  int          `json:"articles"`
	Passages  int          `json:"passages"`
	Languages int          `json:"languages"`
	Errors    int          `json:"errors"`
	Warnings  int          `json:"warnings"`
	Problems  []kb.Problem `json:"problems"`
}

// Run lists the problems and sums up.
func (c *checkCommand) Run(w world) error {
	library, problems := kb.Check(c.fsys(), time.Now())
	problems = append(problems, standIns(library)...)
	result := tally(library, problems)
	for i, p := range problems {
		result.Problems[i] = c.place(p)
	}
	if err := result.print(w.stdout, c.JSON); err != nil {
		return fmt.Errorf("print the problems: %w", err)
	}
	if result.Errors > 0 || c.Strict && result.Warnings > 0 {
		return &exitError{status: statusNegative}
	}
	return nil
}

// tally counts what there is and what is wrong with it.
func tally(library *kb.Library, problems []kb.Problem) checked {
	c := checked{Problems: make([]kb.Problem, len(problems))}
	for _, locale := range kb.Locales() {
		n := len(library.Articles(locale))
		if n > 0 {
			c.Languages++
		}
		c.Articles += n
		c.Passages += len(library.Passages(locale))
	}
	for _, p := range problems {
		if p.Severity == kb.Warning {
			c.Warnings++
		} else {
			c.Errors++
		}
	}
	return c
}

// print writes the outcome for people or for machines.
func (c checked) print(to io.Writer, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(to)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(c)
	}
	for _, p := range c.Problems {
		if _, err := fmt.Fprintln(to, p); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(to, "%s, %s in %s: %s\n",
		count(c.Articles, "article"), count(c.Passages, "passage"), count(c.Languages, "language"), c.found())
	return err
}

// found says how much is wrong.
func (c checked) found() string {
	switch {
	case c.Errors == 0 && c.Warnings == 0:
		return "no problems"
	case c.Warnings == 0:
		return count(c.Errors, "error")
	case c.Errors == 0:
		return count(c.Warnings, "warning")
	}
	return count(c.Errors, "error") + ", " + count(c.Warnings, "warning")
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
