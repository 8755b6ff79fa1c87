package desk

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"otvet/tickets"
)

// act is one thing that an agent can do to a ticket: a form of its page. Whether it can
// be done now is asked of the ticket itself, with an example of the change, so that the
// desk repeats no rule of the domain. Its words are the messages desk.act.NAME.title and
// .send, and desk.done.NAME.
type act struct {
	name    string // last part of the form's address
	files   bool   // files can be attached
	letter  bool   // the player gets a letter about it, which can be looked at before
	part    part
	example func(scene) tickets.Change
	fields  func(scene) []field // with the values that are known; of the zero scene too
	change  func(input) (tickets.Change, error)
	wish    func(scene, input) string // the act in words, where no text is typed; may be nil
	about   func(scene) string        // what to know before doing it; may be nil
	read    func(scene) []chapter     // of the case file, what it is about; may be nil
	commit  commit                    // nil: the store applies the change to the one ticket
}

// commit carries out a change that concerns more than one ticket.
type commit func(ctx context.Context, d *Desk, s step, e tickets.Event) (tickets.Ticket, error)

// part is where on the page a form stands.
type part string

const (
	partTalk    part = "talk"    // what is said, to the player or inside
	partSide    part = "side"    // beside it: who has it, and where it belongs
	partCase    part = "case"    // on the way to a decision
	partWork    part = "work"    // of others
	partOutside part = "outside" // with a dispute body
	partCare    part = "care"    // what an ordinary case does not need
)

// foldedParts are those parts whose forms are folded up below the correspondence.
func foldedParts() []part { return []part{partCase, partWork, partOutside, partCare} }

// acts returns everything that an agent can do to a ticket.
func acts() []act {
	return []act{
		reply(), note(),
		assignment(), statusChange(), categoryChange(), departmentChange(),
		acknowledgement(), complaint(), kindChange(), notComplaint(),
		facts(), assessment(), lateJudgement(), findings(), decision(), review(), closing(),
		infoRequest(), resumption(), extension(), escalation(), taskOpening(), taskEnd(),
		referral(), enquiry(), enquiryAnswer(), disputeEnd(),
		alarm(), allClear(), accusation(), hold(), release(), merge(), unmerge(),
	}
}

// actNamed returns the act with a name.
func actNamed(name string) (act, bool) {
	all := acts()
	at := slices.IndexFunc(all, func(a act) bool { return a.name == name })
	if at < 0 {
		return act{}, false
	}
	return all[at], true
}

// scene is what a form is made for: a ticket as one agent sees it.
type scene struct {
	words
	ticket tickets.Ticket
	agents []tickets.Agent
	me     tickets.AgentID
}

// review is the consent of the agent who sends what they have written.
func (s scene) review() tickets.Review { return tickets.Review{By: s.me, At: s.now} }

// event is what happens when the agent does something now.
func (s scene) event(c tickets.Change) tickets.Event {
	return tickets.Event{At: s.now, Actor: tickets.Actor{Kind: tickets.ByAgent, Agent: s.me}, Change: c}
}

// refusal returns why an act cannot be done now; nil when it can.
func (s scene) refusal(a act) error {
	_, err := s.ticket.Apply(s.event(a.example(s)))
	return err
}

// obstacle says what must happen before an act that the agent may be looking for, empty
// when it is just not the time for it: something is owed first, or it is for another person.
func (s scene) obstacle(a act, refusal error) string {
	var refused *tickets.TransitionError
	var invalid *tickets.InvalidError
	switch {
	case errors.As(refusal, &refused) && len(refused.Owed) > 0:
		return s.T("desk.trouble.owed", s.owedList(refused.Owed))
	case errors.As(refusal, &invalid) && invalid.Code("actor") == tickets.NotYours:
		return s.notYours(a.name)
	}
	return ""
}

// input is what was posted to an act's form.
type input struct {
	values url.Values
	files  []tickets.Attachment
	scene  scene
}

func (in input) text(name string) string { return in.values.Get(name) }

func (in input) yes(name string) bool { return in.values.Get(name) == "yes" }

// lines returns the lines of a list.
func (in input) lines(name string) []string {
	return strings.Split(strings.ReplaceAll(in.values.Get(name), "\r\n", "\n"), "\n")
}

// day reads a date as its first moment in the operator's time zone; nothing is the zero
// time.
func (in input) day(name string) (time.Time, error) {
	typed := in.values.Get(name)
	if typed == "" {
		return time.Time{}, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, typed, in.scene.zone)
	if err != nil || at.Year() < 1000 {
		return time.Time{}, unknown(name)
	}
	return at.UTC(), nil
}
