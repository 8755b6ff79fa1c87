package main

import (
	"io"
	"log/slog"
)

// logger writes the log as the settings say.
func (l loggingFlags) logger(out io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: l.Level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(out, options))
	}
	return slog.New(slog.NewTextHandler(out, options))
}
