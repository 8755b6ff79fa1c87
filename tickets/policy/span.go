package policy

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"
)

// Span is a length of time as rules state it. Exactly one unit is set; the zero value is
// no length at all.
type Span struct {
	Months       int           // calendar months
	Days         int           // calendar days
	BusinessDays int           // days that are neither weekend nor holiday
	Clock        time.Duration // exact time, whole minutes

	// DayOne counts days so that the day it starts on is day 1, and the span runs to the
	// end of the last day. Only with Days.
	DayOne bool
}

// spans are the ways to write a span.
var (
	longSpan  = regexp.MustCompile(`^([1-9][0-9]{0,3}) (months?|days?|business days?)( from day 1)?$`)
	clockSpan = regexp.MustCompile(`^([1-9][0-9]{0,3})(h|m)$`)
)

// ParseSpan reads "1 month", "3 months", "56 days", "56 days from day 1",
// "10 business days", "48h" or "15m".
func ParseSpan(s string) (Span, error) {
	if m := clockSpan.FindStringSubmatch(s); m != nil {
		unit := time.Minute
		if m[2] == "h" {
			unit = time.Hour
		}
		n, err := strconv.Atoi(m[1])
		return Span{Clock: time.Duration(n) * unit}, err
	}
	m := longSpan.FindStringSubmatch(s)
	if m == nil {
		return Span{}, badSpan(s)
	}
	n, err := strconv.Atoi(m[1])
	if err != nil || (n == 1) == (m[2][len(m[2])-1] == 's') {
		return Span{}, badSpan(s)
	}
	switch unit := m[2]; {
	case unit[0] == 'd':
		return Span{Days: n, DayOne: m[3] != ""}, nil
	case m[3] != "":
		return Span{}, badSpan(s)
	case unit[0] == 'm':
		return Span{Months: n}, nil
	default:
		return Span{BusinessDays: n}, nil
	}
}

func badSpan(s string) error {
	return fmt.Errorf("length of time %q: write it as 1 month, 56 days, 56 days from day 1, 10 business days, 48h or 15m", s)
}

// String writes the span as [ParseSpan] reads it; nothing for the zero value.
func (s Span) String() string {
	switch {
	case s.Months != 0:
		return count(s.Months, "month")
	case s.Days != 0 && s.DayOne:
		return count(s.Days, "day") + " from day 1"
	case s.Days != 0:
		return count(s.Days, "day")
	case s.BusinessDays != 0:
		return count(s.BusinessDays, "business day")
	case s.Clock != 0 && s.Clock%time.Hour == 0:
		return strconv.Itoa(int(s.Clock/time.Hour)) + "h"
	case s.Clock != 0:
		return strconv.Itoa(int(s.Clock/time.Minute)) + "m"
	}
	return ""
}

func count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return strconv.Itoa(n) + " " + unit + "s"
}

// IsZero reports whether there is no length.
func (s Span) IsZero() bool { return s == Span{} }

// MarshalText writes the span as [Span.String] does.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what [Span.MarshalText] writes; nothing is the zero value.
func (s *Span) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*s = Span{}
		return nil
	}
	*s, err = ParseSpan(string(text))
	return err
}

// UnmarshalYAML reads a span and names the line of one that cannot be read.
func (s *Span) UnmarshalYAML(n *yaml.Node) (err error) {
	if *s, err = ParseSpan(n.Value); n.Kind != yaml.ScalarNode || err != nil {
		return fmt.Errorf("line %d: %w", n.Line, badSpan(n.Value))
	}
	return nil
}
