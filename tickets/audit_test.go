package tickets_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"otvet/tickets"
)

// drawChain makes a whole record of a few events, about half of them with messages.
func drawChain(r *rapid.T) tickets.Chain {
	c := tickets.Chain{Ticket: "K7M2-Q9XT"}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for i := range rapid.IntRange(2, 8).Draw(r, "events") {
		e := tickets.Chained{Link: tickets.Link{
			Ticket: c.Ticket, ID: int64(i + 1), Version: i + 1, At: at.Add(time.Duration(i) * time.Hour),
			Actor: tickets.Actor{Kind: tickets.ByAgent, Agent: 7}, Change: "noted",
			Detail: rapid.MapOfN(rapid.String(), rapid.String(), 0, 3).Draw(r, "detail"),
		}, Of: c.Ticket}
		if rapid.Bool().Draw(r, "speaks") {
			e.Contents = tickets.Contents{Salt: tickets.NewSalt(), Body: rapid.StringN(1, 20, -1).Draw(r, "body")}
			e.Message = &tickets.Sealed{ID: int64(i + 1), Author: e.Actor, At: e.At, Commitment: e.Contents.Commit()}
		}
		e.Hash = e.Link.Hash(c.Head)
		c.Events, c.Head, c.Length = append(c.Events, e), e.Hash, c.Length+1
	}
	return c
}

// Every way to change one event of a record breaks its chain.
func TestAChainBreaksWithAnyChange(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*tickets.Chain, int){
		"version":  func(c *tickets.Chain, i int) { c.Events[i].Version++ },
		"key":      func(c *tickets.Chain, i int) { c.Events[i].Key += "x" },
		"time":     func(c *tickets.Chain, i int) { c.Events[i].At = c.Events[i].At.Add(time.Microsecond) },
		"actor":    func(c *tickets.Chain, i int) { c.Events[i].Actor.Agent++ },
		"change":   func(c *tickets.Chain, i int) { c.Events[i].Change = "closed" },
		"detail":   func(c *tickets.Chain, i int) { c.Events[i].Detail = map[string]string{"invented": ""} },
		"deletion": func(c *tickets.Chain, i int) { c.Events = slices.Delete(c.Events, i, i+1) },
		"tail":     func(c *tickets.Chain, i int) { c.Events, c.Length = c.Events[:i], i },
		"addition": func(c *tickets.Chain, i int) { c.Events = slices.Insert(c.Events, i, c.Events[i]) },
		"order": func(c *tickets.Chain, i int) {
			j := (i + 1) % len(c.Events)
			c.Events[i], c.Events[j] = c.Events[j], c.Events[i]
		},
		"text": func(c *tickets.Chain, i int) {
			c.Events[i].Message, c.Events[i].Contents.Body = &tickets.Sealed{}, c.Events[i].Contents.Body+"x"
		},
	}
	rapid.Check(t, func(r *rapid.T) {
		c := drawChain(r)
		if breaks := c.Verify(); len(breaks) > 0 {
			r.Fatalf("a whole record: %v", breaks)
		}
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(changes))).Draw(r, "change")
		changes[name](&c, rapid.IntRange(0, len(c.Events)-1).Draw(r, "at"))
		if len(c.Verify()) == 0 {
			r.Fatalf("%s: not found", name)
		}
	})
}

// Fields cannot be moved into each other: no two events have the same encoding.
func TestFieldsOfALinkDoNotRunTogether(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for name, l := range map[string]tickets.Link{
		"nothing":              {},
		"key ab":               {Key: "ab"},
		"change ab":            {Change: "ab"},
		"key a, change b":      {Key: "a", Change: "b"},
		"detail a: b":          {Detail: map[string]string{"a": "b"}},
		"detail ab:":           {Detail: map[string]string{"ab": ""}},
		"detail : ab":          {Detail: map[string]string{"": "ab"}},
		"an empty message":     {Message: &tickets.Sealed{}},
		"a message with an id": {Message: &tickets.Sealed{ID: 1}},
	} {
		hash := fmt.Sprintf("%x", l.Hash(nil))
		if other, ok := seen[hash]; ok {
			t.Errorf("%q and %q have the same hash", name, other)
		}
		seen[hash] = name
	}
}

// The encoding is a promise to whoever has noted a hash: it must not change.
func TestTheEncodingOfALink(t *testing.T) {
	t.Parallel()
	l := tickets.Link{
		Ticket: "K7M2-Q9XT", ID: 12, Version: 3, Key: "form", At: time.Date(2026, 3, 1, 12, 0, 0, 5000, time.UTC),
		Actor: tickets.Actor{Kind: tickets.ByAgent, Agent: 7}, Change: "agent_replied", Detail: map[string]string{"to": "pending", "from": "open"},
		Message: &tickets.Sealed{ID: 4, Public: true, Commitment: tickets.Contents{Salt: make([]byte, 16), Body: "Деньги в пути."}.Commit()},
	}
	if got, want := fmt.Sprintf("%x", l.Hash([]byte("before"))), "d21867ac6b45892e5b6432aae4b8d7c9661d75b0cb3c5f06c057dfc6be64d355"; got != want {
		t.Errorf("hash %s, was %s", got, want)
	}
}

// What was erased leaves the chain whole, as long as the record says that it was.
func TestAnErasureIsPartOfTheRecord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		c := drawChain(r)
		at := c.Events[c.Length-1].At.Add(time.Hour)
		for i := range c.Events {
			if c.Events[i].Message != nil {
				c.Events[i].Contents, c.Events[i].ErasedAt = tickets.Contents{}, at
			}
		}
		spoken := slices.ContainsFunc(c.Events, func(e tickets.Chained) bool { return e.Message != nil })
		if got := len(c.Verify()) > 0; got != spoken {
			r.Fatalf("an erasure that nobody recorded: found %v, want %v", got, spoken)
		}
		e := tickets.Chained{Link: tickets.Link{Ticket: c.Ticket, ID: 99, At: at, Change: tickets.EntryErased}}
		e.Hash = e.Link.Hash(c.Head)
		c.Events, c.Head, c.Length = append(c.Events, e), e.Hash, c.Length+1
		if breaks := c.Verify(); len(breaks) > 0 {
			r.Fatalf("an erasure that was recorded: %v", breaks)
		}
	})
}
