package main

import (
	"log/slog"

	"otvet/kb"
	"otvet/search"
	"otvet/tickets/jobs"
)

// notifier sends letters by SMTP, or notes them in the log when no server is set.
func (m mailFlags) notifier(log *slog.Logger) (jobs.Notifier, error) {
	if m.Host == "" {
		return jobs.NewLog(log), nil
	}
	return jobs.NewSMTP(jobs.SMTPConfig{
		Host: m.Host, Port: m.Port, User: m.User, Password: m.Password, From: m.From, TLS: m.TLS,
	})
}

// letters is what the queue's workers need: they always write from the content that
// serves now.
func letters(s siteFlags, engine *search.Engine, log *slog.Logger) (jobs.Config, error) {
	notifier, err := s.notifier(log)
	if err != nil {
		return jobs.Config{}, &exitError{statusUsage, err}
	}
	c := writer(s, engine)
	c.Notifier, c.Log = notifier, log
	return c, nil
}

// writer is what letters are written with, by the workers and for the desk's previews.
func writer(s siteFlags, engine *search.Engine) jobs.Config {
	return jobs.Config{
		Letter: newLetterTexts(engine.Library).letter,
		Category: func(l kb.Locale, id string) string {
			category, _ := engine.Library().Category(l, id)
			return category.Title
		},
		Department: func(l kb.Locale, id string) string {
			department, ok := engine.Library().Department(l, id)
			if !ok { // the content has dropped it
				return s.Operator
			}
			return department.Title
		},
		BaseURL: s.BaseURL.String(), Operator: s.Operator,
		Helpline:       func(l kb.Locale) string { return s.helpline(string(l)) },
		DisputeService: s.disputeService, Zone: s.TimeZone.Location,
	}
}
