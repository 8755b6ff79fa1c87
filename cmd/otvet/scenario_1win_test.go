package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
)

// TestSource1win acts the second source (rows 43 to 74): a complaint from the personal
// account, answered late after a warning, explained on request by people, accepted and rated.
func TestSource1win(t *testing.T) {
	t.Parallel()
	s := begin(t)
	ben, anna := s.agent("Ben", kb.EN), s.agent("Anna", kb.RU)

	mia := s.player("en", "mia@player.example")
	mia.comesFromAccount("account-17")
	mia.opens("/en/contact?kind=complaint&category=withdrawals").reads("You are signed in, so this request will be listed among yours.")
	mia.writes("complaint", "withdrawals", "subject=Withdrawal held for two weeks", "body=My withdrawal T-9 is in review for two weeks. I want the money or a reason.",
		"fact-transactions=T-9", "fact-amount=300 EUR", "fact-remedy=Pay it out")
	due := time.Now().Add(48 * time.Hour)
	mia.reads("Accepted. The number is "+mia.number, "A person will answer by "+storyDay(kb.EN, due), "CET")
	mia.letter("We have received your complaint " + mia.number)
	s.onlyOwnCasesAreSeen(mia)

	ben.sees(mia.number).reads("account-17", "300 EUR", "We aim at").readsNot("A clock is near its end", "Ran out")
	s.passes(25 * time.Hour)
	ben.sees(mia.number).reads("A clock is near its end")
	s.passes(49 * time.Hour)
	ben.sees(mia.number).reads("Ran out", "Answer")

	ben.acts(mia.number, "reply", "body=The provider asked for another check. It ends on Friday, and we write again then.")
	if text := mia.letter("What we know so far about request " + mia.number); !strings.Contains(text, "The provider asked for another check.") {
		t.Errorf("the interim letter: %s", text)
	}
	mia.looks().reads("The provider asked for another check.", "It is our turn.").readsNot("The outcome:")
	ben.assesses(mia.number)
	ben.findsOut(mia.number, "The provider held the payment for nine days.", "delay")
	ben.decides(mia.number, "explained", "open", "The provider checked the payment under clause 7.2.", "", "We asked the provider to finish the check.")
	anna.approves(mia.number)

	mia.letter("What happened in your case " + mia.number)
	mia.steps("clarify", "body=What does clause 7.2 say, and when does the money arrive?").reads("Your question has been added. A person explains, and the case goes on.")
	ben.sees(mia.number).reads("What does clause 7.2 say", "Being looked into")
	mia.looks().readsNot("The help section")
	ben.acts(mia.number, "reply", "body=Clause 7.2 lets us check the owner of the card. Your money was sent today.")
	ben.decides(mia.number, "partly", "open", "Clause 7.2 lets us check the owner of the card, but nine days were too long.", "Your money was sent today.", "We made the check shorter.")
	anna.approves(mia.number)
	mia.letter("right in part")
	mia.steps("accept").reads("You have accepted the outcome")

	s.satisfactionIsAskedOnce(mia, ben)
}

// comesFromAccount signs the player in with what the operator's site says of them.
func (p *player) comesFromAccount(account string) {
	p.t.Helper()
	now := time.Now()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"iss": storySite, "aud": p.story.base, "sub": account, "jti": web.NewKey(), "email": p.email, "email_verified": true,
		"iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	}).SignedString([]byte(storySecret))
	if err != nil {
		p.t.Fatal(err)
	}
	body := strings.NewReader(url.Values{"token": {token}}.Encode())
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.story.base+"/"+p.lang+"/requests/sign-in", body)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", storySite)
	p.does(r)
	if p.status != http.StatusOK || !strings.HasSuffix(p.at.Path, "/requests") {
		p.t.Fatalf("the account's page led to %s (%d): %s", p.at, p.status, p.text)
	}
}

// onlyOwnCasesAreSeen holds that the list and the pages below it are the player's own.
func (s *story) onlyOwnCasesAreSeen(mia *player) {
	s.t.Helper()
	mia.opens("/en/requests").reads("Withdrawal held for two weeks")
	stranger := s.player("en", "stranger@player.example")
	stranger.comesFromAccount("account-18")
	stranger.readsNot("Withdrawal held for two weeks")
	stranger.opens("/en/requests/mine/" + mia.number)
	if stranger.status != http.StatusNotFound {
		s.t.Errorf("another player's request answers %d", stranger.status)
	}
}

// satisfactionIsAskedOnce holds that the question comes once and a low score is kept.
func (s *story) satisfactionIsAskedOnce(mia *player, ben *agent) {
	s.t.Helper()
	mia.looks().reads("How did we do?", "We ask once.")
	mia.steps("rate", "score=2", "helped=yes", "text=Nine days are too long.").reads("Thank you for your answer.").readsNot("How did we do?")
	ben.sees(mia.number).reads("Nine days are too long.")
	s.passes(30 * 24 * time.Hour)
	mia.looks().readsNot("How did we do?")
	if n := len(s.post.letters(mia.email, "How did we do")); n != 0 {
		s.t.Errorf("asked %d times more how it was", n)
	}
	if out := s.types("audit", "export", "--ticket", mia.number); !strings.Contains(out, `"score": 2`) {
		s.t.Error("the record does not hold the low score")
	}
}
