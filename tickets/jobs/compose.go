package jobs

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// Write fills in a letter's text. What stands in it was decided together with the letter;
// of nothing that the player wrote there is a field. A letter that uses fields without a
// value is a *kb.UnfilledError, and comes with gaps for those who want to see it.
func (c Config) Write(l tickets.Letter) (kb.Writing, error) {
	text, ok := c.Letter(l.Locale, string(l.Kind))
	if !ok {
		return kb.Writing{}, fmt.Errorf("the content has no letter %q in %q", l.Kind, l.Locale)
	}
	return text.Render(c.fields(l))
}

// compose makes the mail of a letter.
func (c Config) compose(l tickets.Letter) (Mail, error) {
	writing, err := c.Write(l)
	if err != nil {
		return Mail{}, err
	}
	writing = cautioned(l, writing)
	page, err := Page(l.Locale, c.Operator, writing)
	if err != nil {
		return Mail{}, err
	}
	return Mail{
		Kind: l.Kind, Number: l.Number, To: l.To, Locale: l.Locale,
		Subject: writing.Subject, Body: writing.Text, HTML: page,
	}, nil
}

// fields returns the values of a letter's placeholders. What the letter brings along wins
// over what holds for its ticket: its link may lead elsewhere.
func (c Config) fields(l tickets.Letter) kb.Fields {
	page := "/" + string(l.Locale) + "/requests/" + string(l.Token)
	f := kb.Fields{
		"number":          string(l.Number),
		"link":            page,
		"files-link":      page + "/case.zip",
		"category":        c.Category(l.Locale, l.Category),
		"operator":        c.Operator,
		"helpline":        c.Helpline(l.Locale),
		"dispute-service": c.DisputeService(l.Locale),
		"reply":           l.Reply,
	}
	maps.Copy(f, l.Values)
	if c.Department != nil {
		f["department"] = c.Department(l.Locale, f["department"])
	}
	for name, at := range l.Dates {
		f[name] = c.date(l, name, at)
	}
	for _, name := range []string{"link", "files-link"} {
		if strings.HasPrefix(f[name], "/") {
			f[name] = c.BaseURL + f[name]
		}
	}
	if words, ok := outcomes(l.Locale)[f["outcome"]]; ok {
		f["outcome"] = words
	}
	return f
}

// date writes a date in the letter's language and the operator's time zone: with the time
// where hours matter. A day that ends at midnight is the day before.
func (c Config) date(l tickets.Letter, name string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	if c.Zone != nil {
		at = at.In(c.Zone)
	}
	hours := slices.Contains([]string{"received", "due-first", "until"}, name) || l.Kind == tickets.LetterOutOfHours
	if hours {
		return l.Locale.Moment(at)
	}
	return l.Locale.Day(at.Add(-time.Nanosecond))
}

// outcomes returns the words for the outcomes of a case, by the name of the letter that
// tells them without "outcome-".
func outcomes(l kb.Locale) map[string]string {
	if l == kb.RU {
		return map[string]string{
			"upheld": "жалоба удовлетворена", "partly": "жалоба удовлетворена частично",
			"not-upheld": "прежнее решение остаётся в силе", "explained": "разъяснение",
			"technical": "техническое решение", "fulfilled": "запрос выполнен", "refused": "запрос выполнить нельзя",
		}
	}
	return map[string]string{
		"upheld": "complaint upheld", "partly": "complaint upheld in part",
		"not-upheld": "the decision stands", "explained": "explanation",
		"technical": "technical solution", "fulfilled": "request fulfilled", "refused": "request refused",
	}
}
