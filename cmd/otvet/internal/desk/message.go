package desk

import (
	"strings"
	"time"

	"otvet/cmd/otvet/internal/upload"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// moment is a point in time: exact for the machine and the title, "3 hours ago" to read.
type moment struct {
	At  time.Time
	Ago string
}

func (w words) moment(t time.Time) moment { return moment{t, w.ago(t)} }

// messageLine is a message of the correspondence.
type messageLine struct {
	Side   string // "player", "us" or "note"
	Author string
	When   moment
	Lines  []string // each with a direction of its own: one Hebrew line must not turn the next
	Files  []upload.Shown
}

func (w words) messages(n tickets.Number, all []tickets.Message) []messageLine {
	lines := make([]messageLine, len(all))
	for i, m := range all {
		lines[i] = messageLine{side(m), w.actor(m.Author, m.AuthorName), w.moment(m.At), strings.Split(m.Body, "\n"), upload.Show(w.Printer, ticketURL(n), m.Files, true)}
	}
	return lines
}

func side(m tickets.Message) string {
	switch {
	case !m.Public:
		return "note"
	case m.Author.Kind == tickets.ByPlayer:
		return "player"
	}
	return "us"
}

// historyLine is an event of a ticket.
type historyLine struct {
	What string
	Who  string
	When moment
	Bad  bool // something went wrong that an agent should know
}

func (w words) history(all []tickets.Entry) []historyLine {
	lines := make([]historyLine, len(all))
	for i, e := range all {
		lines[i] = historyLine{w.entry(e), w.actor(e.Actor, e.ActorName), w.moment(e.At), aboutLetter(e)}
	}
	return lines
}

// aboutLetter tells the entries that note what became of a letter; those leave the
// ticket's version as it was.
func aboutLetter(e tickets.Entry) bool {
	return e.Change == tickets.EntryLetterFailed || e.Change == tickets.EntryLetterSuppressed
}

// since returns what a ticket got after a version: its events, and the messages that came
// with none of the events before.
func since(dossier tickets.Dossier, version int) (events []tickets.Entry, messages []tickets.Message) {
	known, seen := map[time.Time]bool{}, 0
	for _, e := range dossier.History {
		if !aboutLetter(e) && e.Change != postgres.EntrySamePlayer {
			seen++
		}
		if seen > version {
			events = append(events, e)
		} else {
			known[e.At.UTC()] = true
		}
	}
	for _, m := range dossier.Messages {
		if !known[m.At.UTC()] {
			messages = append(messages, m)
		}
	}
	return events, messages
}
