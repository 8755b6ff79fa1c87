package desk

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"testing"
	"time"

	"pgregory.net/rapid"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/policy"
)

var team = []tickets.Agent{
	{ID: 1, Name: "Анна", Locale: kb.RU},
	{ID: 2, Name: "Ben", Locale: kb.EN},
	{ID: 3, Name: "Cleo", Locale: kb.EN},
}

// fill fills in a form as a person might, always with something valid.
func fill(t *rapid.T, fields []field) url.Values {
	values := url.Values{}
	for _, f := range fields {
		switch f.Kind {
		case fieldSet:
			values.Set(f.Name, f.Value)
		case fieldTick:
			if rapid.Bool().Draw(t, f.Name) {
				values.Set(f.Name, "yes")
			}
		case fieldSelect, fieldRadio:
			if len(f.Choices) > 0 {
				values.Set(f.Name, rapid.SampledFrom(f.Choices).Draw(t, f.Name).Value)
			}
		case fieldText, fieldLine:
			values.Set(f.Name, "Слова и words, "+rand.Text()) // never the same twice
		}
	}
	if values.Has("into") {
		values.Set("into", "AAAA-AAAA")
	}
	return values
}

// players are what a player and the clock do.
func players(t *rapid.T, ticket tickets.Ticket) (tickets.Actor, tickets.Change) {
	byPlayer := tickets.Actor{Kind: tickets.ByPlayer}
	changes := []tickets.Change{
		tickets.PlayerReplied{Body: "hello"},
		tickets.PlayerAccepted{},
		tickets.ClarificationAsked{Body: "why?"},
		tickets.Appealed{Body: "no"},
		tickets.Appealed{Body: "no again"},
		tickets.Appealed{Body: "still no"},
		tickets.Objected{Body: "no"},
		tickets.EscalationAsked{Body: "up"},
		tickets.Rated{Score: 4},
	}
	for _, d := range ticket.Deadlines() {
		changes = append(changes, tickets.DeadlinePassed{Rule: d.Rule, Round: d.Round})
	}
	c := rapid.SampledFrom(changes).Draw(t, "their change")
	if _, ok := c.(tickets.DeadlinePassed); ok {
		return tickets.Actor{Kind: tickets.BySystem}, c
	}
	return byPlayer, c
}

// TestAFormIsShownIfAndOnlyIfItCanBeDone walks tickets through lives: at each step every
// form of every agent is filled in, and the ticket must take it where the page shows it and
// refuse it where the page does not.
func TestAFormIsShownIfAndOnlyIfItCanBeDone(t *testing.T) {
	packs, err := policy.Load(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	w := newWords(t, kb.EN)
	seen := map[tickets.Stage]bool{}
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.SampledFrom(packs.All()).Draw(t, "rules")
		kind := rapid.SampledFrom(append(tickets.Kinds(), tickets.KindComplaint, tickets.KindComplaint)).Draw(t, "kind")
		at := w.now.Add(-400 * 24 * time.Hour)
		ticket := tickets.NewTicket{
			Locale: kb.EN, Category: tickets.CategoryUnsure, Subject: "s", Body: "b", Kind: kind, Channel: tickets.ChannelPhone,
			Priority: tickets.PriorityNormal, Requester: tickets.Requester{Email: "p@demo.example"}, At: at,
		}.Open("K7M2-Q9XT", rules)
		for range 24 {
			at = at.Add(time.Duration(rapid.IntRange(1, 20*24).Draw(t, "hours")) * time.Hour)
			moment := w
			moment.now = at
			seen[ticket.Case.Stage] = true
			var possible, next []tickets.Event
			for _, a := range team {
				s := scene{moment, ticket, team, a.ID}
				for name, e := range checkForms(t, s) {
					possible = append(possible, e)
					if name == s.next() {
						next = append(next, e)
					}
				}
			}
			if len(next) > 0 && rapid.IntRange(0, 5).Draw(t, "astray") > 0 {
				possible = next // else most lives end before they get anywhere
			}
			if len(next) == 0 && rapid.Bool().Draw(t, "theirs") || rapid.IntRange(0, 9).Draw(t, "who") == 0 {
				actor, change := players(t, ticket)
				possible = []tickets.Event{{At: at, Actor: actor, Change: change}}
			}
			e := rapid.SampledFrom(possible).Draw(t, "event")
			ticket, _ = ticket.Apply(e)
		}
	})
	for _, s := range tickets.Stages() {
		if !seen[s] {
			t.Errorf("no life came to the stage %q", s)
		}
	}
}

// checkForms fills in every form for an agent and returns what could be done, by name.
func checkForms(t *rapid.T, s scene) map[string]tickets.Event {
	possible := map[string]tickets.Event{}
	for _, a := range acts() {
		refusal := s.refusal(a)
		values := fill(t, a.fields(s))
		change, err := a.change(input{values: values, scene: s})
		if err == nil {
			_, err = s.ticket.Apply(s.event(change))
		}
		describe := fmt.Sprintf("%s by agent %d on a %s %s (%s) with %v", a.name, s.me, s.ticket.Status, s.ticket.Kind, s.ticket.Case.Stage, values)
		switch {
		case refusal == nil && err != nil:
			t.Fatalf("%s is shown, but: %v", describe, err)
		case refusal != nil && err == nil:
			t.Fatalf("%s is possible, but not shown: %v", describe, refusal)
		case err == nil:
			possible[a.name] = s.event(change)
		}
	}
	return possible
}

func TestThePersonComplainedAboutCanDoNothing(t *testing.T) {
	t.Parallel()
	ticket := tickets.NewTicket{Kind: tickets.KindComplaint, At: time.Now()}.Open("K7M2-Q9XT", nil)
	ticket.Case.Against = 2
	for _, a := range acts() {
		if s := (scene{newWords(t, kb.EN), ticket, team, 2}); s.refusal(a) == nil {
			t.Errorf("they can %s", a.name)
		}
	}
}
