package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// citationPage is a passage as a player was shown it, and what has become of it since.
type citationPage struct {
	frame
	Citation kb.Citation
	Place    string
	Before   string // of the text, up to the quote
	Quote    string // empty when the text does not hold it as it stands
	After    string
	Fate     fate
	Now      string // the passage as it stands now; set when it reads differently
	URL      string // of the article; empty when it is gone
}

// fate is what has become of a cited passage.
type fate string

const (
	fateSame    fate = "same"    // the article is the one that was shown
	fateKept    fate = "kept"    // the article has changed, this passage has not
	fateChanged fate = "changed" // this passage reads differently now
	fateGone    fate = "gone"    // the passage is there no more
)

// showCitation serves GET /desk/citations.
func (d *Desk) showCitation(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	ref, err := kb.ParseRef(r.URL.Query().Get("ref"))
	if err != nil {
		return &web.Error{Kind: web.NotFound, Err: fmt.Errorf("read citation's address: %w", err)}
	}
	c, err := d.Store.Citation(r.Context(), ref)
	if err != nil {
		return fmt.Errorf("load citation %s: %w", ref, err)
	}
	page := &citationPage{frame: d.newFrame(r, me, c.Title), Citation: c, Place: place(c)}
	page.Before, page.After, _ = strings.Cut(c.Text, c.Quote)
	if page.Quote = c.Quote; c.Quote == "" || !strings.Contains(c.Text, c.Quote) {
		page.Before, page.Quote, page.After = c.Text, "", ""
	}
	page.Fate, page.Now = fateOf(d.Engine.Library(), c)
	if page.Fate != fateGone {
		page.URL = ref.Path()
	}
	return d.pages.citation.Write(w, http.StatusOK, page)
}

// fateOf compares a citation with the content that serves; now is set when it differs.
func fateOf(library *kb.Library, c kb.Citation) (f fate, now string) {
	article, ok := library.Article(c.Ref.Locale, c.Ref.Article)
	if !ok {
		return fateGone, ""
	}
	if article.Revision == c.Ref.Revision {
		return fateSame, ""
	}
	ref := c.Ref
	ref.Revision = article.Revision
	passage, ok := library.Passage(ref)
	switch {
	case !ok:
		return fateGone, ""
	case passage.Text == c.Text:
		return fateKept, ""
	}
	return fateChanged, passage.Text
}

func citationURL(r kb.Ref) string {
	return "/desk/citations?" + url.Values{"ref": {r.String()}}.Encode()
}

// place names a passage within its article: "4.2 Time limits".
func place(c kb.Citation) string { return strings.TrimSpace(c.Clause + " " + c.Heading) }
