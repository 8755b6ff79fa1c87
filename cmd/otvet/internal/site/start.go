package site

import (
	"net/http"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
)

// usefulQuestions is how many questions the start page names.
const usefulQuestions = 8

// startPage is GET /{lang}/.
type startPage struct {
	frame
	Categories []card
	Questions  []link
}

// card is a category as the start page shows it.
type card struct {
	kb.Category
	Path      string
	Questions int // FAQ questions in it
	Guides    int
}

// choose answers GET /: the start page in the language that the browser asks for.
func (s *Site) choose(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, address(web.Preferred(r), ""), http.StatusFound)
	return nil
}

// start answers GET /{lang}/.
func (s *Site) start(w http.ResponseWriter, r *http.Request) error {
	lang, lib := langOf(r), s.Engine.Library()
	p := startPage{frame: s.frame(lang, s.words(lang).T("start.title"), "")}
	p.Finder = false
	p.Description = s.words(lang).T("start.description", s.Operator)
	articles := lib.Articles(kb.Locale(lang))
	for _, c := range lib.Categories(kb.Locale(lang)) {
		if k := newCard(c, lang, articles); k.Questions+k.Guides > 0 { // others are for requests only
			p.Categories = append(p.Categories, k)
		}
	}
	p.Questions = useful(lib.Categories(kb.Locale(lang)), articles)
	return s.pages.start.Write(w, http.StatusOK, &p)
}

func newCard(c kb.Category, lang string, articles []*kb.Article) card {
	k := card{Category: c, Path: address(lang, "categories/"+c.ID)}
	for _, a := range articles {
		switch {
		case a.Category != c.ID:
		case a.Kind == kb.FAQ:
			k.Questions += len(headings(a))
		case a.Kind == kb.Help:
			k.Guides++
		}
	}
	return k
}

// useful returns the first question of each category in the editors' order: they put
// what players ask most on top.
func useful(categories []kb.Category, articles []*kb.Article) []link {
	var links []link
	for _, c := range categories {
		for _, a := range articles {
			if a.Kind != kb.FAQ || a.Category != c.ID || len(headings(a)) == 0 {
				continue
			}
			links = append(links, sectionLink(a, headings(a)[0]))
			break
		}
	}
	return links[:min(len(links), usefulQuestions)]
}

// headings returns the sections of an article that stand under a heading of level 2.
func headings(a *kb.Article) []kb.Section {
	var found []kb.Section
	for _, s := range a.Sections {
		if s.Level == 2 {
			found = append(found, s)
		}
	}
	return found
}
