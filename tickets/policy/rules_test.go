package policy_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"otvet/tickets/policy"
)

// TestWhatThePacksSay states the terms of the shipped packs: target/limit, "p" if the
// clock pauses, "+" the extension and how often, and the warnings.
func TestWhatThePacksSay(t *testing.T) {
	t.Parallel()
	cases := []struct{ pack, matter, rule, want string }{
		// Acknowledged at once, whoever asks, wherever.
		{"default@1", "question form", "ack", "5m"},
		{"default@1", "complaint post", "ack", "5m"},
		{"default@1", "safety chat", "ack", "5m"},

		// 24 to 48 hours; by the channel, chat within 5 to 15 minutes, e-mail within hours.
		{"default@1", "complaint form", "first", "24h/48h !50,80"},
		{"default@1", "complaint chat", "first", "24h/48h !50,80"},
		{"default@1", "complaint email", "first", "24h/48h !50,80"},
		{"default@1", "dispute form", "first", "24h/48h !50,80"},
		{"default@1", "question form", "first", "4h/24h !50,80"},
		{"default@1", "problem form", "first", "4h/24h !50,80"},
		{"default@1", "problem phone", "first", "24h/48h !50,80"},
		{"default@1", "question post", "first", "24h/48h !50,80"},
		{"default@1", "question api", "first", "24h/48h !50,80"},
		{"default@1", "question chat", "first", "5m/15m !50,80"},
		{"default@1", "problem chat", "first", "5m/15m !50,80"},
		{"default@1", "question email", "first", "4h/24h !50,80"},
		{"default@1", "problem email", "first", "4h/24h !50,80"},
		{"default@1", "feedback form", "first", "none"},

		// Several days, by complexity.
		{"default@1", "question form", "resolve", "7 days p !50,80"},
		{"default@1", "problem form -- simple", "resolve", "3 days p !50,80"},
		{"default@1", "problem form -- normal", "resolve", "7 days p !50,80"},
		{"default@1", "complaint form -- complex", "resolve", "14 days p !50,80"},
		{"default@1", "feedback form", "resolve", "14 days !50,80"},
		{"default@1", "safety chat safety", "resolve", "14 days !50,80"},

		// One calendar month at most, an extension with notice, a word every week.
		{"default@1", "complaint form", "final", "1 month +1 month*1 !50,80"},
		{"default@1", "complaint chat gambling complex", "final", "1 month +1 month*1 !50,80"},
		{"default@1", "dispute email", "final", "1 month +1 month*1 !50,80"},
		{"default@1", "privacy-complaint form", "final", "1 month +1 month*1 !50,80"},
		{"default@1", "data-request form", "final", "1 month +2 months*1 !50,80"},
		{"default@1", "question form", "final", "none"},
		{"default@1", "complaint form", "update", "7 days p"},
		{"default@1", "complaint form safety", "update", "24h"},
		{"default@1", "safety chat safety", "update", "24h"},
		{"default@1", "question form", "update", "7 days p"},

		// A person at once for who may be in distress or complains about responsible gambling.
		{"default@1", "safety chat", "claim", "5m !50"},
		{"default@1", "question form safety", "claim", "5m !50"},
		{"default@1", "complaint form gambling", "claim", "5m !50"},
		{"default@1", "complaint form", "claim", "none"},

		{"default@1", "complaint form", "wait", "14 days"},
		{"default@1", "complaint form", "remind", "7 days"},
		{"default@1", "question form", "respond", "14 days"},
		{"default@1", "dispute form", "enquiry", "10 business days !50,80"},
		{"default@1", "problem form", "task", "2 days !50,80"},
		{"default@1", "question form", "suppress", "48h !50"},

		{"ukgc@1", "complaint form", "ack", "5m/24h !50,80"},
		{"ukgc@1", "question form", "ack", "5m"},
		{"ukgc@1", "complaint form", "first", "24h/48h !50,80"},
		{"ukgc@1", "complaint form", "final", "56 days from day 1 p !50,80"},
		{"ukgc@1", "dispute chat gambling", "final", "56 days from day 1 p !50,80"},
		{"ukgc@1", "complaint chat gambling", "claim", "5m !50"},
		{"ukgc@1", "data-request form", "final", "1 month !50,80"},
		{"ukgc@1", "dispute form", "enquiry", "10 business days !50,80"},
		{"ukgc@1", "complaint form", "suppress", "48h !50"},

		{"cga@1", "complaint form", "ack", "5m/7 days !50,80"},
		{"cga@1", "complaint form", "final", "28 days +28 days*1 !50,80"},
		{"cga@1", "dispute form", "final", "28 days +28 days*1 !50,80"},
		{"cga@1", "complaint email gambling", "final", "5 business days +14 days*1 !50,80"},
		{"cga@1", "complaint email gambling", "claim", "5m !50"},
		{"cga@1", "question chat", "first", "5m/15m !50,80"},

		{"mga@1", "complaint form", "final", "10 days +10 days*1 !50,80 ?"},
		{"mga@1", "data-request form", "final", "1 month !50,80"},
	}
	for _, c := range cases {
		term, _ := packIn(t, c.pack, "UTC").Term(matter(c.matter), policy.Rule(c.rule))
		if got := inShort(term); got != c.want {
			t.Errorf("%s, %s, %s: %s, want %s", c.pack, c.matter, c.rule, got, c.want)
		}
	}
}

// matter reads "complaint form gambling complex"; "--" is nothing.
func matter(text string) policy.Matter {
	f := append(strings.Fields(strings.ReplaceAll(text, "--", "-")), "-", "-")
	for i := range f {
		f[i] = strings.TrimSuffix(f[i], "-")
	}
	return policy.Matter{Kind: f[0], Channel: f[1], Class: f[2], Complexity: f[3]}
}

// inShort writes a term in a line.
func inShort(term policy.Term) string {
	if term.Limit.IsZero() {
		return "none"
	}
	text := term.Limit.String()
	if !term.Target.IsZero() {
		text = term.Target.String() + "/" + text
	}
	if term.Pauses {
		text += " p"
	}
	if term.Extensions > 0 {
		text += fmt.Sprintf(" +%s*%d", term.Extend, term.Extensions)
	}
	if len(term.Warn) > 0 {
		text += " !" + strings.ReplaceAll(strings.Trim(fmt.Sprint(term.Warn), "[]"), " ", ",")
	}
	if term.Unverified {
		text += " ?"
	}
	return text
}

// TestWhatThePacksSayOfTheWhole states what is not a clock.
func TestWhatThePacksSayOfTheWhole(t *testing.T) {
	t.Parallel()
	cases := []struct{ pack, window, definition, service, calendar, complaint, enquiry, feedback string }{
		{"default@1", "3 months", policy.Broad, policy.ServiceInternal, "weekdays", "60 months", "24 months", "12 months"},
		{"ukgc@1", "6 months", policy.Broad, policy.ServiceApproved, "england", "60 months", "24 months", "12 months"},
		{"cga@1", "6 months", policy.Broad, policy.ServiceCertified, "curacao", "60 months", "24 months", "12 months"},
		{"mga@1", "3 months", policy.Broad, policy.ServiceApproved, "malta", "60 months", "24 months", "12 months"},
	}
	for _, c := range cases {
		p := packIn(t, c.pack, "UTC")
		got := fmt.Sprintln(p.FileWithin(), p.Definition(), p.DisputeService(), p.Calendar().Name(), p.Retention("complaint"), p.Retention("question"), p.Retention("feedback"))
		want := fmt.Sprintln(c.window, c.definition, c.service, c.calendar, c.complaint, c.enquiry, c.feedback)
		if got != want {
			t.Errorf("%s: %swant %s", c.pack, got, want)
		}
		for _, kind := range policy.Kinds() {
			if want := kind == "complaint" || kind == "dispute" || kind == "privacy-complaint"; p.SecondReview(kind) != want {
				t.Errorf("%s: second review of a %s: %v", c.pack, kind, !want)
			}
			if p.Retention(kind).IsZero() {
				t.Errorf("%s: how long is a %s kept?", c.pack, kind)
			}
		}
		if p.Title("ru") == "" || p.Title("ru") == p.Title("en") || p.Source() == "" {
			t.Errorf("%s: title %q and %q, source %q", c.pack, p.Title("ru"), p.Title("en"), p.Source())
		}
	}
}

// TestEveryTermHasASource holds that no figure of ours comes from nowhere, and that what
// nobody has verified says so.
func TestEveryTermHasASource(t *testing.T) {
	t.Parallel()
	for _, p := range loadIn(t, "UTC").All() {
		unverified := len(p.Unverified()) > 0
		for _, kind := range policy.Kinds() {
			for _, term := range p.Terms(policy.Matter{Kind: kind, Channel: "form"}) {
				if term.Source == "" {
					t.Errorf("%s, %s, %s: no source", p.Ref(), kind, term.Rule)
				}
				unverified = unverified || term.Unverified
			}
		}
		if want := p.Ref().Name == "mga" || p.Ref().Name == "cga"; unverified != want {
			t.Errorf("%s: something is unverified: %v", p.Ref(), unverified)
		}
	}
}

// TestTermsAreTheCallers holds that nobody changes a pack through what it returns.
func TestTermsAreTheCallers(t *testing.T) {
	t.Parallel()
	p := packIn(t, "default@1", "UTC")
	m := policy.Matter{Kind: "complaint", Channel: "form"}
	for _, term := range p.Terms(m) {
		if len(term.Warn) > 0 {
			term.Warn[0] = 99
		}
	}
	for _, term := range p.Terms(m) {
		if len(term.Warn) > 0 && term.Warn[0] == 99 {
			t.Errorf("%s: the pack has changed", term.Rule)
		}
	}
}

func TestTermsAreInOrder(t *testing.T) {
	t.Parallel()
	var got []string
	for _, term := range packIn(t, "cga@1", "UTC").Terms(matter("complaint form gambling")) {
		got = append(got, string(term.Rule))
	}
	if want := "ack claim first resolve final update wait remind respond enquiry task suppress"; strings.Join(got, " ") != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestGoal(t *testing.T) {
	t.Parallel()
	p := packIn(t, "ukgc@1", "UTC")
	ack, _ := p.Term(matter("complaint form"), policy.RuleAck)
	final, _ := p.Term(matter("complaint form"), policy.RuleFinal)
	if ack.Goal() != ack.Target || final.Goal() != final.Limit {
		t.Errorf("goals: %s, %s", ack.Goal(), final.Goal())
	}
}

// TestEightWeeks holds that the day of receipt is day 1 of 56.
func TestEightWeeks(t *testing.T) {
	t.Parallel()
	p := packIn(t, "ukgc@1", "Europe/London")
	final, _ := p.Term(matter("complaint form"), policy.RuleFinal)
	received := clock(t, p.Calendar(), "2026-03-02 09:00")
	due := p.Calendar().Due(received, final.Limit, nil)
	if got := due.In(p.Calendar().Zone()).Format(time.DateTime); got != "2026-04-27 00:00:00" {
		t.Errorf("due %s: 2 March is day 1, 26 April day 56", got)
	}
}

func TestUnknownPacks(t *testing.T) {
	t.Parallel()
	packs := load(t)
	_, one := packs.Pack(policy.Ref{Name: "default", Version: 9})
	_, latest := packs.Latest("atlantis")
	_, none := policy.Packs{}.Latest("default")
	for _, err := range []error{one, latest, none} {
		if !errors.Is(err, policy.ErrUnknown) {
			t.Errorf("error %v", err)
		}
	}
}

// TestLatest holds that versions are numbers: 10 is later than 9.
func TestLatest(t *testing.T) {
	t.Parallel()
	nine := strings.Replace(house, "house@1", "house@9", 1)
	ten := strings.Replace(house, "house@1", "house@10", 1)
	packs, err := load(t).With(folder(house, "packs/house@10.yaml", ten, "packs/house@9.yaml", nine))
	if err != nil {
		t.Fatal(err)
	}
	latest, err := packs.Latest("house")
	if err != nil || latest.Ref().String() != "house@10" {
		t.Errorf("latest %s, %v", latest.Ref(), err)
	}
	var all []string
	for _, p := range packs.All() {
		all = append(all, p.Ref().String())
	}
	if want := "cga@1 default@1 house@1 house@9 house@10 mga@1 ukgc@1"; strings.Join(all, " ") != want {
		t.Errorf("%s, want %s", all, want)
	}
}

func TestRef(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"default@1", "our-own-2@17", "a@999999"} {
		if r, err := policy.ParseRef(text); err != nil || r.String() != text {
			t.Errorf("%q: %q, %v", text, r, err)
		}
	}
	for _, text := range []string{"", "default", "default@", "@1", "default@0", "default@01", "default@-1", "Default@1", "de fault@1", "-a@1", "a-@1", "a@1@1", "a@1 ", "../a@1", "a@1000000", "правила@1"} {
		if r, err := policy.ParseRef(text); err == nil {
			t.Errorf("%q is read as %v", text, r)
		}
	}
	if got := (policy.Ref{}).String(); got != "" {
		t.Errorf("no pack is %q", got)
	}
}
