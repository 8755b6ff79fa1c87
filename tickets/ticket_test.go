package tickets_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"otvet/kb"
	. "otvet/tickets"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// step is a change with who makes it, and its name in the matrix.
type step struct {
	name   string
	actor  Actor
	change Change
}

var (
	player   = Actor{Kind: ByPlayer}
	agent    = Actor{Kind: ByAgent, Agent: 7}
	system   = Actor{Kind: BySystem}
	reviewed = Review{By: 7, At: noon}
)

// steps returns every change there is, in each of its forms.
func steps() []step {
	list := []step{
		{"opened", system, Opened{}},
		{"player replies", player, PlayerReplied{Body: "hello"}},
		{"player closes", player, PlayerClosed{}},
		{"note", agent, Noted{Body: "hm"}},
		{"category", agent, CategorySet{To: "bonuses"}},
		{"assign to 7", agent, Assigned{To: 7}},
		{"assign to nobody", agent, Assigned{}},
	}
	for _, s := range Statuses() {
		list = append(list,
			step{"reply, then " + string(s), agent, AgentReplied{Body: "hello", Then: s, Review: reviewed}},
			step{"set " + string(s), agent, StatusSet{To: s}})
	}
	return list
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	fmt.Fprintf(&b, "%-20s", "")
	for _, s := range Statuses() {
		fmt.Fprintf(&b, " %-9s", s)
	}
	for _, step := range steps() {
		fmt.Fprintf(&b, "\n%-20s", step.name)
		for _, s := range Statuses() {
			before := Ticket{Number: "K7M2-Q9XT", Version: 3, Status: s, Category: "deposits"}
			after, err := before.Apply(Event{At: noon, Actor: step.actor, Change: step.change})
			cell := string(after.Status)
			if err != nil {
				cell = "-"
			}
			fmt.Fprintf(&b, " %-9s", cell)
		}
	}
	golden(t, "matrix.txt", strings.ReplaceAll(b.String()+"\n", " \n", "\n"))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(got) {
		lines = append(lines, strings.TrimRight(line, " \n"))
	}
	got = strings.Join(lines, "\n") + "\n"
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s differs (-want +got); -update rewrites it:\n%s", file, d)
	}
}

// life draws a ticket's life: events of any kind, by anybody, most of them senseless.
func life(t *rapid.T) []Event {
	step := rapid.Custom(func(t *rapid.T) Event {
		s := rapid.SampledFrom(steps()).Draw(t, "step")
		e := Event{At: noon, Actor: s.actor, Change: s.change}
		if rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
			e.Actor = rapid.SampledFrom([]Actor{player, agent, system, {}, {Kind: ByAgent}}).Draw(t, "actor")
		}
		if r, ok := e.Change.(AgentReplied); ok && rapid.IntRange(0, 4).Draw(t, "unreviewed") == 0 {
			r.Review = rapid.SampledFrom([]Review{{}, {By: 7}, {At: noon}}).Draw(t, "review")
			e.Change = r
		}
		return e
	})
	return rapid.SliceOfN(step, 0, 30).Draw(t, "life")
}

func TestEveryLife(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ticket := Ticket{Number: "K7M2-Q9XT", Version: 1, Status: StatusNew, Category: "deposits", CreatedAt: noon}
		for _, e := range life(t) {
			after, err := ticket.Apply(e)
			if err != nil && !reflect.DeepEqual(after, ticket) {
				t.Fatalf("refused %s changed the ticket:\n%v\n%v", e.Change.Name(), ticket, after)
			}
			if err == nil {
				checkStep(t, ticket, after, e)
			}
			ticket = after
		}
	})
}

// checkStep holds what is true of each event that passed.
func checkStep(t *rapid.T, before, after Ticket, e Event) {
	switch name := e.Change.Name(); {
	case after.Version != before.Version+1:
		t.Fatalf("version went from %d to %d", before.Version, after.Version)
	case !after.UpdatedAt.Equal(e.At):
		t.Fatalf("updated at %v, not at the event's time", after.UpdatedAt)
	case before.Status == StatusClosed && after.Status != StatusClosed:
		t.Fatalf("%s brought a closed ticket back", name)
	case before.Status != StatusNew && after.Status == StatusNew:
		t.Fatalf("%s made a ticket new again", name)
	case !after.Status.Valid():
		t.Fatalf("%s led to status %q", name, after.Status)
	case after.Number != before.Number || after.CreatedAt != before.CreatedAt:
		t.Fatalf("%s changed what never changes", name)
	}
	if r, ok := e.Change.(AgentReplied); ok && (r.Review != reviewed || e.Actor != agent) {
		t.Fatalf("reply passed with review %v by %v", r.Review, e.Actor)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	nobody := Actor{Kind: ByAgent}
	for _, c := range []struct {
		name  string
		actor Actor
		does  Change
		want  string
	}{
		{"player replies", player, PlayerReplied{Body: "hi"}, ""},
		{"player closes", player, PlayerClosed{}, ""},
		{"agent speaks as a player", agent, PlayerReplied{Body: "hi"}, "invalid: actor unknown"},
		{"player with an agent's number", Actor{ByPlayer, 7}, PlayerReplied{Body: "hi"}, "invalid: actor unknown"},
		{"player sets the status", player, StatusSet{StatusSolved}, "invalid: actor unknown"},
		{"player notes", player, Noted{Body: "hi"}, "invalid: actor unknown"},
		{"system replies", system, AgentReplied{Body: "hi", Then: StatusPending, Review: reviewed}, "invalid: actor unknown"},
		{"nobody replies", nobody, AgentReplied{Body: "hi", Then: StatusPending, Review: reviewed}, "invalid: actor unknown"},
		{"system assigns", system, Assigned{7}, ""},
		{"reply without review", agent, AgentReplied{Body: "hi", Then: StatusPending, Review: Review{}}, "invalid: review required"},
		{"reply of nothing", agent, AgentReplied{Body: " \u200b\n", Then: StatusPending, Review: reviewed}, "invalid: body required"},
		{"note too long", agent, Noted{Body: strings.Repeat("я", MaxBody+1)}, "invalid: body too_long"},
		{"category of nothing", agent, CategorySet{" "}, "invalid: category required"},
		{"category with NUL", agent, CategorySet{"a\x00"}, "invalid: category bad_text"},
		{"no change", agent, nil, "invalid: change required"},
		{"a ticket opens twice", system, Opened{}, "opened: not possible on a open ticket"},
		{"no such status", agent, StatusSet{"gone"}, "status_set: a open ticket cannot become gone"},
	} {
		_, err := Ticket{Status: StatusOpen, Version: 1}.Apply(Event{At: noon, Actor: c.actor, Change: c.does})
		if got := fmt.Sprint(err); got != c.want && (err != nil || c.want != "") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestEventKey(t *testing.T) {
	t.Parallel()
	for key, ok := range map[string]bool{
		"": true, "k": true, strings.Repeat("k", 255): true, strings.Repeat("k", 256): false, "a b": false, "a\x00": false, "ключ": false,
	} {
		_, err := Ticket{Status: StatusOpen}.Apply(Event{Key: key, Actor: agent, Change: Noted{Body: "n"}})
		if (err == nil) != ok {
			t.Errorf("key %q: %v", key, err)
		}
	}
}

func valid() NewTicket {
	return NewTicket{
		Key: "0123456789abcdef", Visit: "v1", Locale: kb.RU, Category: "withdrawals", Subject: "Вывод", Body: "Где деньги?",
		Requester: Requester{Login: "lucky777"}, At: noon,
	}
}

func TestNewTicket(t *testing.T) {
	t.Parallel()
	knows := func(c string) bool { return c == "withdrawals" }
	for _, c := range []struct {
		name   string
		change func(*NewTicket)
		want   string // empty: fine
	}{
		{"as it should be", func(*NewTicket) {}, ""},
		{"not sure", func(n *NewTicket) { n.Category = CategoryUnsure }, ""},
		{"nothing", func(n *NewTicket) { *n = NewTicket{} }, "invalid: category required, subject required, body required, contact required, key required, locale unknown"},
		{"foreign category", func(n *NewTicket) { n.Category = "refunds" }, "invalid: category unknown"},
		{"long subject", func(n *NewTicket) { n.Subject = strings.Repeat("ж", MaxSubject+1) }, "invalid: subject too_long"},
		{"subject at the limit", func(n *NewTicket) { n.Subject = strings.Repeat("ж", MaxSubject) }, ""},
		{"invisible body", func(n *NewTicket) { n.Body = "\u200b\u200e\u2060\u00ad" }, "invalid: body required"},
		{"joiners only", func(n *NewTicket) { n.Body = "\u200d \u200c" }, "invalid: body required"},
		{"NUL", func(n *NewTicket) { n.Body = "a\x00b" }, "invalid: body bad_text"},
		{"not UTF-8", func(n *NewTicket) { n.Subject = "a\xffb" }, "invalid: subject bad_text"},
		{"surrogate in UTF-8", func(n *NewTicket) { n.Body = "\xed\xa0\x80" }, "invalid: body bad_text"},
		{"short key", func(n *NewTicket) { n.Key = "0123456789abcde" }, "invalid: key required"},
		{"long key", func(n *NewTicket) { n.Key = strings.Repeat("k", 256) }, "invalid: key too_long"},
		{"key with NUL", func(n *NewTicket) { n.Key = "0123456789abcde\x00" }, "invalid: key bad_text"},
		{"visit with a line end", func(n *NewTicket) { n.Visit = "a\nb" }, "invalid: visit bad_text"},
		{"foreign locale", func(n *NewTicket) { n.Locale = "de" }, "invalid: locale unknown"},
		{"foreign priority", func(n *NewTicket) { n.Priority = "urgent" }, "invalid: priority unknown"},
	} {
		n := valid()
		c.change(&n)
		_, err := n.Validate(knows)
		var invalid *InvalidError
		if got := fmt.Sprint(err); (err != nil || c.want != "") && (got != c.want || !errors.As(err, &invalid)) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNewTicketIsCleaned(t *testing.T) {
	t.Parallel()
	n := valid()
	n.Subject, n.Body = " Кафе\u0301\u200b ", "one\r\ntwo\rthree\x07\u202e \U0001F468\u200d\U0001F469 "
	got, err := n.Validate(func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	want := n
	want.Subject, want.Body, want.Priority = "Кафе\u0301", "one\ntwo\nthree \U0001F468\u200d\U0001F469", PriorityNormal
	want.Kind, want.Channel = KindQuestion, ChannelForm
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("cleaned (-want +got):\n%s", d)
	}
	again, err := got.Validate(func(string) bool { return true })
	if err != nil || !reflect.DeepEqual(again, got) {
		t.Errorf("cleaning twice: %+v, %v", again, err)
	}
}
