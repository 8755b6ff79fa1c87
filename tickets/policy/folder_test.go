package policy_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"otvet/tickets/policy"
)

var update = flag.Bool("update", false, "add the golden hashes of new versions")

// house is an operator's own pack that keeps to everything.
const house = `pack: house@1
title: {en: House rules, ru: Правила дома}
source: ours
extends: default@1
file-within: 4 months
retention:
  feedback: 6 months
terms:
  - rule: final
    kinds: [complaint]
    limit: 20 days
    warn: [50, 80]
    extend: 10 days
    extensions: 2
    source: ours
  - rule: remind
    limit: 5 days
    source: ours
`

// folder is an operator's folder with packs/house@1.yaml, the calendar "shop" and, in
// pairs of path and text, what else there is.
func folder(pack string, more ...string) fstest.MapFS {
	files := fstest.MapFS{"packs/house@1.yaml": {Data: []byte(pack)}}
	for pair := range slices.Chunk(more, 2) {
		files[pair[0]] = &fstest.MapFile{Data: []byte(pair[1])}
	}
	return files
}

func TestOperatorsPack(t *testing.T) {
	t.Parallel()
	packs, err := load(t).With(folder(house))
	if err != nil {
		t.Fatal(err)
	}
	pack, err := packs.Latest("house")
	if err != nil {
		t.Fatal(err)
	}
	complaint := policy.Matter{Kind: "complaint", Channel: "form"}
	checks := []struct{ what, got, want string }{
		{"reference", pack.Ref().String(), "house@1"},
		{"title", pack.Title("ru") + ", " + pack.Title("en") + ", " + pack.Title("de"), "Правила дома, House rules, House rules"},
		{"its own term", limit(t, pack, complaint, policy.RuleFinal), "20 days"},
		{"a term of what it extends", limit(t, pack, complaint, policy.RuleRespond), "14 days"},
		{"another kind", limit(t, pack, policy.Matter{Kind: "dispute"}, policy.RuleFinal), "1 month"},
		{"window", pack.FileWithin().String(), "4 months"},
		{"its own retention", pack.Retention("feedback").String(), "6 months"},
		{"retention of what it extends", pack.Retention("complaint").String(), "60 months"},
		{"definition", pack.Definition(), policy.Broad},
		{"dispute service", pack.DisputeService(), policy.ServiceInternal},
		{"calendar", pack.Calendar().Name(), "weekdays"},
	}
	for _, c := range checks {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.what, c.got, c.want)
		}
	}
	if _, err := load(t).Latest("house"); err == nil {
		t.Error("the packs before have the new one too")
	}
}

// TestBadFolders holds that a mistake in a pack is found when it is loaded, with its file,
// line and key: never on the day when a case needs it.
func TestBadFolders(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, old, replacement, want string }{
		{"unknown key", "source: ours\nextends", "sauce: ours\nextends", "packs/house@1.yaml:3: field sauce not found in type policy.packFile"},
		{"unknown key of a row", "    extensions: 2", "    extension: 2", "packs/house@1.yaml:14: field extension not found in type policy.row"},
		{"repeated key", "source: ours\nextends", "source: ours\nsource: ours\nextends", "packs/house@1.yaml:4: mapping key \"source\" already defined at line 3"},
		{"bad span", "limit: 20 days", "limit: 20 weeks", `packs/house@1.yaml:11: length of time "20 weeks": write it as`},
		{"no YAML", "pack: house@1", "pack: [", "packs/house@1.yaml"},
		{"two documents", "file-within", "---\nfile-within", "packs/house@1.yaml: more than one document"},
		{"another name", "pack: house@1", "pack: house@2", `packs/house@1.yaml:1: pack: the file is named for house@1, and says that it is "house@2"`},
		{"no title", ", ru: Правила дома", "", "packs/house@1.yaml:2: title: name the rules in ru"},
		{"no source", "source: ours\nextends", "extends", "packs/house@1.yaml: source: say where the rules come from"},
		{"base that is not there", "default@1", "default@9", "packs/house@1.yaml:4: extends: there is no default@9"},
		{"base of itself", "default@1", "house@1", "packs/house@1.yaml:4: extends: house@1 extends itself"},
		{"base without version", "default@1", "default", `packs/house@1.yaml:4: extends: pack "default": write a name and a version`},
		{"no base", "extends: default@1\n", "", `packs/house@1.yaml: calendar: there is no calendar ""`},
		{"unknown calendar", "file-within", "calendar: mars\nfile-within", `packs/house@1.yaml:5: calendar: there is no calendar "mars"`},
		{"window in hours", "4 months", "9999h", "packs/house@1.yaml:5: file-within: say it in months or days"},
		{"definition", "file-within", "definition: wide\nfile-within", `packs/house@1.yaml:5: definition: "wide" is none of broad, narrow`},
		{"dispute service", "file-within", "dispute-service: mine\nfile-within", `packs/house@1.yaml:5: dispute-service: "mine" is none of`},
		{"second review", "file-within", "second-review: [grumble]\nfile-within", `packs/house@1.yaml:5: second-review: "grumble" is none of`},
		{"retention of no kind", "  feedback: 6 months", "  gossip: 6 months", `packs/house@1.yaml:7: retention.gossip: "gossip" is none of`},
		{"rule", "rule: remind", "rule: nag", `packs/house@1.yaml:16: terms[1].rule: no such rule: "nag"`},
		{"kind", "kinds: [complaint]", "kinds: [complain]", `packs/house@1.yaml:10: terms[0].kinds: "complain" is none of`},
		{"channel", "kinds: [complaint]", "channels: [pigeon]", `packs/house@1.yaml:10: terms[0].channels: "pigeon" is none of`},
		{"class", "kinds: [complaint]", "classes: [upper]", `packs/house@1.yaml:10: terms[0].classes: "upper" is none of`},
		{"complexity", "kinds: [complaint]", "complexities: [hard]", `packs/house@1.yaml:10: terms[0].complexities: "hard" is none of`},
		{"no limit", "    limit: 20 days\n", "", "packs/house@1.yaml:9: terms[0]: say the limit"},
		{"no source of a row", "    limit: 5 days\n    source: ours", "    limit: 5 days", "packs/house@1.yaml:16: terms[1]: say the source"},
		{"extended by nothing", "    extend: 10 days\n", "", "packs/house@1.yaml:13: terms[0].extensions: say both"},
		{"never extended", "    extensions: 2\n", "", "packs/house@1.yaml:9: terms[0].extensions: say both"},
		{"warnings fall", "[50, 80]", "[80, 50]", "packs/house@1.yaml:12: terms[0].warn: percent from 1 to 99, rising: [80 50]"},
		{"warning at the end", "[50, 80]", "[50, 100]", "packs/house@1.yaml:12: terms[0].warn: percent from 1 to 99, rising: [50 100]"},
		{
			"row that never decides", "  - rule: remind", "  - rule: final\n    kinds: [complaint]\n    channels: [chat]\n    limit: 5 days\n    source: ours\n  - rule: remind",
			"packs/house@1.yaml:16: terms[1]: never decides: terms[0] on line 9 fits first",
		},
		{"target beyond the limit", "    limit: 20 days", "    target: 21 days\n    limit: 20 days", "packs/house@1.yaml:11: terms[0].target: final: 21 days is more than the limit, 20 days"},
		{"reminder too late", "limit: 5 days", "limit: 15 days", "packs/house@1.yaml:17: terms[1].limit: remind: 15 days is more than we wait, 14 days"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			refuses(t, folder(replaced(t, c.old, c.replacement)), c.want)
		})
	}
}

// TestFloor holds that no pack undercuts what floor.yaml promises.
func TestFloor(t *testing.T) {
	t.Parallel()
	row := func(lines string) string { return "terms:\n  - " + strings.TrimSpace(lines) + "\n    source: ours" }
	cases := []struct{ name, old, replacement, want string }{
		{"window", "4 months", "2 months", "packs/house@1.yaml:5: file-within: 2 months is less than the floor, 3 months"},
		{"window in days that may be less", "4 months", "91 days", "packs/house@1.yaml:5: file-within: 91 days is less than the floor, 3 months"},
		{"retention", "feedback: 6 months", "complaint: 11 months", "packs/house@1.yaml:7: retention.complaint: 11 months is less than the floor, 12 months"},
		{"acknowledgement", "terms:", row("rule: ack\n    limit: 6m"), "packs/house@1.yaml:10: terms[0].limit: ack: 6m is more than the floor, 5m"},
		{"aim of the acknowledgement", "terms:", row("rule: ack\n    target: 6m\n    limit: 24h"), "packs/house@1.yaml:10: terms[0].target: ack: 6m is more than the floor, 5m"},
		{"safety", "terms:", row("rule: claim\n    kinds: [safety]\n    limit: 10m"), "packs/house@1.yaml:11: terms[0].limit: claim: 10m is more than the floor, 5m"},
		{"responsible gambling", "terms:", row("rule: claim\n    classes: [gambling]\n    limit: 10m"), "packs/house@1.yaml:11: terms[0].limit: claim: 10m is more than the floor, 5m"},
		{"decision", "limit: 20 days", "limit: 57 days", "packs/house@1.yaml:11: terms[0].limit: final: 57 days is more than the floor, 56 days"},
		{"decision in months", "limit: 20 days", "limit: 2 months", "packs/house@1.yaml:11: terms[0].limit: final: 2 months is more than the floor, 56 days"},
		{"decision in business days", "limit: 20 days", "limit: 41 business days", "packs/house@1.yaml:11: terms[0].limit: final: 41 business days is more than the floor, 56 days"},
		{"extensions", "extensions: 2", "extensions: 4", "packs/house@1.yaml:13: terms[0].extend: final: 20 days and 4 times 10 days is more than the floor, 2 months"},
		{"nobody is warned", "    warn: [50, 80]\n", "", "packs/house@1.yaml:9: terms[0].warn: final: say when people are told"},
		{"data request", "kinds: [complaint]\n    limit: 20 days", "kinds: [data-request]\n    limit: 31 days", "packs/house@1.yaml:11: terms[0].limit: final: 31 days is more than the floor, 1 month"},
		{"updates", "terms:", row("rule: update\n    limit: 15 days"), "packs/house@1.yaml:10: terms[0].limit: update: 15 days is more than the floor, 14 days"},
		{"we wait for ever", "terms:", row("rule: wait\n    limit: 3 months"), "packs/house@1.yaml:10: terms[0].limit: wait: 3 months is more than the floor, 1 month"},
		{"no time to answer", "terms:", row("rule: respond\n    limit: 48h"), "packs/house@1.yaml:10: terms[0].limit: respond: 48h is less than the floor, 7 days"},
		{"enquiry", "terms:", row("rule: enquiry\n    limit: 11 business days"), "packs/house@1.yaml:10: terms[0].limit: enquiry: 11 business days is more than the floor, 10 business days"},
		{"marketing", "terms:", row("rule: suppress\n    limit: 3 days"), "packs/house@1.yaml:10: terms[0].limit: suppress: 3 days is more than the floor, 48h"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			refuses(t, folder(replaced(t, c.old, c.replacement)), c.want)
		})
	}
	t.Run("business days of the pack's own calendar", func(t *testing.T) {
		t.Parallel()
		brisk := replaced(t, "limit: 20 days", "limit: 12 business days")
		slack := strings.NewReplacer("house@1", "slack@1", "file-within", "calendar: slack\nfile-within").Replace(brisk)
		const week = "calendar: slack\nsource: ours\nweekend: [monday, tuesday, wednesday, thursday, friday, saturday]\nevery-year: true\n"
		refuses(t, folder(brisk, "packs/slack@1.yaml", slack, "calendars/slack.yaml", week),
			"packs/slack@1.yaml:12: terms[0].limit: final: 12 business days is more than the floor, 56 days")
	})
	t.Run("a pack on its own says everything", func(t *testing.T) {
		t.Parallel()
		lone := strings.Replace(house, "extends: default@1", "calendar: weekdays\ndefinition: broad\ndispute-service: none", 1)
		refuses(t, folder(lone), "packs/house@1.yaml:8: retention: say how long the kind complaint is kept")
		var kept strings.Builder
		for _, kind := range policy.Kinds() {
			fmt.Fprintf(&kept, "  %s: 24 months\n", kind)
		}
		lone = strings.Replace(lone, "  feedback: 6 months\n", kept.String(), 1)
		refuses(t, folder(lone), "packs/house@1.yaml:17: terms: no row for ack of kind complaint\n", "no row for claim of kind safety\n", "no row for claim of kind question, class gambling\n")
	})
}

func TestOddFolders(t *testing.T) {
	t.Parallel()
	const shop = "calendar: shop\nsource: ours\nweekend: [monday]\nholidays:\n  2026: [2026-12-24]\n"
	cases := []struct {
		name  string
		files fstest.MapFS
		want  string
	}{
		{"nothing", fstest.MapFS{}, "packs: there is no such folder, or nothing in it"},
		{"version of ours", fstest.MapFS{"packs/default@1.yaml": {Data: []byte("pack: default@1")}}, "packs/default@1.yaml:1: pack: default@1 exists: a version never changes"},
		{"name without version", fstest.MapFS{"packs/house.yaml": {Data: []byte("pack: house")}}, "packs/house.yaml: name the file for the pack and its version"},
		{"not a rule", folder(house, "packs/notes.txt", "?"), "packs/notes.txt: only .yaml files have a place here"},
		{"empty file", folder(""), "packs/house@1.yaml: the file is empty"},
		{"calendar of ours", folder(house, "calendars/weekdays.yaml", "calendar: weekdays"), "calendars/weekdays.yaml:1: calendar: weekdays exists"},
		{"calendar of another name", folder(house, "calendars/stall.yaml", shop), `calendars/stall.yaml:1: calendar: the file is named for stall, and says that it is "shop"`},
		{"no such weekday", folder(house, "calendars/shop.yaml", strings.Replace(shop, "monday", "Lundi", 1)), `calendars/shop.yaml:3: weekend: no day of the week: "Lundi"`},
		{"never open", folder(house, "calendars/shop.yaml", strings.Replace(shop, "[monday]", "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]", 1)), "calendars/shop.yaml:3: weekend: leave a day to work on"},
		{"no such day", folder(house, "calendars/shop.yaml", strings.Replace(shop, "12-24", "02-29", 1)), `calendars/shop.yaml:5: holidays.2026: no day of 2026: "2026-02-29"`},
		{"day of another year", folder(house, "calendars/shop.yaml", strings.Replace(shop, "2026-", "2025-", 1)), `calendars/shop.yaml:5: holidays.2026: no day of 2026: "2025-12-24"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			refuses(t, c.files, c.want)
		})
	}
	t.Run("packs in a circle", func(t *testing.T) {
		t.Parallel()
		one := strings.Replace(house, "default@1", "home@1", 1)
		two := strings.NewReplacer("house@1", "home@1", "default@1", "house@1").Replace(house)
		refuses(t, folder(one, "packs/home@1.yaml", two), "packs/house@1.yaml:4: extends: house@1 extends itself")
	})
	t.Run("own calendar, base that is read later", func(t *testing.T) {
		t.Parallel()
		base := strings.NewReplacer("house@1", "zeta@1", "extends: default@1", "extends: default@1\ncalendar: shop").Replace(house)
		packs, err := load(t).With(folder(strings.Replace(house, "default@1", "zeta@1", 1), "packs/zeta@1.yaml", base, "calendars/shop.yaml", shop))
		if err != nil {
			t.Fatal(err)
		}
		pack, err := packs.Pack(policy.Ref{Name: "house", Version: 1})
		if err != nil || pack.Calendar().Name() != "shop" {
			t.Errorf("calendar %q, %v", pack.Calendar().Name(), err)
		}
	})
}

// TestShippedVersionsNeverChange holds that a pack that a case may have been opened under
// says for ever what it said then. -update adds new versions and changes no old one.
func TestShippedVersionsNeverChange(t *testing.T) {
	t.Parallel()
	golden := filepath.Join("testdata", "shipped.txt")
	text, err := os.ReadFile(golden)
	if err != nil && !*update {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("packs", "*"))
	if err != nil {
		t.Fatal(err)
	}
	hashes := map[string]string{}
	for line := range strings.Lines(string(text)) {
		hash, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		hashes[name] = hash
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, hash := filepath.Base(file), fmt.Sprintf("%x", sha256.Sum256(content))
		switch was, known := hashes[name]; {
		case !known && *update:
			text = fmt.Appendf(text, "%s  %s\n", hash, name)
		case !known:
			t.Errorf("%s is new: run this test with -update", name)
		case was != hash:
			t.Errorf("%s has changed: take the change back and make the next version", name)
		}
		delete(hashes, name)
	}
	for name := range hashes {
		t.Errorf("%s is gone: cases that were opened under it need it", name)
	}
	if *update {
		if err := os.WriteFile(golden, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// refuses wants a folder refused with errors that contain what is wanted.
func refuses(t *testing.T, files fstest.MapFS, want ...string) {
	t.Helper()
	_, err := load(t).With(files)
	for _, w := range want {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("error:\n%v\nwant:\n%s", err, w)
		}
	}
}

// replaced is the house's pack with something changed.
func replaced(t *testing.T, old, replacement string) string {
	t.Helper()
	if !strings.Contains(house, old) {
		t.Fatalf("the house's pack has no %q", old)
	}
	return strings.Replace(house, old, replacement, 1)
}

// limit is a pack's limit for a matter.
func limit(t *testing.T, p *policy.Pack, m policy.Matter, r policy.Rule) string {
	t.Helper()
	term, _ := p.Term(m, r)
	return term.Limit.String()
}

// load returns the shipped packs in UTC.
func load(t *testing.T) policy.Packs {
	t.Helper()
	return loadIn(t, "UTC")
}
