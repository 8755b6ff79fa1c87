package main

import (
	"context"
	"errors"
	"fmt"

	"otvet/search"
	"otvet/search/eval"
)

// evalContentCommand is "otvet eval content".
type evalContentCommand struct {
	judgedFlags
	Half string `enum:"tuning,kept,all" default:"all" help:"Which half of the questions: tuning, kept or all (${default})."`
	contentFlags
	peerFlags
	evalOutput
}

// Help is the end of the command's help.
func (evalContentCommand) Help() string {
	return `Asks the judged questions as a player would, triage first, and prints where the right article and the right passage came, what was decided on each kind of question, precision and coverage of the answers, and the same by category.

A question is in the kept half when the FNV-1a hash of its text is odd. Whoever changes search or its words looks at the misses of the tuning half only; those of the kept half are counted and never shown, so that its figures mean something.

Examples:

    otvet eval content --half kept
    otvet eval content --half kept --peers
    otvet eval content --half tuning --locale ru --html misses.html
    otvet eval content --content content --set questions.tsv --json`
}

// contentReports is the document that --json prints, one report a language.
type contentReports struct {
	Reports []*eval.Content `json:"reports"`
}

// Run judges the content.
func (c *evalContentCommand) Run(ctx context.Context, w world) error {
	engine, err := c.engine(nil)
	if err != nil {
		return err
	}
	field := c.field(w)
	err = c.judge(ctx, w, engine, field)
	return errors.Join(err, field.close(), engine.Close())
}

// judge makes a report of each file.
func (c *evalContentCommand) judge(ctx context.Context, w world, engine *search.Engine, field *field) error {
	var document contentReports
	var reports []eval.Report
	var took eval.Timing
	for _, file := range c.files() {
		report, timing, err := c.file(ctx, engine, file, field)
		if err != nil {
			return fmt.Errorf("evaluate %s: %w", c.name(), err)
		}
		document.Reports = append(document.Reports, &report)
		reports = append(reports, &report)
		took = append(took, timing...)
	}
	return c.print(w, document, took, reports...)
}

// file judges the content by one set.
func (c *evalContentCommand) file(ctx context.Context, engine *search.Engine, file string, field *field) (eval.Content, eval.Timing, error) {
	loc, judgments, err := c.read(engine.Library(), file)
	if err != nil {
		return eval.Content{}, nil, err
	}
	report, took, err := eval.JudgeContent(ctx, engine, loc, eval.Half(c.Half), judgments, needsPerson, field.peers())
	field.print(took)
	return report, took, err
}
