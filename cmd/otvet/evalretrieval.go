package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"otvet/search/eval"
)

// evalRetrievalCommand is "otvet eval retrieval".
type evalRetrievalCommand struct {
	Dir     folder `required:"" placeholder:"DIR" help:"Folder with corpus.jsonl, queries.jsonl and qrels/*.tsv."`
	Queries string `placeholder:"FILE" help:"Other queries of the same judgments, such as misspelt ones."`
	Qrels   string `placeholder:"FILE" help:"The judgments, where qrels/ has several files."`
	Holdout string `placeholder:"FILE" help:"Documents to delete, one ID a line: a query with nothing relevant left must get no answer."`
	Locale  string `enum:"auto,ru,en" default:"auto" help:"Language: ru, en, or auto, which goes by the letters of the corpus (${default})."`
	Trec    string `name:"run" placeholder:"FILE" help:"Write what was found as a TREC run, for other scorers and for --compare."`
	Compare string `placeholder:"FILE" help:"An older TREC run to compare with: differences, their p-values, and the queries that changed most."`
	peerFlags
	evalOutput
}

// Help is the end of the command's help.
func (evalRetrievalCommand) Help() string {
	return `Indexes the documents, asks every judged query, and prints MRR@10, hit@1, R@5, R@10 and nDCG@10 (linear gains, as trec_eval) with bootstrap intervals of 95 %, what was decided, and what the confidence is good for. The output is the same in every run; how long answers took goes to standard error.

Examples:

    otvet eval retrieval --dir rutube-ru --run old.trec
    otvet eval retrieval --dir rutube-ru --compare old.trec --html report.html
    otvet eval retrieval --dir rutube-ru --peers
    otvet eval retrieval --dir rutube-ru --queries rutube-ru/queries_typo.jsonl
    otvet eval retrieval --dir rutube-ru --holdout rutube-ru/holdout.tsv --json`
}

// Run reads the collection, measures, and writes what was asked for.
func (c *evalRetrievalCommand) Run(ctx context.Context, w world) error {
	set, err := c.set()
	if err != nil {
		return err
	}
	options, err := c.options(set)
	if err != nil {
		return err
	}
	field := c.field(w)
	options.Peers = field.peers()
	report, run, timing, err := eval.Retrieve(ctx, set, options)
	if err := errors.Join(err, field.close()); err != nil {
		return fmt.Errorf("evaluate %s: %w", c.Dir, err)
	}
	field.print(timing)
	if c.Trec != "" {
		if err := writeReport(c.Trec, run.Write); err != nil {
			return err
		}
	}
	return c.print(w, report, timing, &report)
}

// set reads the collection.
func (c *evalRetrievalCommand) set() (set eval.Set, err error) {
	if c.Queries == "" {
		c.Queries = filepath.Join(string(c.Dir), "queries.jsonl")
	}
	if c.Qrels == "" {
		if c.Qrels, err = onlyQrels(string(c.Dir)); err != nil {
			return set, err
		}
	}
	if set.Documents, err = readEval(filepath.Join(string(c.Dir), "corpus.jsonl"), eval.ReadDocuments); err != nil {
		return set, err
	}
	if set.Queries, err = readEval(c.Queries, eval.ReadQueries); err != nil {
		return set, err
	}
	set.Qrels, err = readEval(c.Qrels, eval.ReadQrels)
	return set, err
}

// onlyQrels returns the file in qrels/ where there is only one.
func onlyQrels(dir string) (string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "qrels", "*.tsv"))
	if err == nil && len(files) != 1 {
		err = &exitError{statusUsage, fmt.Errorf("%s has %s: name one with --qrels", filepath.Join(dir, "qrels"), count(len(files), "file"))}
	}
	if err != nil {
		return "", err
	}
	return files[0], nil
}

// options reads the rest.
func (c *evalRetrievalCommand) options(set eval.Set) (o eval.Options, err error) {
	o.Locale = evalLocale(c.Locale, eval.GuessLocale(set.Documents))
	if c.Holdout != "" {
		if o.Delete, err = readEval(c.Holdout, eval.ReadIDs); err != nil {
			return o, err
		}
	}
	if c.Compare != "" {
		o.Against, err = readEval(c.Compare, eval.ReadRun)
	}
	return o, err
}
