package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"otvet/assistant"
	"otvet/search"
	"otvet/search/eval"
)

// tuneCommand is "otvet tune".
type tuneCommand struct {
	Precision float64  `default:"0.9" placeholder:"SHARE" help:"How many of the answers must be right, 0 to 1 (${default})."`
	Strict    []string `default:"account,complaints,deposits,withdrawals" placeholder:"CATEGORY" help:"Categories where half as many may be wrong (${default})."`
	Idle      float64  `default:"0.15" placeholder:"SHARE" help:"How many of the questions that have no answer may be shown passages (${default})."`
	Write     bool     `help:"Write the thresholds to LANG/decision.yaml of --content, which search obeys."`
	judgedFlags
	contentFlags
	evalOutput
}

// Help is the end of the command's help.
func (tuneCommand) Help() string {
	return `Asks the judged questions and chooses how sure search must be: the lowest confidence from which the wanted share of answers is right, higher ones for categories that need them, and the confidence from which passages are offered. It chooses by the tuning half of the questions and prints what that gives on both; the kept half shows whether it holds.

Run it when the content, its questions or the program have changed. Without thresholds of its own, content is answered from 0.73 on.

Examples:

    otvet tune
    otvet tune --content content --precision 0.95 --write
    otvet tune --content content --set questions.tsv --locale ru --html curve.html`
}

// calibrations is the document that --json prints, one a language.
type calibrations struct {
	Calibrations []*eval.Calibration `json:"calibrations"`
}

// Validate is called by kong.
func (c *tuneCommand) Validate() error {
	switch {
	case !(c.Precision > 0 && c.Precision <= 1):
		return errors.New("--precision must be above 0 and at most 1")
	case !(c.Idle >= 0 && c.Idle <= 1):
		return errors.New("--idle must be from 0 to 1")
	case c.Write && c.Content == "":
		return errors.New("--write needs --content, the folder to write to")
	}
	return nil
}

// Run chooses the thresholds.
func (c *tuneCommand) Run(ctx context.Context, w world) error {
	engine, err := c.engine(nil)
	if err != nil {
		return err
	}
	err = c.tune(ctx, w, engine)
	return errors.Join(err, engine.Close())
}

// tune makes a report of each judged set.
func (c *tuneCommand) tune(ctx context.Context, w world, engine *search.Engine) error {
	var document calibrations
	var reports []eval.Report
	for _, file := range c.files() {
		loc, judgments, err := c.read(engine.Library(), file)
		if err != nil {
			return err
		}
		goal := eval.Goal{Precision: c.Precision, Strict: c.Strict, Idle: c.Idle}
		found, err := eval.Calibrate(ctx, engine, loc, judgments, goal, needsPerson)
		if err != nil {
			return fmt.Errorf("tune %s by %s: %w", c.name(), file, err)
		}
		document.Calibrations = append(document.Calibrations, &found)
		reports = append(reports, &found)
	}
	if err := c.print(w, document, nil, reports...); err != nil {
		return err
	}
	return c.writeAll(w, document.Calibrations)
}

// writeAll puts the thresholds into the content, all of them or none.
func (c *tuneCommand) writeAll(w world, all []*eval.Calibration) error {
	if !c.Write {
		return nil
	}
	for _, found := range all {
		if found.Thresholds.Answer > 1 {
			return &exitError{statusNegative, fmt.Errorf("nothing written: in %s no confidence gives a precision of %v, and nothing would be answered", found.Locale, c.Precision)}
		}
	}
	for i, file := range c.files() {
		if err := c.write(w, file, all[i]); err != nil {
			return err
		}
	}
	return nil
}

// needsPerson is the triage that stands before search.
func needsPerson(text string) bool { return assistant.Assess(text).Class == assistant.Safety }

// write puts the thresholds into the content.
func (c *tuneCommand) write(w world, set string, found *eval.Calibration) error {
	questions, err := os.ReadFile(set)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(questions)
	path := filepath.Join(string(c.Content), string(found.Locale), "decision.yaml")
	if err := writeReport(path, func(to io.Writer) error { return found.WriteDecision(to, hex.EncodeToString(sum[:6])) }); err != nil {
		return err
	}
	fmt.Fprintf(w.stderr, "%s written\n", path)
	return nil
}
