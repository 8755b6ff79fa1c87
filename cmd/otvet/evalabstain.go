package main

import (
	"context"
	"fmt"

	"otvet/search/eval"
)

// evalAbstainCommand is "otvet eval abstain".
type evalAbstainCommand struct {
	labelledFlags
	evalOutput
}

// Help is the end of the command's help.
func (evalAbstainCommand) Help() string {
	return `Trains on the one file, gives each text of the other a label and a confidence, and prints what the confidence is good for: AUROC (in scope against out of scope) with a bootstrap interval of 95 %, precision of the surest 10, 20 and 30 % of all texts, where right means in scope and with the right label, and the coverage at a precision of 0.8 and 0.9. Nothing but the training file is learnt from.

Both files hold JSON lines {"text": "...", "label": "..."}. Texts labelled "oos" are out of scope; the training file needs none. The output is the same in every run; how long it took goes to standard error.

Examples:

    otvet eval abstain --train train.jsonl --test test.jsonl
    otvet eval abstain --train train.jsonl --test test.jsonl --html report.html
    otvet eval abstain --train train.jsonl --test test.jsonl --json --predictions out.jsonl`
}

// Run trains, measures, and writes what was asked for.
func (c *evalAbstainCommand) Run(ctx context.Context, w world) error {
	train, test, err := c.read()
	if err != nil {
		return err
	}
	waiting := c.announce(w, len(train))
	report, outcomes, took, err := eval.Abstain(ctx, train, test)
	waiting()
	if err != nil {
		return fmt.Errorf("evaluate %s: %w", c.Test, err)
	}
	if err := c.write(outcomes); err != nil {
		return err
	}
	return c.print(w, report, took, &report)
}
