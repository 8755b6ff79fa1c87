package site_test

import (
	"net/http"
	"strings"
	"testing"

	"otvet/tickets"
)

// Who is signed in and sends the same again is offered their open request: the text can be
// added there, or sent all the same. Nobody else learns that there is one.
func TestARepetitionIsOfferedTheOpenRequest(t *testing.T) {
	t.Parallel()
	m := newMineTest(t)
	again := message(strings.Repeat("ab", 16))
	again.Set("subject", "SECRET of Ann")
	again.Set("contact", "ann")
	again.Set("step", "send")
	page := m.ann.post("/en/contact", again)
	add := "/en/requests/mine/" + string(m.anns) + "/reply"
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), add) {
		t.Fatalf("%d, offers no open request", page.Code)
	}
	stranger := newVisitor(t, m.handler).post("/en/contact", again)
	if stranger.Code != http.StatusSeeOther || strings.Contains(stranger.Body.String(), string(m.anns)) {
		t.Errorf("a stranger gets %d", stranger.Code)
	}
	reply := message("")
	reply.Set("key", strings.Repeat("cd", 16))
	if w := m.ann.post(add, reply); w.Code != http.StatusSeeOther {
		t.Errorf("added: %d", w.Code)
	}
	d, err := m.store.Dossier(t.Context(), 0, m.anns)
	if err != nil || len(d.Messages) != 2 || d.Messages[1].Author.Kind != tickets.ByPlayer {
		t.Errorf("%d messages, %v", len(d.Messages), err)
	}
	again.Set("key", strings.Repeat("ef", 16))
	again.Set("another", "yes")
	if w := m.ann.post("/en/contact", again); w.Code != http.StatusSeeOther {
		t.Errorf("sent all the same: %d", w.Code)
	}
}
