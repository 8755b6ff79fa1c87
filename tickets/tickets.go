// Package tickets is the desk's domain: what happens to a request that the help
// section did not answer. It is pure: no SQL, no HTTP, no model, no clock.
//
// # The rules are in one function
//
// A [Ticket] changes only by [Ticket.Apply]: it takes an [Event] (who did what, when)
// and returns the changed ticket or an error that says why not. The status table is
// in status.go, the stages in stage.go. A store locks the row, applies, and writes ticket, event and message
// in one transaction; it holds no rules of its own.
//
// # A case goes through stages
//
// A complaint, a dispute and a request about data go from receipt to a decision with
// reasons: [Stage], and the [Case] that holds what was found, decided and owed. One person
// decides, a second reviews, and people without a part in it decide an appeal. The
// [Status] of such a ticket follows from its stage. What we owe is [Ticket.Obligations];
// nothing ends while it is not empty. What the player sees of it are [Ticket.Steps],
// [Ticket.Next] and [Ticket.May].
//
// # Clocks
//
// The rules under which a ticket was opened (package policy) and its own history make its
// clocks: [Ticket.Deadlines]. They can be computed again at any time and come out the
// same. That one has run out is an event like any other, [DeadlinePassed], which Apply
// takes once.
//
// # What an event brings with it
//
// [MessageOf] is the message that an event adds to the correspondence, [LetterOf] and
// [OpeningLetters] the letters that it demands. A store writes them in the event's
// transaction.
//
// # What a player holds
//
// A player has no account here. A [Token] of 128 random bits, kept only as a hash,
// opens one ticket's page; it is minted when the ticket is opened and again for each
// letter that links to the page. The [Number] is for talking about a ticket, and opens
// nothing.
//
// Who signs in proves an [Identity]: an account of the operator's site, or an address by a
// link sent to it. It opens its [Own] tickets: those written while signed in to the account,
// and those of the proven address. A login that somebody typed is no proof, and what was
// written under it may be another person's: it is shown to no account of that name.
//
// # What the content is worth
//
// An [Ask] is what a player asked and what came of it, a [Feedback] a reader's word,
// [Views] are counts. Editors see them summed up: a [Use] for each place of the content,
// and a [Gap] for each question that it left open. Its words, and the reason that a reader
// wrote, only [Mask] makes fit to be shown to people who do not work on a ticket.
//
// # Replies are reviewed
//
// A message to a player is an [AgentReplied] with a [Review]; without one Apply
// refuses it, and the database does too.
package tickets
