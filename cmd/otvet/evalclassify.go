package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"otvet/search/eval"
)

// evalClassifyCommand is "otvet eval classify".
type evalClassifyCommand struct {
	labelledFlags
	evalOutput
}

// Help is the end of the command's help.
func (evalClassifyCommand) Help() string {
	return `Trains on the one file, gives each text of the other a label, and prints accuracy and macro-F1 with bootstrap intervals of 95 %, the labels most often confused, and precision, recall and F1 of each label. Nothing but the training file is learnt from.

Both files hold JSON lines {"text": "...", "label": "..."}. Texts labelled "oos" are out of scope: in training they are examples against every label, in the test they are left out (see "otvet eval abstain"). The output is the same in every run; how long it took goes to standard error.

Examples:

    otvet eval classify --train train.jsonl --test test.jsonl
    otvet eval classify --train train.jsonl --test test.jsonl --html report.html
    otvet eval classify --train train.jsonl --test test.jsonl --json --predictions out.jsonl`
}

// Run trains, measures, and writes what was asked for.
func (c *evalClassifyCommand) Run(ctx context.Context, w world) error {
	train, test, err := c.read()
	if err != nil {
		return err
	}
	waiting := c.announce(w, len(train))
	report, outcomes, took, err := eval.Classify(ctx, train, test)
	waiting()
	if err != nil {
		return fmt.Errorf("evaluate %s: %w", c.Test, err)
	}
	if err := c.write(outcomes); err != nil {
		return err
	}
	return c.print(w, report, took, &report)
}

// labelledFlags are the files of an evaluation of labels.
type labelledFlags struct {
	Train       string `required:"" placeholder:"FILE" help:"Labelled texts to learn from."`
	Test        string `required:"" placeholder:"FILE" help:"Labelled texts to be measured on."`
	Predictions string `placeholder:"FILE" help:"Write each text of the test with its label, the predicted one and the confidence as a JSON line, for other scorers."`
}

// read reads both files.
func (f labelledFlags) read() (train, test eval.Labelled, err error) {
	if train, err = readEval(f.Train, eval.ReadLabelled); err != nil {
		return nil, nil, err
	}
	test, err = readEval(f.Test, eval.ReadLabelled)
	return train, test, err
}

// write writes the predictions where they are wanted.
func (f labelledFlags) write(outcomes []eval.Outcome) error {
	if f.Predictions == "" {
		return nil
	}
	return writeReport(f.Predictions, func(to io.Writer) error { return eval.WriteOutcomes(to, outcomes) })
}

// announce says what the program is busy with when that takes more than a second. The function
// that it returns ends that, and must be called before anything else is written.
func (f labelledFlags) announce(w world, texts int) (end func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		select {
		case <-done:
		case <-time.After(time.Second):
			fmt.Fprintf(w.stderr, "Training on %d texts of %s …\n", texts, f.Train)
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}
