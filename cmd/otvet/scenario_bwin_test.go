package main

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"otvet/kb"
)

// TestSourceBwin acts the first source (rows 1 to 42): a guest looks for help, finds none,
// complains free of charge, and is told the outcome with its reasons, late but never left
// without news; all of it is kept.
func TestSourceBwin(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	s := begin(t)
	ben, anna := s.agent("Ben", kb.EN), s.agent("Anna", kb.RU)

	late := s.player("en", "late@player.example")
	late.opens("/en/contact?kind=complaint").sends("/en/contact", "subject=x", "body=x", "contact="+late.email, "step=offer")
	late.reads("Choose what it is about.")
	late.writes("complaint", "bets", "subject=A bet of the spring", "body=You settled my bet wrongly in spring.",
		"fact-bets=B-100", "fact-occurred_at="+clockTime(time.Now().AddDate(0, -4, 0)))
	guest := s.player("en", "guest@player.example")
	guest.complainsByPhone(chromium)
	again := s.player("en", guest.email)
	again.writes("complaint", "bets", "subject="+bwinSubject, "body="+bwinBody, "fact-bets=B-77")

	s.lateComplaintIsAccepted(late, ben)
	s.complaintIsAcknowledged(guest)
	s.repeatingGainsNothing(late, guest, again, ben)
	s.departmentsAreAwaited(guest, ben)
	s.monthPasses(guest)

	ben.acts(guest.number, "task-done", "result=The feed had the wrong score for four minutes.")
	ben.findsOut(guest.number, "The provider's score was wrong when the bet was settled.", "provider")
	ben.decides(guest.number, "upheld", "open", "Clause 5.3: a bet is settled by the official result, which was 2:1.", "We pay 120 euro to your account.", "We checked the feed of the match.")
	guest.looks().readsNot("The outcome:", "feed had the wrong score")
	ben.mayNot(guest.number, "review", "You decided this, so a second person reviews it.", "verdict=approve")
	anna.approves(guest.number)

	letter := guest.letter("you are right")
	for _, want := range []string{"Clause 5.3: a bet is settled by the official result", "We pay 120 euro", "We checked the feed"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter lacks %q: %s", want, letter)
		}
	}
	guest.acceptsByPhone(chromium)
	s.everythingIsKept(guest, ben)
}

const (
	bwinSubject = "Bet B-77 settled as lost although it won"
	bwinBody    = "The match ended 2:1, my bet B-77 won, and you settled it as lost. Please pay it out."
)

// clockTime is how a form writes a moment of the operator's clocks.
func clockTime(at time.Time) string {
	berlin, _ := time.LoadLocation(storyZone) // was loaded before
	return at.In(berlin).Format("2006-01-02T15:04")
}

// complainsByPhone looks for help first, then complains by the form, in a browser.
func (p *player) complainsByPhone(chromium context.Context) {
	p.t.Helper()
	phone := open(p.t, chromium, p.story.base)
	phone.do("the guest asks the help section", phone.goTo("/en/search?q=umpire+wearing+purple+trousers"), see("main"))
	phone.reads("main", "The help section has no answer to this")
	phone.do("a person is one step away", click(`main a[href*="/en/contact"]`), see("#kind-complaint"))
	phone.do("it is a complaint", click(`label[for="kind-complaint"]`), see(".complaint-notice"))
	phone.reads(".complaint-notice", "Complaints are free of charge.", "within 3 months of the event")
	phone.do("the guest tells it", chromedp.SetValue(chromedp.CSS("#subject"), bwinSubject), write("#body", bwinBody), write("#contact", p.email))
	phone.do("the category asks for the bet", chromedp.SetValue(chromedp.CSS("#category"), "bets"), see("#fact-bets"))
	phone.do("the guest names it", write("#fact-bets", "B-77"), chromedp.SetValue(chromedp.CSS("#fact-occurred_at"), clockTime(time.Now().AddDate(0, -1, 0))),
		click(".actions [data-next]"), see(".accepted"))
	p.number = ticketNumberShape.FindString(phone.text(".accepted"))
	p.private = strings.TrimPrefix(phone.value("#o-link"), p.story.base)
}

// acceptsByPhone takes the outcome in a browser.
func (p *player) acceptsByPhone(chromium context.Context) {
	p.t.Helper()
	phone := open(p.t, chromium, p.story.base)
	phone.do("the outcome is there", phone.goTo(p.private), see(".outcome-card"))
	phone.reads(".outcome-card", "your complaint is upheld", "Clause 5.3")
	phone.do("the player accepts", click("form[action$='/accept'] button"), see("#done .notice"))
	phone.reads("#done", "You have accepted the outcome")
}

// lateComplaintIsAccepted holds that what comes after three months is flagged and judged by
// a person, never dropped.
func (s *story) lateComplaintIsAccepted(late *player, ben *agent) {
	s.t.Helper()
	if text := late.letter("a person will look at the date"); !strings.Contains(text, "We have not turned it down.") {
		s.t.Errorf("the letter about a late complaint: %s", text)
	}
	ben.sees(late.number).reads("This complaint was filed after the time that the rules give.", "Judge the late complaint")
	ben.acts(late.number, "late", "pursued=yes", "reason=The player was in hospital.").readsNot("Judge the late complaint")
}

func (s *story) complaintIsAcknowledged(guest *player) {
	s.t.Helper()
	letter := guest.letter("We have received your complaint " + guest.number)
	for _, want := range []string{"free of charge", "What happens next", guest.number, "By " + storyDay(kb.EN, time.Now().AddDate(0, 1, 0)), "ask for a review"} {
		if !strings.Contains(letter, want) {
			s.t.Errorf("the acknowledgement lacks %q: %s", want, letter)
		}
	}
}

// repeatingGainsNothing holds that who came first is first, whatever is sent again.
func (s *story) repeatingGainsNothing(late, guest, again *player, ben *agent) {
	s.t.Helper()
	ben.acts(again.number, "merge", "checked=yes", "into="+guest.number).reads("The tickets are merged.")
	again.letter("are now one")
	queue := ben.opens("/desk").text
	first, second := strings.Index(queue, late.number), strings.Index(queue, guest.number)
	if first < 0 || second < first || strings.Contains(queue, again.number) {
		s.t.Errorf("the queue is not in the order of arrival: %s", queue)
	}
}

// departmentsAreAwaited holds that no decision comes before what two departments were asked.
func (s *story) departmentsAreAwaited(guest *player, ben *agent) {
	s.t.Helper()
	ben.assesses(guest.number)
	ben.asksDepartment(guest.number, "trading", "By which score was B-77 settled?")
	ben.asksDepartment(guest.number, "technical", "What did the feed say?")
	ben.findsOut(guest.number, "Waiting for the departments.", "none-found")
	decision := []string{"outcome=explained", "reasons=x", "measures=x", "ending=open"}
	ben.mayNot(guest.number, "decide", "Not possible yet. First: ", decision...)
	ben.acts(guest.number, "task-done", "task=1", "result=By 1:1.")
	ben.mayNot(guest.number, "decide", "Not possible yet. First: Task 2", decision...)
	guest.looks().readsNot("Which score", "By which score", "By 1:1.", "Task")
}

// monthPasses holds that a date which is not kept is owned up to once, and that the player
// hears each week from then on.
func (s *story) monthPasses(guest *player) {
	s.t.Helper()
	due := time.Now().AddDate(0, 1, 0)
	s.reaches(due.Add(time.Hour))
	s.reaches(due.Add(2 * time.Hour))
	guest.letter("We have not kept our date for " + guest.number)
	s.reaches(due.AddDate(0, 0, 8))
	guest.letter("How far we are with your request " + guest.number)
	s.reaches(due.AddDate(0, 0, 16))
	for subject, want := range map[string]int{"We have not kept our date": 1, "How far we are": 2} {
		arrived := func() int { return len(s.post.letters(guest.email, subject+bwinAbout(subject, guest.number))) }
		for deadline := time.Now().Add(patience); arrived() < want && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		}
		if arrived() != want {
			s.t.Errorf("%q came %d times, want %d", subject, arrived(), want)
		}
	}
}

func bwinAbout(subject, number string) string {
	if strings.HasPrefix(subject, "We") {
		return " for " + number
	}
	return " with your request " + number
}

// everythingIsKept holds that the correspondence can be taken along, that the record is
// proven, and that the case is archived when the time to come back is over.
func (s *story) everythingIsKept(guest *player, ben *agent) {
	s.t.Helper()
	page := inZip(s.t, guest.looks().downloads("/case.zip"), ".html")
	for _, want := range []string{bwinBody, "Clause 5.3"} {
		if !strings.Contains(page, want) {
			s.t.Errorf("the file of the case lacks %q", want)
		}
	}
	if strings.Contains(page, "feed had the wrong score") {
		s.t.Error("the player's file holds what a department said inside")
	}
	s.reaches(time.Now().AddDate(0, 2, 0))
	ben.sees(guest.number).reads("Archived")
	if out := s.types("audit", "export", "--ticket", guest.number); !strings.Contains(out, "The match ended 2:1") || !strings.Contains(out, "feed had the wrong score") {
		s.t.Errorf("the export lacks what was said: %s", out)
	}
	if out := s.types("audit", "verify"); !strings.Contains(out, ": 0 breaks.") {
		s.t.Errorf("the record is not proven: %s", out)
	}
}

// inZip returns the text of the file of an archive whose name ends so.
func inZip(t *testing.T, data []byte, end string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, end) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	t.Fatalf("the archive has no %s", end)
	return ""
}
