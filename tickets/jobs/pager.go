package jobs

import (
	"context"

	"otvet/tickets"
	"otvet/tickets/policy"
	"otvet/tickets/postgres"
)

// Alarm says that somebody may be in distress and nobody has taken the ticket up in time.
type Alarm struct {
	Ticket tickets.Number
	Round  int // 0, then one more each time that nobody came
}

// Pager calls the people on duty, by whatever reaches them. An interface because each
// operator has another system for it; without one the alarm is a line in the log.
type Pager interface {
	Page(context.Context, Alarm) error
}

// call tells the log what has run out, and raises the alarm for what nobody has claimed.
func (c Config) call(ctx context.Context, fired []postgres.Fired) {
	for _, f := range fired {
		switch {
		case f.Percent > 0:
			c.Log.InfoContext(ctx, "a clock is near its end", "ticket", f.Ticket, "rule", f.Rule, "round", f.Round, "percent", f.Percent)
		case f.Rule == policy.RuleClaim:
			c.alarm(ctx, Alarm{f.Ticket, f.Round})
		default:
			c.Log.InfoContext(ctx, "a clock has run out", "ticket", f.Ticket, "rule", f.Rule, "round", f.Round)
		}
	}
}

func (c Config) alarm(ctx context.Context, a Alarm) {
	c.Log.WarnContext(ctx, "ALARM: somebody may be in distress and nobody has taken the ticket up", "ticket", a.Ticket, "round", a.Round)
	if c.Pager == nil {
		return
	}
	if err := c.Pager.Page(ctx, a); err != nil {
		c.Log.ErrorContext(ctx, "the people on duty could not be called", "ticket", a.Ticket, "round", a.Round, "error", err)
	}
}
