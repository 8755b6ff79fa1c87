package site

import (
	"net/http"
	"regexp"
	"strings"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
)

// deskCookie is what a signed-in agent's browser sends: the desk's session.
const deskCookie = "desk"

// robot finds programs that call themselves a browser. Cubot makes telephones.
var robot = regexp.MustCompile(`(?i)(?:^|[^u])bot\b|crawl|spider|slurp|preview|headless|lighthouse|monitor|scan|externalhit|archiver`)

// viewed counts a page of an article that is shown to a player, and notes when it was
// opened from the results of an ask.
func (s *Site) viewed(r *http.Request, a *kb.Article) {
	if !isLook(r) {
		return
	}
	if key := r.URL.Query().Get("from"); isKey(key) {
		s.Store.AskOpenedSoon(r.Context(), key)
	}
	if s.Views != nil && isView(r, s.Cookies) {
		s.Views.Count(a, time.Now())
	}
}

// isView reports whether a player looks at the page: somebody who is not signed in to the desk.
func isView(r *http.Request, cookies web.Cookies) bool {
	return isLook(r) && cookies.Get(r, deskCookie) == ""
}

// isLook reports whether somebody looks at the page, as far as a request tells: every
// browser says Mozilla first, and one that loads a page before anybody has asked for it
// says so.
func isLook(r *http.Request) bool {
	agent := r.UserAgent()
	return r.Method == http.MethodGet &&
		strings.HasPrefix(agent, "Mozilla/") && !robot.MatchString(agent) &&
		!strings.Contains(r.Header.Get("Sec-Purpose")+r.Header.Get("Purpose")+r.Header.Get("X-Moz"), "prefetch")
}
