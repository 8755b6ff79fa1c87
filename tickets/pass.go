package tickets

import "time"

// Pass opens one ticket to a player: a [Token], or an [Own] of somebody signed in. A pass
// that opens nothing is ErrNotFound, whatever the reason.
type Pass interface{ opens() }

// Own is the way of a signed-in player to a ticket of their own.
type Own struct {
	Identity Identity
	Number   Number
}

func (Token) opens() {}

func (Own) opens() {}

// OwnPage is one page of a player's own tickets, the one with the newest message first.
type OwnPage struct {
	Items []OwnItem
	Total int
	Page  int // from 1
	Pages int // at least 1
}

// OwnItem is a ticket in the list of its player, without its internal numbers.
type OwnItem struct {
	Ticket Ticket
	LastBy ActorKind // author of the last public message
	LastAt time.Time // its time
}
