package tickets

import (
	"bytes"
	"crypto/sha256"
	"hash"
	"time"
)

// The names under which a ticket's history notes what was done about its record. They
// change nothing in the ticket, and leave its version as it was.
const (
	EntryChained    = "chained"     // what came before was chained by a migration: nobody can prove it
	EntryErased     = "erased"      // what people wrote is gone; the detail says why
	EntryLetterSent = "letter_sent" // the mail server took the letter; the detail has its mark
)

// Chained is an event with what its hash must come out of.
type Chained struct {
	Link
	Hash     []byte   // as it is stored
	Of       Number   // the ticket that the event's message belongs to
	Contents Contents // of the message; nothing of it when it was erased
	ErasedAt time.Time
}

// Chain is the record of one ticket.
type Chain struct {
	Ticket Number
	Head   []byte // hash of the last event, as it is kept on the ticket
	Length int    // how many events there are, the same
	Events []Chained
	Loose  []int64 // messages of the ticket that no event has added
}

// Break is a place where a record is not what it was.
type Break struct {
	Ticket Number `json:"ticket"`
	Event  int64  `json:"event,omitempty"` // 0: the ticket as a whole
	What   string `json:"what"`
}

// Verify returns where the chain is broken; nothing when it is whole. It goes on from the
// stored hash after a break, so that one change is one break, with the count and the head
// where they are concerned.
func (c Chain) Verify() (breaks []Break) {
	report := func(event int64, what string) { breaks = append(breaks, Break{c.Ticket, event, what}) }
	var before []byte
	for i, e := range c.Events {
		if !bytes.Equal(e.Link.Hash(before), e.Hash) {
			report(e.ID, "the event, its message or its place is not what was recorded")
		}
		if what := e.checkMessage(c.Ticket); what != "" {
			report(e.ID, what)
		}
		if !e.ErasedAt.IsZero() && !c.erased(i, e.ErasedAt) {
			report(e.ID, "the message was erased, and the record does not say so")
		}
		before = e.Hash
	}
	if len(c.Events) != c.Length {
		report(0, "the number of events is not what was recorded")
	}
	if !bytes.Equal(before, c.Head) {
		report(0, "the last event is not the one that was recorded")
	}
	for range c.Loose {
		report(0, "a message that no event has added")
	}
	return breaks
}

// checkMessage compares the message's text with its commitment, as long as it is there.
func (e Chained) checkMessage(ticket Number) string {
	switch {
	case e.Message == nil:
		return ""
	case e.Of != ticket:
		return "the message belongs to another ticket"
	case e.ErasedAt.IsZero() && !bytes.Equal(e.Contents.Commit(), e.Message.Commitment):
		return "the text, the subject or an attachment of the message is not what was recorded"
	case !e.ErasedAt.IsZero() && (e.Contents.Body != "" || len(e.Contents.Salt) > 0):
		return "the message counts as erased and has a text"
	}
	return ""
}

// erased reports whether an event after the i-th tells of an erasure at that moment.
func (c Chain) erased(i int, at time.Time) bool {
	for _, e := range c.Events[i+1:] {
		if e.Change == EntryErased && e.At.Equal(at) {
			return true
		}
	}
	return false
}

// Past reports until when nothing is proven, since a migration chained what there was;
// the zero time when the chain is as old as the ticket.
func (c Chain) Past() time.Time {
	for _, e := range c.Events {
		if e.Change == EntryChained {
			return e.At
		}
	}
	return time.Time{}
}

// Root sums up all records in one hash. Tickets are added in the order of their numbers,
// each with the hash of its last event:
//
//	root = SHA-256(F(number 1) F(hash 1) F(number 2) …)
//
// with F as in the chain's encoding.
type Root struct{ sum hash.Hash }

// NewRoot returns the root of no tickets.
func NewRoot() Root { return Root{sha256.New()} }

// Add adds the next ticket. One without events is left out.
func (r Root) Add(n Number, head []byte) {
	if len(head) == 0 {
		return
	}
	var e encoding
	e.text(string(n))
	e.field(head)
	r.sum.Write(e.Bytes())
}

// Hash returns the root of what was added.
func (r Root) Hash() []byte { return r.sum.Sum(nil) }
