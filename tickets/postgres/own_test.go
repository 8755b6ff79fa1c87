package postgres_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/tickets"
)

// account is an identity of the operator's site.
func account(subject string) tickets.Identity {
	return tickets.Identity{Account: tickets.Account{Issuer: "site", Subject: subject}}
}

// signed makes the player be signed in.
func signed(i tickets.Identity) func(*tickets.NewTicket) {
	return func(n *tickets.NewTicket) { n.By = i }
}

func TestAPlayerSeesTheirOwnTickets(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	open := func(name string, change ...func(*tickets.NewTicket)) {
		d.open(append(change, func(n *tickets.NewTicket) { n.Subject = name })...)
	}
	open("login lucky777")
	open("account lucky777", signed(account("lucky777")))
	open("account of another site", signed(tickets.Identity{Account: tickets.Account{Issuer: "elsewhere", Subject: "lucky777"}}))
	open("account Lucky777", signed(account("Lucky777")))
	open("ann by mail", byMail("Ann@player.example"))
	open("ann with a tag", byMail("ann+bets@player.example"))
	open("ann's account", byMail("ann@player.example"), signed(account("7")))
	both := account("lucky777")
	both.Email = "ann@player.example"
	for name, c := range map[string]struct {
		who  tickets.Identity
		want string // newest first
	}{
		"nobody":                       {tickets.Identity{}, ""},
		"an account":                   {account("lucky777"), "account lucky777"},
		"an account without tickets":   {account("nobody"), ""},
		"an address":                   {tickets.Identity{Email: "ann@Player.example"}, "ann's account, ann by mail"},
		"an account and an address":    {both, "ann's account, ann by mail, account lucky777"},
		"a login taken for an address": {tickets.Identity{Email: "lucky777"}, ""},
		"a wildcard":                   {tickets.Identity{Email: "%@player.example", Account: tickets.Account{Issuer: "site", Subject: "%"}}, ""},
	} {
		page, err := d.OwnTickets(t.Context(), c.who, 1)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range page.Items {
			got = append(got, i.Ticket.Subject)
			if i.Ticket.ID != 0 || i.Ticket.Account != (tickets.Account{}) {
				t.Errorf("%s: the list tells %+v", name, i.Ticket)
			}
		}
		if s := strings.Join(got, ", "); s != c.want || page.Total != len(got) {
			t.Errorf("%s sees %q of %d, want %q", name, s, page.Total, c.want)
		}
	}
}

func TestTheNewestMessageComesFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, me := d.agent("Anna"), account("1")
	old := d.open(signed(me), func(n *tickets.NewTicket) { n.At = time.Now().Add(-2 * time.Hour) })
	d.open(signed(me), func(n *tickets.NewTicket) { n.At = time.Now().Add(-time.Hour) })
	first := func() tickets.OwnItem {
		page, err := d.OwnTickets(t.Context(), me, 1)
		if err != nil || len(page.Items) != 2 {
			t.Fatalf("%+v, %v", page, err)
		}
		return page.Items[0]
	}
	d.do(old.Ticket.Number, by(anna, tickets.Noted{Body: "not for players"}))
	if first().Ticket.Number == old.Ticket.Number {
		t.Error("a note that the player cannot read moved the ticket")
	}
	d.do(old.Ticket.Number, reply(anna, "Здравствуйте", tickets.StatusPending))
	if got := first(); got.Ticket.Number != old.Ticket.Number || got.LastBy != tickets.ByAgent {
		t.Errorf("first is %+v", got)
	}
}

func TestOwnTicketsArePaged(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	me := account("1")
	for range 21 {
		d.open(signed(me))
	}
	for n, want := range map[int]int{-1: 20, 0: 20, 1: 20, 2: 1, 3: 1, 1 << 40: 1} {
		page, err := d.OwnTickets(t.Context(), me, n)
		if err != nil || len(page.Items) != want || page.Pages != 2 || page.Total != 21 {
			t.Errorf("page %d: %d items, %+v, %v", n, len(page.Items), page.Page, err)
		}
	}
}

func TestAPassOpensOneOwnTicket(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, me := d.agent("Anna"), account("1")
	mine, theirs := d.open(signed(me)), d.open(signed(account("2")))
	d.do(mine.Ticket.Number, by(anna, tickets.Noted{Body: "note"}))
	got, err := d.PlayerDossier(t.Context(), tickets.Own{Identity: me, Number: mine.Ticket.Number})
	if err != nil || len(got.Messages) != 1 || got.Ticket.ID != 0 || got.Ticket.Account != (tickets.Account{}) {
		t.Errorf("my own: %+v, %v", got, err)
	}
	reply := tickets.Event{Change: tickets.PlayerReplied{Body: "Спасибо"}}
	if _, err := d.PlayerApply(t.Context(), tickets.Own{Identity: me, Number: mine.Ticket.Number}, reply); err != nil {
		t.Errorf("reply to my own: %v", err)
	}
	for name, p := range map[string]tickets.Pass{
		"another's":      tickets.Own{Identity: me, Number: theirs.Ticket.Number},
		"one of nobody":  tickets.Own{Identity: me, Number: "ZZZZ-ZZZZ"},
		"without a name": tickets.Own{Number: theirs.Ticket.Number},
		"nothing":        nil,
	} {
		if _, err := d.PlayerDossier(t.Context(), p); !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("read %s: %v", name, err)
		}
		if _, err := d.PlayerApply(t.Context(), p, reply); !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("reply to %s: %v", name, err)
		}
	}
}

func TestATicketKnowsHowFarItsPlayerIsProven(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	byAddress := tickets.Identity{Email: "Ann@player.example"}
	for name, c := range map[string]struct {
		change []func(*tickets.NewTicket)
		want   tickets.Assurance
	}{
		"nobody signed in":         {nil, tickets.AssuranceNone},
		"a typed address":          {[]func(*tickets.NewTicket){byMail("ann@player.example")}, tickets.AssuranceNone},
		"an account":               {[]func(*tickets.NewTicket){signed(account("1"))}, tickets.AssuranceSite},
		"a proven address":         {[]func(*tickets.NewTicket){byMail("ann@player.example"), signed(byAddress)}, tickets.AssuranceEmail},
		"a proven and another one": {[]func(*tickets.NewTicket){byMail("bob@player.example"), signed(byAddress)}, tickets.AssuranceNone},
		"a proven one and a login": {[]func(*tickets.NewTicket){signed(byAddress)}, tickets.AssuranceNone},
	} {
		o := d.open(c.change...)
		if got := d.dossier(o.Ticket.Number).Ticket; got.Assurance != c.want || !cmp.Equal(got, o.Ticket, byValue) {
			t.Errorf("%s: %+v, want assurance %s", name, got, c.want)
		}
	}
}
