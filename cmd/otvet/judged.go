package main

import (
	"path/filepath"

	"otvet/kb"
	"otvet/search/eval"
)

// judgedFlags say which judged questions to ask.
type judgedFlags struct {
	Set    string `placeholder:"FILE" help:"Judged questions: a question, a tab, and the sections that answer it as article#anchor, or foreign, uncovered or person. Without it, those of the source tree, search/testdata/judged/LANG.tsv."`
	Locale string `enum:"auto,ru,en" default:"auto" help:"Language: ru, en, or auto, which goes by the letters of --set, and without it takes both (${default})."`
}

// files returns the judged sets to use.
func (c judgedFlags) files() []string {
	if c.Set != "" {
		return []string{c.Set}
	}
	var files []string
	for _, loc := range kb.Locales() {
		if c.Locale == "auto" || c.Locale == string(loc) {
			files = append(files, filepath.Join("search", "testdata", "judged", string(loc)+".tsv"))
		}
	}
	return files
}

// read reads a judged set and holds it against the content.
func (c judgedFlags) read(lib *kb.Library, file string) (kb.Locale, []eval.Judgment, error) {
	judgments, err := readEval(file, eval.ReadJudgments)
	if err != nil {
		return "", nil, err
	}
	loc := evalLocale(c.Locale, eval.GuessJudged(judgments))
	return loc, judgments, eval.CheckJudgments(lib, loc, judgments, file)
}
