package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/api"
	"otvet/kb"
	"otvet/search"
)

// askCommand is "otvet ask".
type askCommand struct {
	Question []string `arg:"" help:"The question; - reads it from standard input."`
	Locale   string   `enum:"auto,ru,en" default:"auto" help:"Language to answer in: ru, en, or auto, which goes by the letters of the question (${default})."`
	JSON     bool     `name:"json" help:"Print what POST /api/v1/ask returns."`
	Explain  bool     `help:"Say in words why this was decided."`
	Verbatim bool     `help:"Take the question as it was typed: no other keyboard layout, no transliteration, no typos."`
	contentFlags
	indexFlags
	identityFlags
}

// Help is the end of the command's help.
func (askCommand) Help() string {
	return `Answers from the content alone, without a database, and records nothing. Exit status 1 when there is no answer.

Examples:
  otvet ask "How long does a withdrawal take?"
  otvet ask --explain сколько ждать вывод
  otvet ask --verbatim crjkmrj
  otvet ask --json --locale en "vyvod deneg"`
}

// Run answers the question.
func (c *askCommand) Run(ctx context.Context, w world) error {
	question, err := c.read(w.stdin)
	if err != nil {
		return err
	}
	engine, err := c.engine(c.store("", loggingFlags{Level: slog.LevelWarn}.logger(w.stderr)))
	if err != nil {
		return err
	}
	answer, err := c.answer(ctx, engine, question)
	if err := errors.Join(err, engine.Close()); err != nil {
		return err
	}
	if c.JSON {
		err = writeJSON(w.stdout, answer)
	} else {
		err = c.paper(w.stdout).write(answer)
	}
	if err == nil && answer.Verdict == string(search.NoAnswer) {
		return &exitError{status: statusNegative}
	}
	return err
}

// read returns the question from the arguments or standard input.
func (c *askCommand) read(stdin io.Reader) (string, error) {
	question := strings.Join(c.Question, " ")
	if question != "-" {
		return question, nil
	}
	text, err := io.ReadAll(io.LimitReader(stdin, search.MaxBytes+1))
	if err != nil {
		return "", fmt.Errorf("read the question: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

// answer asks the assistant, as the API does. A question that cannot be asked is wrong usage.
func (c *askCommand) answer(ctx context.Context, engine *search.Engine, question string) (api.Answer, error) {
	locale := c.locale(question)
	reply, err := assistant.New(engine).Ask(ctx, search.Query{Text: question, Locale: locale, Verbatim: c.Verbatim})
	for _, refusal := range []error{search.ErrEmpty, search.ErrTooLong, search.ErrText} {
		if errors.Is(err, refusal) {
			return api.Answer{}, &exitError{statusUsage, fmt.Errorf("question: %w", refusal)}
		}
	}
	if err != nil {
		return api.Answer{}, err
	}
	library := engine.Library()
	message := func() string { return api.SafetyMessage(library, locale, question, c.letterFields) }
	return api.NewAnswer("", c.BaseURL.String(), reply, message, library.Revision()), nil
}

func (c *askCommand) letterFields(l kb.Locale) kb.Fields {
	return kb.Fields{"operator": c.Operator, "helpline": c.helpline(string(l)), "link": c.BaseURL.String() + "/" + string(l) + "/contact"}
}

// locale goes by the letters of the question unless it was given.
func (c *askCommand) locale(question string) kb.Locale {
	if c.Locale == "auto" {
		c.Locale = string(kb.EN)
		if strings.ContainsFunc(question, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
			c.Locale = string(kb.RU)
		}
	}
	return kb.Locale(c.Locale)
}

func writeJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
