package site

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// factForm is the part of a form that asks for facts: a few in sight, the others folded
// away, so that nobody is kept from writing by a long form (requirement 44).
type factForm struct {
	Shown  string // the names of all, for the next post
	Fields []factField
	More   []factField
	Open   bool // the others are unfolded: something stands there, or is wrong
	Zone   string

	Screens bool // it is about what a screen shows
}

// inSight is how many facts a form shows unfolded, the field for files among them where it
// is.
func inSight(asks []string) int {
	if screens(asks) {
		return 1
	}
	return 2
}

// screens reports whether the facts are about what a screen shows.
func screens(asks []string) bool { return slices.Contains(asks, "error") }

// factField is the field of one fact.
type factField struct {
	Name    string
	Form    string // "text", "long", "lines", "time", "day" or "platform"
	Value   string
	Mistake string
	Zone    string // of a time or a day
	Latest  string // of a time: what a browser need not offer any later than
	Hinted  bool
	Needed  bool // to be given, or said not to be known
	Unknown bool
	Which   []moment // of a time that the clocks showed twice
	Choices []tickets.Platform
}

// moment is one of two instants that the clocks show alike.
type moment struct {
	Value  string // RFC 3339
	Chosen bool
	At     time.Time
}

// ID is the id and the name of the field.
func (f factField) ID() string { return factPrefix + f.Name }

// forms of the facts that are no plain short text.
var factForms = map[string]string{
	"occurred_at": "time", "decision_at": "day", "bets": "lines", "transactions": "lines", "platform": "platform",
	"expected": "long", "error": "long", "remedy": "long",
}

// newFactForm returns the fields for the facts that are asked, with what was typed.
func (s *Site) newFactForm(asks, needs []string, m matter, wrong mistakes) factForm {
	now, zone := time.Now(), s.zone()
	f := factForm{Shown: strings.Join(asks, " "), Zone: zone.String(), Screens: screens(asks)}
	for i, name := range asks {
		field := factField{
			Name: name, Form: factForms[name], Value: m.Facts[name], Mistake: wrong.For(factPrefix + name),
			Needed: slices.Contains(needs, name), Unknown: m.Facts[unknownPrefix+name] != "",
			Hinted: s.Web.Catalog.Has("fact." + name + ".hint"),
		}
		switch field.Form {
		case "":
			field.Form = "text"
		case "time":
			field.Latest = now.In(zone).Format("2006-01-02T15:04")
			field.Which, field.Zone = moments(m, name, zone), zone.String()
		case "day":
			field.Latest, field.Zone = now.In(zone).Format(time.DateOnly), zone.String()
		case "platform":
			field.Choices = tickets.Platforms()
		}
		if i < inSight(asks) {
			f.Fields = append(f.Fields, field)
			continue
		}
		f.More = append(f.More, field)
		f.Open = f.Open || field.Mistake != "" || field.Value != "" && name != "platform"
	}
	return f
}

// moments returns the two instants that a time may be; nil when it is one.
func moments(m matter, name string, zone *time.Location) []moment {
	at, _ := wallTimes(m.Facts[name], zone)
	if len(at) < 2 {
		return nil
	}
	var list []moment
	for _, t := range at {
		value := t.Format(time.RFC3339)
		list = append(list, moment{value, m.Facts[whichPrefix+name] == value, t.In(zone)})
	}
	return list
}

// zone is where the clocks are by which times are typed and shown.
func (s *Site) zone() *time.Location { return s.Store.Rules().Calendar().Zone() }

// facts answers POST /{lang}/contact/facts: the fields of the kind and category that were
// chosen, for the script.
func (s *Site) facts(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(r)
	if err != nil {
		return err
	}
	lang, e := langOf(r), readEnquiry(form)
	e.suggest(r)
	private(w)
	p := s.newContactPage(lang, e)
	c, _ := s.Engine.Library().Category(kb.Locale(lang), p.Enquiry.Category)
	p.Facts = s.newFactForm(asked(e.Kind, c), c.Needs, e.matter, nil)
	return s.pages.contact.Fragment(w, "chosen", p)
}

// suggest fills in on which platform the player seems to be. The player may change it, and
// nothing depends on it (requirement 117).
func (m *matter) suggest(r *http.Request) {
	if m.Facts == nil {
		m.Facts = map[string]string{}
	}
	if m.Facts["platform"] == "" && !strings.Contains(m.Shown, "platform") {
		m.Facts["platform"] = string(platformOf(r.UserAgent()))
	}
}

// platformOf guesses from what a browser says of itself: the apps show pages in a view of
// their own. Empty: no idea.
func platformOf(agent string) tickets.Platform {
	apple := strings.Contains(agent, "iPhone") || strings.Contains(agent, "iPad")
	switch {
	case !strings.HasPrefix(agent, "Mozilla/"):
		return ""
	case strings.Contains(agent, "; wv)"):
		return "android"
	case apple && !strings.Contains(agent, "Safari/"):
		return "ios"
	}
	return "web"
}

// categoryFor returns the category of a kind that has only one, for whoever chooses none.
func categoryFor(lib *kb.Library, lang string, k tickets.Kind) string {
	all := slices.DeleteFunc(slices.Clone(lib.Categories(kb.Locale(lang))), func(c kb.Category) bool { return c.Request != string(k) })
	if len(all) != 1 {
		return ""
	}
	return all[0].ID
}
