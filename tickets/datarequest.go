package tickets

import (
	"slices"
	"strings"
	"time"
)

// Tie says how a ticket hangs together with the person behind a request about data.
type Tie string

// The ties. An equal login is none: anybody can type it.
const (
	TieSelf   Tie = "self"   // it is the request
	TieProven Tie = "proven" // the same account, or the same address, proven in both
	TieShared Tie = "shared" // the same address, which somebody only typed in one of them
)

// TieTo returns how another ticket hangs together with who wrote this one; empty when it
// does not.
func (t Ticket) TieTo(other Ticket) Tie {
	sameAddress := t.Requester.Email != "" && strings.EqualFold(t.Requester.Email, other.Requester.Email)
	switch {
	case t.Number == other.Number:
		return TieSelf
	case t.Account != Account{} && t.Account == other.Account,
		sameAddress && t.Assurance == AssuranceEmail && other.Assurance == AssuranceEmail:
		return TieProven
	case sameAddress:
		return TieShared
	}
	return ""
}

// DataFile is a request about data with the tickets that hang together with who made it.
type DataFile struct {
	Request Ticket
	Tickets []DataTicket // the newest first; the request is among them
}

// DataTicket is one of these tickets, and what can become of it.
type DataTicket struct {
	Ticket Ticket
	Tie    Tie  // empty of one that was erased for the request
	Kept   Kept // why it must stay; empty: it can be erased
	Until  time.Time
}

// Erased reports whether nothing is left of what people wrote.
func (d DataTicket) Erased() bool { return !d.Ticket.Case.ErasedAt.IsZero() }

// Erasable reports whether the ticket can be erased now.
func (d DataTicket) Erasable() bool { return d.Kept == "" && !d.Erased() }

// Chosen returns the tickets with these numbers, in the order of the file. A number that
// is not in it is ErrNotFound: the request gives no right to it.
func (f DataFile) Chosen(numbers []Number) ([]DataTicket, error) {
	var chosen []DataTicket
	for _, d := range f.Tickets {
		if slices.Contains(numbers, d.Ticket.Number) {
			chosen = append(chosen, d)
			numbers = slices.DeleteFunc(slices.Clone(numbers), func(n Number) bool { return n == d.Ticket.Number })
		}
	}
	if len(numbers) > 0 {
		return nil, ErrNotFound
	}
	return chosen, nil
}

// NeedsCheck reports whether a person must say how they checked whose these tickets are:
// nothing proves who made the request, or that one of the tickets is theirs.
func (f DataFile) NeedsCheck(chosen []DataTicket) bool {
	shared := func(d DataTicket) bool { return d.Tie == TieShared }
	return f.Request.Assurance == AssuranceNone || slices.ContainsFunc(chosen, shared)
}

// DataErased notes on a request about data that tickets of the person were erased for it:
// its outcome is then told with the letter about an erasure.
type DataErased struct{}

// Name implements Change.
func (DataErased) Name() string { return "data_erased" }

func (t Ticket) dataErased(c DataErased, e Event) (Ticket, error) {
	if t.Kind != KindData || t.Status == StatusClosed {
		return t, t.refuse(c)
	}
	t.Case.DataErasedAt = e.At
	return t, nil
}
