package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"otvet/kb"
	"otvet/search/eval"
)

// evalCommands measure search and what is learnt from labels.
type evalCommands struct {
	Retrieval evalRetrievalCommand `cmd:"" help:"Measure search on a collection in BEIR's layout."`
	Content   evalContentCommand   `cmd:"" help:"Measure answers on the judged questions of the content."`
	Classify  evalClassifyCommand  `cmd:"" help:"Measure how well labels are learnt from examples."`
	Abstain   evalAbstainCommand   `cmd:"" help:"Measure how well a classifier knows that no label fits."`
}

// evalOutput is where a report goes.
type evalOutput struct {
	HTML string `name:"html" placeholder:"FILE" help:"Write a page with the curves and every miss with its explanation."`
	JSON bool   `name:"json" help:"Print the report as JSON."`
}

// print writes the report; document is what JSON shows of it. What a clock says goes to
// standard error, so that the rest is the same in every run.
func (o evalOutput) print(w world, document any, timing fmt.Stringer, reports ...eval.Report) error {
	if o.HTML != "" {
		if err := writeReport(o.HTML, func(to io.Writer) error { return eval.WriteHTML(to, reports...) }); err != nil {
			return err
		}
	}
	if timing != nil {
		fmt.Fprintln(w.stderr, timing)
	}
	if o.JSON {
		return writeJSON(w.stdout, document)
	}
	return eval.WriteText(w.stdout, reports...)
}

// writeReport writes a file whole or not at all.
func writeReport(path string, write func(io.Writer) error) error {
	var text bytes.Buffer
	if err := write(&text); err != nil {
		return err
	}
	return writeFile(path, text.String())
}

// readEval opens a file of an evaluation and reads it. One that is not there, or does not hold
// what it should, is wrong usage.
func readEval[T any](path string, read func(io.Reader, string) (T, error)) (T, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = &exitError{statusUsage, err}
	}
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	value, err := read(f, path)
	if err != nil {
		return value, &exitError{statusUsage, err}
	}
	return value, nil
}

// evalLocale is the language given, or the one that was guessed.
func evalLocale(given string, guessed kb.Locale) kb.Locale {
	if given == "auto" {
		return guessed
	}
	return kb.Locale(given)
}
