package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"otvet/kb"
)

// TestSourceBookmakers acts the third source (rows 75 to 136): five channels lead into one
// queue; a player who is not satisfied goes on to people who had no part in it, and then to
// the dispute service, with the whole case in hand.
func TestSourceBookmakers(t *testing.T) {
	t.Parallel()
	s := begin(t)
	ben, anna := s.agent("Ben", kb.EN), s.agent("Anna", kb.EN)
	cleo, dora := s.agent("Cleo", kb.EN), s.agent("Dora", kb.EN)
	eve, finn := s.agent("Eve", kb.EN), s.agent("Finn", kb.EN)

	kim := s.player("en", "kim@player.example")
	kim.complainsWithScreenshot()
	s.channelsLeadIntoOneQueue(kim, ben)
	ben.acts(kim.number, "facts", "bets=B-31").reads("B-31", "Pixel 9", "Android", "Error 502")
	s.informationIsAskedFor(kim, ben)

	ben.acts(kim.number, "escalate", "department=technical", "reason=The log of the app is needed.")
	kim.letter("Your request " + kim.number + " is now with: Technical team")
	ben.assesses(kim.number)
	ben.findsOut(kim.number, "The app was out of date.", "software")
	ben.decides(kim.number, "not-upheld", "open", "Clause 9: a bet counts when the app confirms it.", "", "We read the log of the app.")
	anna.approves(kim.number)
	kim.letter("Our decision on " + kim.number)

	kim.steps("appeal", "body=The app did confirm it, see the picture.").reads("The case goes to people who had no part in the decision.")
	kim.letter("Your complaint " + kim.number + " is being reviewed")
	cleo.findsOut(kim.number, "The confirmation was of another bet.", "communication")
	for _, earlier := range []*agent{ben, anna} {
		earlier.sees(kim.number).reads("You had a part in what is looked at again")
		earlier.mayNot(kim.number, "decide", "had no part in it", "outcome=explained", "reasons=x", "measures=x", "ending=open")
	}
	cleo.decides(kim.number, "explained", "open", "The picture shows the confirmation of bet B-30.", "", "We looked at everything again.")
	ben.mayNot(kim.number, "review", "had no part in it", "verdict=approve")
	dora.approves(kim.number)
	kim.letter("The review of " + kim.number + ": the result")

	kim.steps("appeal", "body=I still disagree.").reads("With the dispute service")
	cleo.mayNot(kim.number, "decide", "had no part in it", "outcome=explained", "reasons=x", "measures=x")
	eve.acts(kim.number, "decide", "outcome=not-upheld", "reasons=Clause 9 was in force, and B-31 was never confirmed.", "measures=A third team looked at it.")
	finn.approves(kim.number)
	s.disputeServiceIsNamed(kim)
	s.disputeServiceDecides(kim, eve)
}

// complainsWithScreenshot sends a picture that knows where it was taken.
func (p *player) complainsWithScreenshot() {
	p.t.Helper()
	p.writes("complaint", "technical", "subject=The app failed while I placed a bet", "body=The app showed an error while I placed a bet, and the bet is not there.",
		"fact-platform=android", "fact-device=Pixel 9", "fact-error=Error 502", "fact-occurred_at="+clockTime(time.Now().Add(-3*time.Hour)),
		"files="+photoWithPlace(p.t))
	if shown := p.downloads("/screenshot.jpg"); !bytes.HasPrefix(shown, []byte("\xff\xd8")) || bytes.Contains(shown, []byte("Exif")) || bytes.Contains(shown, []byte("GPSCANARY")) {
		p.t.Errorf("the picture came back as %.60q", shown)
	}
}

// photoWithPlace makes a JPEG file that says where it was taken.
func photoWithPlace(t *testing.T) string {
	t.Helper()
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 32, 32)), nil); err != nil {
		t.Fatal(err)
	}
	place := []byte("Exif\x00\x00GPSCANARY-55.7558-37.6173")
	segment := append([]byte{0xff, 0xe1, 0, byte(len(place) + 2)}, place...)
	path := filepath.Join(t.TempDir(), "screenshot.jpg")
	if err := os.WriteFile(path, slices.Concat(picture.Bytes()[:2], segment, picture.Bytes()[2:]), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// channelsLeadIntoOneQueue holds that whatever way a request comes, it is one queue in the
// order of arrival, with numbers of one kind.
func (s *story) channelsLeadIntoOneQueue(kim *player, ben *agent) {
	s.t.Helper()
	numbers := []string{kim.number}
	for _, channel := range []string{"chat", "email", "phone", "post"} {
		ben.opens("/desk/new").sends("/desk/new", "channel="+channel, "contact=by-"+channel+"@player.example", "locale=en", "kind=complaint",
			"category=withdrawals", "subject=It came by "+channel, "body=Where is my money?")
		if ben.status != http.StatusOK || !strings.Contains(ben.text, "The ticket is open. Tell the player its number.") {
			s.t.Fatalf("a request by %s is not taken: %d %s", channel, ben.status, ben.text)
		}
		numbers = append(numbers, filepath.Base(ben.at.Path))
	}
	queue, last := ben.opens("/desk").text, -1
	for _, n := range numbers {
		at := strings.Index(queue, n)
		if !ticketNumberShape.MatchString(n) || at < last {
			s.t.Errorf("%s is not in its place: %s", n, queue)
		}
		last = at
	}
	s.post.letter("by-phone@player.example", "We have received your complaint "+numbers[3])
}

// informationIsAskedFor holds that the player is asked, reminded, and heard.
func (s *story) informationIsAskedFor(kim *player, ben *agent) {
	s.t.Helper()
	ben.acts(kim.number, "info", "body=Please tell us the version of the app.", "reason=Without it we cannot find the log.").reads("The player was asked.")
	kim.letter("We need something from you for request " + kim.number)
	kim.looks().reads("We need something from you.", "We wait until "+storyDay(kb.EN, time.Now().Add(14*24*time.Hour)), "Please tell us the version of the app.")
	s.passes(7*24*time.Hour + time.Hour)
	kim.letter("A reminder about your request " + kim.number)
	kim.steps("reply", "body=It is version 4.2.").reads("Your reply has been added.", "It is our turn.")
	ben.sees(kim.number).reads("It is version 4.2.")
}

// disputeServiceIsNamed holds that our last word says who may be asked after us.
func (s *story) disputeServiceIsNamed(kim *player) {
	s.t.Helper()
	letter := kim.letter("Our final answer to your complaint " + kim.number)
	for _, want := range []string{"Independent dispute service: " + storyDispute, "You may also go to court", "B-31 was never confirmed"} {
		if !strings.Contains(letter, want) {
			s.t.Errorf("the final letter lacks %q: %s", want, letter)
		}
	}
	kim.looks().reads(storyDispute, "Final answer")
	if kim.couldSend("/appeal") {
		s.t.Error("a third appeal is offered")
	}
}

// disputeServiceDecides lets the service ask, and the player take everything along.
func (s *story) disputeServiceDecides(kim *player, eve *agent) {
	s.t.Helper()
	eve.acts(kim.number, "refer", "service=Example Arbitration")
	eve.acts(kim.number, "enquiry", "what=Please send the log.")
	eve.mayNot(kim.number, "dispute-end", "this cannot be done in the stage “With the dispute service”", "result=Too early.")
	pack := eve.sees(kim.number).downloads("/pack.zip")
	if text := inZip(s.t, pack, ".html"); strings.Contains(text, "The app was out of date.") {
		s.t.Error("the pack for the service holds internal findings")
	}
	eve.acts(kim.number, "enquiry-answer", "answer=Here it is.")
	eve.acts(kim.number, "dispute-end", "result=The operator acted by its terms.")
	whole := kim.looks().downloads("/case.zip")
	page := inZip(s.t, whole, ".html")
	for _, want := range []string{"I still disagree.", "It is version 4.2.", "B-31 was never confirmed", "The picture shows the confirmation of bet B-30."} {
		if !strings.Contains(page, want) {
			s.t.Errorf("the downloaded case lacks %q", want)
		}
	}
	inZip(s.t, whole, "screenshot.jpg")
	if out := s.types("audit", "verify"); !strings.Contains(out, ": 0 breaks.") {
		s.t.Errorf("the record is not proven: %s", out)
	}
}
