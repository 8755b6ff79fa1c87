package main

import (
	"errors"
	"fmt"
	"strings"

	"otvet/kb"
	"otvet/search"
)

// synonymsCommand is "otvet suggest-synonyms".
type synonymsCommand struct {
	Locale string `enum:"all,ru,en" default:"all" help:"Language: ru, en or all (${default})."`
	Limit  int    `default:"30" placeholder:"N" help:"How many pairs to show of each language (${default})."`
	JSON   bool   `name:"json" help:"Print the pairs as JSON."`
	contentFlags
}

// Help is the end of the command's help.
func (synonymsCommand) Help() string {
	return `Reads the questions of the content's articles and names words that players use for a word of the heading, with the sections where they do and how strong the association is. Nothing is changed: what means the same goes into LANG/synonyms.yaml by an editor's hand, and what does not stays out.

Examples:

    otvet suggest-synonyms --content content --locale ru
    otvet suggest-synonyms --json --limit 100`
}

// synonymProposal is a pair in --json.
type synonymProposal struct {
	Locale   kb.Locale `json:"locale"`
	Word     string    `json:"word"`
	Other    string    `json:"other"`
	Strength float64   `json:"strength"`
	Sections []string  `json:"sections"`
	Set      []string  `json:"set,omitempty"` // of synonyms.yaml that the word is in
}

// Run prints the pairs.
func (c *synonymsCommand) Run(w world) error {
	engine, err := c.engine(nil)
	if err != nil {
		return err
	}
	err = c.propose(w, engine)
	return errors.Join(err, engine.Close())
}

func (c *synonymsCommand) propose(w world, engine *search.Engine) error {
	proposals := []synonymProposal{}
	for _, loc := range kb.Locales() {
		if c.Locale != "all" && c.Locale != string(loc) {
			continue
		}
		found, err := engine.ProposeSynonyms(loc)
		if err != nil {
			return fmt.Errorf("compare the questions of %s: %w", c.name(), err)
		}
		for _, p := range found[:min(len(found), max(c.Limit, 0))] {
			proposals = append(proposals, synonymProposal{loc, p.Word, p.Other, p.Strength, p.Sections, p.Set})
		}
	}
	if c.JSON {
		return writeJSON(w.stdout, proposals)
	}
	return c.print(w, proposals)
}

// print writes each pair as a line of synonyms.yaml, with what speaks for it.
func (c *synonymsCommand) print(w world, proposals []synonymProposal) error {
	if len(proposals) == 0 {
		_, err := fmt.Fprintln(w.stdout, "no proposals: the questions of the articles use the words of the headings, or too few say it otherwise")
		return err
	}
	for _, p := range proposals {
		set := append([]string{}, p.Set...)
		if len(set) == 0 {
			set = []string{p.Word}
		}
		if _, err := fmt.Fprintf(w.stdout, "%s  - [%s]  # %.0f; %s\n", p.Locale, strings.Join(append(set, p.Other), ", "), p.Strength, strings.Join(p.Sections, " ")); err != nil {
			return err
		}
	}
	return nil
}
