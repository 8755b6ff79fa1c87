package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/tickets"
)

// picture is a file of a store of files that does not exist; the digit tells it from others.
func picture(digit int) tickets.Attachment {
	return tickets.Attachment{Hash: strings.Repeat(fmt.Sprintf("%02x", digit), 32), Name: fmt.Sprintf("экран %d.png", digit), MIME: "image/png", Size: 1000, Width: 4, Height: 3}
}

func withPictures(digits ...int) func(*tickets.NewTicket) {
	return func(n *tickets.NewTicket) {
		for _, d := range digits {
			n.Files = append(n.Files, picture(d))
		}
	}
}

func TestFilesComeWithTheirMessages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	o := d.open(withPictures(1, 2))
	d.do(o.Ticket.Number, by(anna, tickets.Noted{Body: "note", Files: []tickets.Attachment{picture(3)}}))
	answer := reply(anna, "answer", tickets.StatusPending)
	said := answer.Change.(tickets.AgentReplied)
	said.Files = []tickets.Attachment{picture(1)}
	answer.Change = said
	d.do(o.Ticket.Number, answer)
	_, err := d.PlayerApply(t.Context(), o.Token, tickets.Event{Change: tickets.PlayerReplied{Body: "more", Files: []tickets.Attachment{picture(4)}}})
	if err != nil {
		t.Fatal(err)
	}
	names := func(messages []tickets.Message) (all []string) {
		for _, m := range messages {
			line := m.Body
			for _, f := range m.Files {
				line += " + " + f.Name
			}
			all = append(all, line)
		}
		return all
	}
	dossier := d.dossier(o.Ticket.Number)
	want := []string{"Не пришли деньги на карту. + экран 1.png + экран 2.png", "note + экран 3.png", "answer + экран 1.png", "more + экран 4.png"}
	if diff := cmp.Diff(want, names(dossier.Messages)); diff != "" {
		t.Errorf("agents (-want +got):\n%s", diff)
	}
	players, err := d.PlayerDossier(t.Context(), o.Token)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{want[0], want[2], want[3]}, names(players.Messages)); diff != "" {
		t.Errorf("player (-want +got):\n%s", diff)
	}
	first := dossier.Messages[0].Files[0]
	expected := picture(1)
	expected.ID, expected.At = first.ID, dossier.Messages[0].At
	if diff := cmp.Diff(expected, first); diff != "" {
		t.Errorf("a file (-want +got):\n%s", diff)
	}
	var told []string
	for _, e := range dossier.History {
		if n := e.Detail["files"]; n != "" {
			told = append(told, e.Change+" "+n)
		}
	}
	if diff := cmp.Diff([]string{"opened 2", "noted 1", "agent_replied 1", "player_replied 1"}, told); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	known, err := d.FileHashes(t.Context())
	if err != nil || len(known) != 4 || !known[picture(3).Hash] {
		t.Errorf("%d known files, %v", len(known), err)
	}
}

func TestAFileIsForThoseWhoMayReadItsMessage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	mine, theirs := d.open(withPictures(1)), d.open(withPictures(2))
	d.do(mine.Ticket.Number, by(anna, tickets.Noted{Body: "note", Files: []tickets.Attachment{picture(3)}}))
	messages := d.dossier(mine.Ticket.Number).Messages
	public, internal := messages[0].Files[0].ID, messages[1].Files[0].ID
	foreign := d.dossier(theirs.Ticket.Number).Messages[0].Files[0].ID

	if f, err := d.PlayerAttachment(t.Context(), mine.Token, public); err != nil || f.Name != "экран 1.png" {
		t.Errorf("my own: %+v, %v", f, err)
	}
	for what, id := range map[string]tickets.FileID{"a note's": internal, "somebody else's": foreign, "none": tickets.NewFileID(), "hostile": "' OR true --", "NUL": "\x00"} {
		if f, err := d.PlayerAttachment(t.Context(), mine.Token, id); !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("%s: %+v, %v", what, f, err)
		}
	}
	if _, err := d.PlayerAttachment(t.Context(), tickets.NewToken(), public); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := d.Attachment(t.Context(), 0, mine.Ticket.Number, internal); err != nil {
		t.Errorf("an agent: %v", err)
	}
	if _, err := d.Attachment(t.Context(), 0, mine.Ticket.Number, foreign); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("an agent, by the address of another ticket: %v", err)
	}
	err := d.sql(`UPDATE attachments SET state = 'removed', removed_at = now(), removed_by = $1, removed_reason = 'a passport' WHERE id = $2`, anna.ID, public)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.PlayerAttachment(t.Context(), mine.Token, public); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("removed: %v", err)
	}
	if _, err := d.Attachment(t.Context(), 0, mine.Ticket.Number, public); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("removed, for an agent: %v", err)
	}
	if f := d.dossier(mine.Ticket.Number).Messages[0].Files[0]; !f.Removed {
		t.Errorf("the dossier does not say that the file was removed: %+v", f)
	}
}

func TestAnotherFileIsAnotherContent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	form := d.form(withPictures(1))
	for range 2 {
		if _, err := d.OpenTicket(t.Context(), form); err != nil {
			t.Fatal(err)
		}
	}
	if n := d.count(`SELECT count(*) FROM attachments`); n != 1 {
		t.Errorf("%d files of one form sent twice", n)
	}
	form.Files = []tickets.Attachment{picture(2)}
	if _, err := d.OpenTicket(t.Context(), form); !errors.Is(err, tickets.ErrKeyReused) {
		t.Errorf("another file: %v", err)
	}
}

func TestATicketCarriesOnlySoMuch(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := d.open(withPictures(1))
	large := picture(2)
	large.Size = 24 << 20
	var err error
	said := 0
	for err == nil && said < 20 {
		_, err = d.PlayerApply(t.Context(), o.Token, tickets.Event{Change: tickets.PlayerReplied{Body: "more", Files: []tickets.Attachment{large}}})
		said++
	}
	var invalid *tickets.InvalidError
	if !errors.As(err, &invalid) || invalid.Code("files") != tickets.QuotaReached || said != 7 {
		t.Errorf("reply %d: %v", said, err)
	}
	if n := d.count(`SELECT count(*) FROM attachments`); n != said {
		t.Errorf("%d files of %d taken replies", n, said-1)
	}
}
