package postgres_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// askSignIn asks for a link and returns the letter's number.
func (d *desk) askSignIn(email string) int64 {
	d.t.Helper()
	if err := d.AskSignIn(d.t.Context(), email, kb.EN); err != nil {
		d.t.Fatal(err)
	}
	return int64(d.count(`SELECT max((args->>'letter_id')::int) FROM river_job WHERE kind = 'sign_in'`))
}

// link is what a letter that goes out holds.
func (d *desk) link(id int64) tickets.Letter {
	d.t.Helper()
	l, err := d.SignInLetter(d.t.Context(), id)
	if err != nil || l.State != tickets.LetterQueued || l.Token == "" {
		d.t.Fatalf("letter %d: %+v, %v", id, l, err)
	}
	return l
}

func (d *desk) signIn(token tickets.Token) error {
	_, err := d.SignIn(d.t.Context(), token)
	return err
}

func TestALinkSignsInOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(byMail("Ann@Player.example"))
	l := d.link(d.askSignIn("ann@player.EXAMPLE"))
	if l.To != "Ann@Player.example" || l.Kind != tickets.LetterVerify || l.Locale != kb.EN || l.Mark == "" {
		t.Errorf("letter %+v, want it to go to the address of the ticket", l)
	}
	for range 2 { // looking does not use it up
		if email, err := d.SignInAddress(t.Context(), l.Token); err != nil || email != "Ann@Player.example" {
			t.Errorf("the link proves %q, %v", email, err)
		}
	}
	var signedIn atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			switch err := d.signIn(l.Token); {
			case err == nil:
				signedIn.Add(1)
			case !errors.Is(err, tickets.ErrNotFound):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := signedIn.Load(); n != 1 {
		t.Errorf("a link signed %d people in", n)
	}
	if _, err := d.SignInAddress(t.Context(), l.Token); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("a used link: %v", err)
	}
}

func TestALinkEnds(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(byMail("p@player.example"))
	old, next := d.link(d.askSignIn("p@player.example")), d.link(d.askSignIn("p@player.example"))
	if err := d.signIn(old.Token); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("a replaced link: %v", err)
	}
	if err := d.sql(`UPDATE sign_in_links SET expires_at = expires_at - interval '30 minutes'`); err != nil {
		t.Fatal(err)
	}
	if err := d.signIn(next.Token); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("an expired link: %v", err)
	}
	if err := d.signIn(tickets.NewToken()); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("a link of nobody: %v", err)
	}
}

// Both attempts may have arrived: the mail server's yes can get lost.
func TestEachAttemptOfALetterHasALinkThatWorks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(byMail("p@player.example"))
	id := d.askSignIn("p@player.example")
	first, second := d.link(id), d.link(id)
	if first.Mark != second.Mark || first.Token == second.Token || second.Attempted != 2 {
		t.Errorf("attempts %+v and %+v", first, second)
	}
	if err := d.signIn(first.Token); err != nil {
		t.Errorf("the first attempt's link: %v", err)
	}
	if err := d.signIn(second.Token); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("the second's, after signing in: %v", err)
	}
}

func TestOfAnUnknownAddressNothingIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open() // with a login
	known, unknown := d.count(`SELECT count(*) FROM river_job`), d.askSignIn("nobody@player.example")
	if n := d.count(`SELECT count(*) FROM river_job`); n != known+1 {
		t.Errorf("%d jobs: the request does not do for an unknown address what it does for a known one", n)
	}
	if _, err := d.SignInLetter(t.Context(), unknown); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("a letter to nobody: %v", err)
	}
	if n := d.count(`SELECT (SELECT count(*) FROM sign_in_letters) + (SELECT count(*) FROM sign_in_links)`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

func TestLinksToOneMailboxAreFew(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(byMail("victim@player.example"))
	d.open(byMail("victim+shop@player.example"))
	d.open(byMail("other@player.example"))
	var ids []int64
	for i := range 8 {
		ids = append(ids, d.askSignIn([]string{"victim@player.example", "Victim+Shop@player.example"}[i%2]))
	}
	var sent atomic.Int32
	var all sync.WaitGroup
	for _, id := range ids {
		all.Go(func() {
			l, err := d.SignInLetter(t.Context(), id)
			if err != nil {
				t.Error(err)
			}
			if l.State == tickets.LetterQueued {
				sent.Add(1)
			}
		})
	}
	all.Wait()
	if n := sent.Load(); n != 3 {
		t.Errorf("%d letters to one mailbox", n)
	}
	d.link(d.askSignIn("other@player.example"))
	if err := d.sql(`UPDATE sign_in_letters SET created_at = created_at - interval '25 hours'`); err != nil {
		t.Fatal(err)
	}
	d.link(d.askSignIn("victim@player.example"))
}

func TestALetterThatComesTooLateIsNotSent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(byMail("p@player.example"))
	id := d.askSignIn("p@player.example")
	if err := d.sql(`UPDATE sign_in_letters SET created_at = created_at - interval '31 minutes'`); err != nil {
		t.Fatal(err)
	}
	if l, err := d.SignInLetter(t.Context(), id); err != nil || l.State != tickets.LetterFailed || l.Token != "" {
		t.Errorf("an old letter: %+v, %v", l, err)
	}
}

func TestASignedTokenIsSpentOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	soon := time.Now().Add(time.Minute)
	for i, want := range []bool{true, false, false} {
		if fresh, err := d.Spend(t.Context(), "site 1", soon); err != nil || fresh != want {
			t.Errorf("time %d: %v, %v", i, fresh, err)
		}
	}
	if fresh, err := d.Spend(t.Context(), "site 2", soon); err != nil || !fresh {
		t.Errorf("another token: %v, %v", fresh, err)
	}
	if err := d.sql(`UPDATE spent_tokens SET expires_at = now() - interval '1 second'`); err != nil {
		t.Fatal(err)
	}
	if err := d.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := d.count(`SELECT count(*) FROM spent_tokens`); n != 0 {
		t.Errorf("%d tokens are kept after their end", n)
	}
}
