package main

import (
	"fmt"
	"time"

	"otvet/kb"
)

// checkCommand is "otvet check".
type checkCommand struct {
	contentFlags
}

// Help is the end of the command's help.
func (checkCommand) Help() string {
	return `Loads everything as "serve" does: front matter, categories, translations, anchors, links, letters. Exit status 1 when there is a problem.`
}

// Run lists the problems and sums up.
func (c *checkCommand) Run(w world) error {
	library, problems := kb.Load(c.fsys(), time.Now())
	for _, p := range problems {
		fmt.Fprintln(w.stdout, c.place(p))
	}
	fmt.Fprintf(w.stdout, "%s: %s\n", extent(library), found(len(problems)))
	if len(problems) > 0 {
		return &exitError{status: statusNegative}
	}
	return nil
}

// extent says how much content there is.
func extent(library *kb.Library) string {
	articles, passages, languages := 0, 0, 0
	for _, locale := range kb.Locales() {
		n := len(library.Articles(locale))
		if n > 0 {
			languages++
		}
		articles += n
		passages += len(library.Passages(locale))
	}
	return fmt.Sprintf("%s, %s in %s", count(articles, "article"), count(passages, "passage"), count(languages, "language"))
}

func found(problems int) string {
	if problems == 0 {
		return "no problems"
	}
	return count(problems, "problem")
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
