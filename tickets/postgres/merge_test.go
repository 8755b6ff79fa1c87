package postgres_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

func body(s string) func(*tickets.NewTicket) { return func(n *tickets.NewTicket) { n.Body = s } }

// told lists messages with where they came from.
func told(messages []tickets.Message) string {
	var list []string
	for _, m := range messages {
		list = append(list, strings.TrimSpace(m.Body+" "+string(m.From)))
	}
	return strings.Join(list, ", ")
}

func TestMergedTicketsKeepEveryMessage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	first := d.open(body("1"), byMail("p@player.example"), at(morning))
	second := d.open(body("2"), byMail("P@player.example"), at(morning.Add(hour)), func(n *tickets.NewTicket) { n.Priority = tickets.PrioritySafety })
	a, b := first.Ticket.Number, second.Ticket.Number
	d.doAt(morning.Add(2*hour), a, anna, tickets.AgentReplied{Body: "3", Then: tickets.StatusPending, Review: reviewed(anna, morning)})
	before := d.dossier(b)

	merge := by(anna, nil)
	merge.Key = "merge-form"
	for range 2 { // the second time changes nothing
		got, err := d.MergeTickets(t.Context(), postgres.Merging{From: b, Into: a, Checked: true}, before.Ticket.Version, merge)
		if err != nil || got.Number != a || got.Priority != tickets.PrioritySafety || got.Status != tickets.StatusOpen {
			t.Fatalf("merged: %+v, %v", got, err)
		}
	}
	want := "1, 2 " + string(b) + ", 3"
	if got := told(d.dossier(a).Messages); got != want {
		t.Errorf("agents read %s, want %s", got, want)
	}
	player, err := d.PlayerDossier(t.Context(), first.Token)
	if got := told(player.Messages); err != nil || got != want {
		t.Errorf("the player reads %s, %v, want %s", got, err, want)
	}
	merged := d.dossier(b)
	if merged.Ticket.Status != tickets.StatusClosed || merged.Ticket.Case.MergedInto != a || told(merged.Messages) != "2" {
		t.Errorf("the merged ticket: %+v, %s", merged.Ticket, told(merged.Messages))
	}
	if n := d.count(`SELECT count(*) FROM letters WHERE kind = 'merged'`); n != 1 {
		t.Errorf("%d letters tell of it", n)
	}
	undo := by(anna, nil)
	back, err := d.UnmergeTickets(t.Context(), b, merged.Ticket.Version, undo)
	if err != nil || back.Status != before.Ticket.Status || back.Case.MergedInto != "" {
		t.Errorf("unmerged: %+v, %v", back, err)
	}
	if got := told(d.dossier(a).Messages); got != "1, 3" {
		t.Errorf("afterwards agents read %s", got)
	}
	if diff := cmp.Diff(before.Messages, d.dossier(b).Messages); diff != "" {
		t.Errorf("messages (-before +after):\n%s", diff)
	}
	changes := func(n tickets.Number) (list []string) {
		for _, e := range d.dossier(n).History {
			list = append(list, e.Change)
		}
		return list
	}
	if diff := cmp.Diff([]string{"opened", "same_player_checked", "merged", "unmerged"}, changes(b)); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"opened", "agent_replied", "absorbed", "released"}, changes(a)); diff != "" {
		t.Errorf("history of the other (-want +got):\n%s", diff)
	}
}

func TestWhatCannotBeMerged(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, boris := d.agent("Anna"), d.agent("Boris")
	mine, again := d.open(), d.open()
	other := d.open(byMail("p@player.example"))
	about := d.open()
	d.do(about.Ticket.Number, by(anna, tickets.Accused{Agent: boris.ID}))
	ended := d.open()
	if _, err := d.PlayerApply(t.Context(), ended.Token, tickets.Event{Change: tickets.PlayerClosed{}}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		from, into tickets.Number
		version    int
		by         tickets.Agent
		want       string
	}{
		"another player's":  {mine.Ticket.Number, other.Ticket.Number, 1, anna, "into not_yours"},
		"itself":            {mine.Ticket.Number, mine.Ticket.Number, 1, anna, "not possible on a new ticket"},
		"into what is over": {mine.Ticket.Number, ended.Ticket.Number, 1, anna, "not possible on a closed ticket"},
		"what is over":      {ended.Ticket.Number, mine.Ticket.Number, 2, anna, "not possible on a closed ticket"},
		"unknown":           {mine.Ticket.Number, "0000-0000", 1, anna, "not found"},
		"by the accused":    {mine.Ticket.Number, about.Ticket.Number, 1, boris, "not found"},
		"a stale page":      {mine.Ticket.Number, again.Ticket.Number, 7, anna, tickets.ErrConflict.Error()},
	} {
		if _, err := d.MergeTickets(t.Context(), postgres.Merging{From: c.from, Into: c.into, Checked: true}, c.version, by(c.by, nil)); err == nil || !strings.HasSuffix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	var refused *tickets.TransitionError
	if _, err := d.UnmergeTickets(t.Context(), mine.Ticket.Number, 1, by(anna, nil)); !errors.As(err, &refused) {
		t.Errorf("unmerging what was not merged: %v", err)
	}
	if got := d.dossier(mine.Ticket.Number).Ticket; got.Version != 1 {
		t.Errorf("version %d after refusals", got.Version)
	}
}

// Two agents merge two tickets into each other at the same time: one of them wins.
func TestTicketsMergedIntoEachOther(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	for range 5 {
		a, b := d.open().Ticket.Number, d.open().Ticket.Number
		var all sync.WaitGroup
		errs := make([]error, 2)
		for i, pair := range [][2]tickets.Number{{a, b}, {b, a}} {
			all.Go(func() {
				_, errs[i] = d.MergeTickets(t.Context(), postgres.Merging{From: pair[0], Into: pair[1], Checked: true}, 1, by(anna, nil))
			})
		}
		all.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("%v and %v: want one of them to win", errs[0], errs[1])
		}
	}
}

// Merging again and again makes nothing faster: the place in the queue and every day that
// was promised stay.
func TestADuplicateMovesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	n := d.open(complaint, at(morning)).Ticket.Number
	before := d.dossier(n).Ticket
	for i := range 3 {
		later := d.open(complaint, at(morning.Add(time.Duration(i+1)*hour))).Ticket
		if _, err := d.MergeTickets(t.Context(), postgres.Merging{From: later.Number, Into: n, Checked: true}, later.Version, by(anna, nil)); err != nil {
			t.Fatal(err)
		}
	}
	after := d.dossier(n).Ticket
	if diff := cmp.Diff(clocksOf(before), clocksOf(after)); diff != "" || !after.Case.ReceivedAt.Equal(before.Case.ReceivedAt) || !after.RiskAt().Equal(before.RiskAt()) {
		t.Errorf("clocks (-before +after):\n%s", diff)
	}
}

// Who reads a message of a merged ticket opens its files too, and nobody else.
func TestFilesOfAMergedTicket(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, boris := d.agent("Anna"), d.agent("Boris")
	goesOn, merged, stranger := d.open(), d.open(withPictures(1)), d.open(byMail("p@player.example"))
	n := goesOn.Ticket.Number
	if _, err := d.MergeTickets(t.Context(), postgres.Merging{From: merged.Ticket.Number, Into: n, Checked: true}, 1, by(anna, nil)); err != nil {
		t.Fatal(err)
	}
	file := d.dossier(n).Messages[1].Files[0].ID
	if _, err := d.PlayerAttachment(t.Context(), goesOn.Token, file); err != nil {
		t.Error(err)
	}
	if _, err := d.Attachment(t.Context(), anna.ID, n, file); err != nil {
		t.Error(err)
	}
	if _, err := d.PlayerAttachment(t.Context(), stranger.Token, file); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	d.do(n, by(anna, tickets.Accused{Agent: boris.ID}))
	if _, err := d.Attachment(t.Context(), boris.ID, n, file); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("the accused: %v", err)
	}
}

// Whoever reads the ticket that goes on reads the other one too: a contact that somebody
// typed shows them nobody's messages.
func TestMergingShowsNothingToStrangers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	mail := byMail("ann@player.example")
	proven := signed(tickets.Identity{Email: "ann@player.example"})
	type who = []func(*tickets.NewTicket)
	typed, signedIn := who{mail}, who{mail, proven}
	account7, account8 := who{mail, signed(account("7"))}, who{mail, signed(account("8"))}
	const ok, refused, asked = "", "into not_yours", "checked required"
	for name, c := range map[string]struct {
		from, into         who
		unchecked, checked string
	}{
		"logins":                       {nil, nil, asked, ok},
		"addresses":                    {typed, typed, asked, ok},
		"a login and an address":       {nil, typed, refused, refused},
		"proven into typed":            {signedIn, typed, refused, refused},
		"typed into its mailbox":       {typed, signedIn, ok, ok},
		"both proven by mail":          {signedIn, signedIn, ok, ok},
		"another address":              {who{byMail("eve@player.example")}, signedIn, refused, refused},
		"one account":                  {account7, who{signed(account("7"))}, ok, ok},
		"two accounts":                 {account7, account8, refused, refused},
		"an account into what is less": {account7, signedIn, refused, refused},
		"an account into typed":        {account7, typed, refused, refused},
		"typed into an account":        {typed, account7, refused, refused},
		"a mailbox into an account":    {signedIn, account7, refused, refused},
	} {
		for checked, want := range map[bool]string{false: c.unchecked, true: c.checked} {
			from, into := d.open(c.from...).Ticket, d.open(c.into...)
			_, err := d.MergeTickets(t.Context(), postgres.Merging{From: from.Number, Into: into.Ticket.Number, Checked: checked}, from.Version, by(anna, nil))
			if (err == nil) != (want == ok) || err != nil && !strings.HasSuffix(err.Error(), want) {
				t.Errorf("%s, checked %t: %v, want %q", name, checked, err, want)
			}
			seen, err := d.PlayerDossier(t.Context(), into.Token)
			if err != nil || (len(seen.Messages) == 2) != (want == ok) {
				t.Errorf("%s, checked %t: the other reads %d messages, %v", name, checked, len(seen.Messages), err)
			}
			vouched := slices.ContainsFunc(d.dossier(from.Number).History, func(e tickets.Entry) bool { return e.Change == postgres.EntrySamePlayer })
			if vouched != (c.unchecked == asked && checked) {
				t.Errorf("%s, checked %t: the history says that somebody vouched: %t", name, checked, vouched)
			}
		}
	}
}
