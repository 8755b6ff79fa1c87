package jobs_test

import (
	"regexp"
	"strings"
	"testing"

	"otvet/kb"
	"otvet/tickets"
)

// signIns returns the state of each letter with a link to sign in by, with its attempts.
func (o *office) signIns() string {
	return o.text(`SELECT coalesce(string_agg(state || ' ' || attempts, ', ' ORDER BY id), '') FROM sign_in_letters`)
}

// workedOff waits until no such letter has a job left.
func (o *office) workedOff() {
	o.t.Helper()
	eventually(o.t, func() bool {
		return o.text(`SELECT count(*)::text FROM river_job WHERE kind = 'sign_in' AND finalized_at IS NULL`) == "0"
	})
}

func TestOnlyAKnownAddressGetsALinkToSignIn(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	o.open("Ann@player.example")
	o.work(server.notifier())
	for _, address := range []string{"nobody@player.example", "ann@player.example"} {
		if err := o.AskSignIn(t.Context(), address, kb.EN); err != nil {
			t.Fatal(err)
		}
	}
	o.workedOff()
	mails := server.wait(2) // the acknowledgement, and the link
	m := mails[1]
	if !strings.HasPrefix(m.header.Get("Subject"), "verify") {
		m = mails[0]
	}
	if len(mails) != 2 || m.to != "Ann@player.example" || m.header.Get("Auto-Submitted") != "auto-generated" || m.header.Get("Message-Id") == "" {
		t.Errorf("%d mails, the letter: %+v", len(mails), m)
	}
	if strings.Contains(m.body, "canary") {
		t.Errorf("the letter holds what somebody wrote: %s", m.body)
	}
	body := strings.ReplaceAll(m.body, "=\n", "")
	link := regexp.MustCompile(`https://help\.demo\.example/en/requests/sign-in/([\w-]{22})\b`).FindStringSubmatch(body)
	if link == nil {
		t.Fatalf("no link in %q", body)
	}
	if email, err := o.SignIn(t.Context(), tickets.Token(link[1])); err != nil || email != "Ann@player.example" {
		t.Errorf("the link signs in %q, %v", email, err)
	}
	if s := o.signIns(); s != "sent 1" {
		t.Errorf("letters: %s, want nothing of the unknown address", s)
	}
	if log := o.log.String(); strings.Contains(log, "player.example") || strings.Contains(log, link[1]) {
		t.Errorf("the log tells: %s", log)
	}
}

func TestALinkToSignInIsTriedAgain(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	o.open("p@player.example")
	server.fail("RCPT", 451, "greylisted")
	o.work(server.notifier())
	if err := o.AskSignIn(t.Context(), "p@player.example", kb.RU); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { // refused, and not merely on its way
		return o.signIns() == "queued 1" && o.text(`SELECT count(*)::text FROM river_job WHERE state IN ('available', 'running')`) == "0"
	})
	server.fail("", 0, "")
	eventually(t, func() bool {
		o.text(`WITH due AS (UPDATE river_job SET state = 'available', scheduled_at = now()
			WHERE state = 'retryable' RETURNING id) SELECT count(*)::text FROM due`)
		return o.signIns() == "sent 2"
	})
	server.fail("RCPT", 550, "no such mailbox")
	if err := o.AskSignIn(t.Context(), "p@player.example", kb.RU); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { return o.signIns() == "sent 2, failed 1" })
}
