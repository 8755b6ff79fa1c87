package desk

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.yaml.in/yaml/v3"

	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

func newWords(t *testing.T, l kb.Locale) words {
	t.Helper()
	catalog, err := web.LoadCatalog(time.UTC, web.Messages(), upload.Templates(), files)
	if err != nil {
		t.Fatal(err)
	}
	library, _ := kb.Load(fstest.MapFS{}, time.Now())
	return words{catalog.Printer(string(l)), library, l, time.Now(), EditURL{}, time.UTC}
}

func TestSpansReadAsInEachLanguage(t *testing.T) {
	t.Parallel()
	ru, en := newWords(t, kb.RU), newWords(t, kb.EN)
	for _, c := range []struct {
		d      time.Duration
		ru, en string
	}{
		{-time.Second, "меньше минуты", "less than a minute"},
		{59 * time.Second, "меньше минуты", "less than a minute"},
		{time.Minute, "1 минуту", "1 minute"},
		{3 * time.Minute, "3 минуты", "3 minutes"},
		{11 * time.Minute, "11 минут", "11 minutes"},
		{21 * time.Minute, "21 минуту", "21 minutes"},
		{time.Hour, "1 час", "1 hour"},
		{47 * time.Hour, "47 часов", "47 hours"},
		{48 * time.Hour, "2 дня", "2 days"},
		{21 * 24 * time.Hour, "21 день", "21 days"},
		{365 * 24 * time.Hour, "365 дней", "365 days"},
	} {
		if got := ru.span(ru.now.Add(-c.d)); got != c.ru {
			t.Errorf("%s is %q, want %q", c.d, got, c.ru)
		}
		if got := en.span(en.now.Add(-c.d)); got != c.en {
			t.Errorf("%s is %q, want %q", c.d, got, c.en)
		}
	}
}

func TestWhoWaitsFollowsFromStatusAndLastWord(t *testing.T) {
	t.Parallel()
	w := newWords(t, kb.EN)
	since := w.now.Add(-3 * time.Hour)
	for _, c := range []struct {
		s    tickets.Status
		by   tickets.ActorKind
		want string
	}{
		{tickets.StatusNew, tickets.ByPlayer, "Player has waited 3 hours"},
		{tickets.StatusOpen, tickets.ByPlayer, "Player has waited 3 hours"},
		{tickets.StatusOpen, tickets.ByAgent, "Our move for 3 hours"},
		{tickets.StatusPending, tickets.ByAgent, "We have waited 3 hours"},
		{tickets.StatusOnHold, tickets.ByPlayer, "We wait for someone else"},
		{tickets.StatusSolved, tickets.ByAgent, ""},
		{tickets.StatusClosed, tickets.ByPlayer, ""},
	} {
		if got := w.waits(c.s, c.by, since); got != c.want {
			t.Errorf("%s after %s: %q, want %q", c.s, c.by, got, c.want)
		}
	}
}

// TestEveryValueOfTheDomainHasWords finds a value that was added to the domain, but has
// no message on the desk: such a message would show its key.
func TestEveryValueOfTheDomainHasWords(t *testing.T) {
	t.Parallel()
	for _, l := range kb.Locales() {
		w := newWords(t, l)
		var said []string
		for _, s := range tickets.Statuses() {
			said = append(said, w.status(s))
		}
		for _, by := range []tickets.ActorKind{tickets.ByPlayer, tickets.ByAgent, tickets.BySystem} {
			said = append(said, w.lastWord(tickets.StatusOpen, by, w.now), w.lastWord(tickets.StatusSolved, by, w.now))
			said = append(said, w.actor(tickets.Actor{Kind: by}, "Name"))
		}
		for _, c := range changes() {
			said = append(said, w.entry(tickets.Entry{Change: c, Detail: map[string]string{"from": "open", "to": "solved", "status": "open"}}))
			said = append(said, w.entry(tickets.Entry{Change: c, Detail: map[string]string{"from": "open", "to": "open"}}))
		}
		for _, v := range []search.Verdict{search.Answered, search.Suggested, search.NoAnswer} {
			for _, o := range []tickets.AskOutcome{tickets.AskOutcomeNone, tickets.AskOutcomeSolved, tickets.AskOutcomeTicket} {
				a := w.asks([]tickets.Ask{{Verdict: string(v), Outcome: o}})[0]
				said = append(said, a.Verdict, a.Outcome)
			}
		}
		for _, code := range []tickets.Code{tickets.Required, tickets.TooLong, tickets.BadText} {
			said = append(said, w.trouble(&tickets.InvalidError{Fields: []tickets.FieldError{{Field: "body", Code: code}}}))
		}
		for _, a := range acts() {
			said = append(said, w.T("desk.done."+a.name), w.T("desk.act."+a.name+".title"), w.T("desk.act."+a.name+".send"))
		}
		for _, k := range kb.Kinds() {
			said = append(said, w.T("desk.kind."+string(k)))
		}
		for _, l := range kb.Locales() {
			said = append(said, w.language(l), w.T("desk.reply.language_"+string(l)))
		}
		for _, s := range said {
			if s == "" || strings.Contains(s, "desk.") || strings.Contains(s, "%") {
				t.Errorf("in %s the desk says %q", l, s)
			}
		}
	}
}

func TestALetterWithoutAMailServerIsTold(t *testing.T) {
	t.Parallel()
	for l, want := range map[kb.Locale]string{kb.EN: "no mail server", kb.RU: "почтовый сервер не настроен"} {
		e := tickets.Entry{Change: tickets.EntryLetterSuppressed, Detail: map[string]string{"reason": postgres.NoMailServer}}
		if got := newWords(t, l).entry(e); !strings.Contains(got, want) {
			t.Errorf("the history says %q", got)
		}
		if got := newWords(t, l).undelivered([]tickets.Entry{e}); !strings.Contains(got, want) {
			t.Errorf("the ticket says %q", got)
		}
	}
}

func changes() []string {
	names := []string{tickets.EntryLetterFailed, tickets.EntryLetterSuppressed}
	for _, c := range []tickets.Change{
		tickets.Opened{},
		tickets.PlayerReplied{},
		tickets.AgentReplied{},
		tickets.Noted{},
		tickets.StatusSet{},
		tickets.CategorySet{},
		tickets.Assigned{},
		tickets.PlayerClosed{},
	} {
		names = append(names, c.Name())
	}
	return names
}

// TestEveryMessageIsUsedAndExists compares the messages with what code and templates name.
func TestEveryMessageIsUsedAndExists(t *testing.T) {
	t.Parallel()
	data, err := files.ReadFile("messages/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var messages map[string]any
	if err := yaml.Unmarshal(data, &messages); err != nil {
		t.Fatal(err)
	}
	used, beginnings := named(t)
	for key := range used {
		if _, ok := messages[key]; !ok {
			t.Errorf("message %q does not exist", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(messages)) {
		begins := func(b string) bool { return strings.HasPrefix(key, b) }
		if !used[key] && !slices.ContainsFunc(beginnings, begins) {
			t.Errorf("message %q is used nowhere", key)
		}
	}
}

// named returns the keys that the package names whole, and those that it ends itself.
func named(t *testing.T) (used map[string]bool, beginnings []string) {
	t.Helper()
	used, beginnings = map[string]bool{}, []string{"desk.failure."}
	code, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile(`"(desk\.[a-z_.]+)"`)
	for _, name := range append(code, pages...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllStringSubmatch(string(source), -1) {
			switch key := m[1]; {
			case strings.HasSuffix(key, ".") || strings.HasSuffix(key, "_"):
				beginnings = append(beginnings, key)
			case key != "desk.css" && key != "desk.js":
				used[key] = true
			}
		}
	}
	return used, beginnings
}

func TestPasswordOfNobodyCostsAsMuchAsAnAgents(t *testing.T) {
	t.Parallel()
	if want := "$argon2id$v=19$m=19456,t=2,p=1$"; !strings.HasPrefix(nobody, want) {
		t.Errorf("the hash of nobody is %q", nobody)
	}
	_, hash, err := NewPassword()
	if err != nil {
		t.Fatal(err)
	}
	parameters := func(hash string) string { return hash[:strings.LastIndex(hash[:strings.LastIndex(hash, "$")], "$")] }
	if parameters(hash) != parameters(nobody) {
		t.Errorf("parameters of %q and %q differ", hash, nobody)
	}
	ok, err := newHasher().matches(t.Context(), "", nobody)
	if ok || err != nil {
		t.Errorf("nobody's password matches: %v %v", ok, err)
	}
}

func TestALetterThatDidNotGoOutIsTold(t *testing.T) {
	t.Parallel()
	w := newWords(t, kb.EN)
	replied := tickets.AgentReplied{}.Name()
	for name, c := range map[string]struct {
		history []string
		want    string
	}{
		"nothing happened":              {nil, ""},
		"no acknowledgement":            {[]string{"opened", tickets.EntryLetterSuppressed, "noted"}, "No letter about this request was sent"},
		"a reply after it":              {[]string{tickets.EntryLetterSuppressed, replied}, ""},
		"a reply that was not received": {[]string{replied, tickets.EntryLetterFailed}, "could not be delivered"},
	} {
		var history []tickets.Entry
		for _, change := range c.history {
			history = append(history, tickets.Entry{Change: change})
		}
		if got := w.undelivered(history); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: the desk says %q", name, got)
		}
	}
}
