package site

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
	"otvet/tickets/policy"
)

// frame is what the layout shows around every page of the site.
type frame struct {
	web.Frame
	Helpline string
	Hours    int           // within how many a person answers
	Other    web.Alternate // this page in the other language
	Finder   bool          // a search box in the header
	Query    string        // what stands in the search box
	Quiet    bool          // nothing beside the page itself: see carePage
	Mine     bool          // players can sign in to see their requests
}

// Framing implements web.Framed.
func (f *frame) Framing() *web.Frame { return &f.Frame }

// frame returns what stands around the page at path, which is what follows the language
// in its address: "faq/withdrawals", and "" for the start page.
func (s *Site) frame(lang, title, path string) frame {
	f := frame{Frame: web.NewFrame(lang, title), Helpline: s.Helpline(lang), Hours: s.hours(), Finder: true, Mine: s.canSignIn(lang)}
	f.Operator, f.Style, f.Script = s.Operator, "site.css", "search.js"
	f.Canonical = s.absolute(address(lang, path))
	for _, l := range web.Langs() {
		f.Alternates = append(f.Alternates, web.Alternate{Lang: l, URL: s.absolute(address(l, path))})
		if l != lang {
			f.Other = web.Alternate{Lang: l, URL: address(l, path)}
		}
	}
	return f
}

// hours returns within how many hours a person answers a question sent by the form, by the
// rules in force. A part of an hour counts as one, so that no page promises more than is
// meant.
func (s *Site) hours() int {
	form := policy.Matter{Kind: string(tickets.KindQuestion), Channel: string(tickets.ChannelForm)}
	rules, now := s.Store.Rules(), time.Now()
	term, _ := rules.Term(form, policy.RuleFirst) // the floor sees to it that there is one
	return int((rules.Calendar().Add(now, term.Limit).Sub(now) + time.Hour - 1) / time.Hour)
}

// unlisted returns the frame of a page that search engines must not keep and whose
// address must not be repeated in the page.
func (f frame) unlisted() frame {
	f.NoIndex, f.Canonical, f.Alternates = true, "", nil
	return f
}

// bare returns the frame of a fragment, which the layout does not surround.
func bare(lang string) frame { return frame{Frame: web.NewFrame(lang, "")} }

// address returns the path of a page in a language.
func address(lang, path string) string { return "/" + lang + "/" + path }

// absolute returns a path of ours with scheme and host.
func (s *Site) absolute(path string) string { return s.BaseURL.Scheme + "://" + s.BaseURL.Host + path }

// words returns the printer of a language.
func (s *Site) words(lang string) *web.Printer { return s.Web.Catalog.Printer(lang) }

// langOf returns the language in a request's path.
func langOf(r *http.Request) string { return chi.URLParam(r, "lang") }

// private keeps a page out of every cache.
func private(w http.ResponseWriter) { w.Header().Set("Cache-Control", "no-store") }
