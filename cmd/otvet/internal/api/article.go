package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
)

type articleInput struct {
	Kind      string `path:"kind" enum:"faq,help,terms" doc:"The first part of the article's ID."`
	Slug      string `path:"slug" maxLength:"100" doc:"The second part of the article's ID." example:"withdrawals"`
	Locale    string `query:"locale" required:"true" enum:"ru,en" doc:"The language of the article."`
	Effective string `query:"effective" format:"date" doc:"Terms: the version in force since that day, one of versions; without it, the version in force today." example:"2025-11-01"`
}

// Article is one document of the knowledge base.
type Article struct {
	ID        string    `json:"id" doc:"Kind and slug, the same in every language." example:"faq/withdrawals"`
	Locale    string    `json:"locale" enum:"ru,en" doc:"The language it is written in."`
	Kind      string    `json:"kind" enum:"faq,help,terms" doc:"What sort of document it is."`
	Category  Category  `json:"category" doc:"The subject that players look under."`
	Title     string    `json:"title" doc:"Title of the document." example:"Withdrawals"`
	Summary   string    `json:"summary" doc:"One sentence."`
	Updated   string    `json:"updated" format:"date" doc:"The day of the last editorial change." example:"2026-09-14"`
	Effective string    `json:"effective,omitempty" format:"date" doc:"Terms: the day this version takes effect." example:"2026-03-01"`
	URL       string    `json:"url" format:"uri" doc:"The article's page, with the version in force." example:"https://help.demo.example/en/faq/withdrawals"`
	Revision  string    `json:"revision" doc:"Hash of the article's file." example:"0123456789ab"`
	Sections  []Section `json:"sections" nullable:"false" doc:"In the order of the document."`
	Versions  []Version `json:"versions" nullable:"false" doc:"Terms: every version, newest first, those not yet in force included; else empty."`
}

// Category is a subject that players know.
type Category struct {
	ID    string `json:"id" doc:"The same in every language; what a ticket takes as its category." example:"withdrawals"`
	Title string `json:"title" doc:"What players see." example:"Withdrawals"`
}

// Section is a part of an article under one heading.
type Section struct {
	Anchor  string `json:"anchor" doc:"Fragment of the article's page; empty for the introduction." example:"how-long"`
	Level   int    `json:"level" minimum:"0" maximum:"3" doc:"2 or 3 as in HTML; 0 for the introduction."`
	Number  string `json:"number,omitempty" doc:"Terms: number of the clause." example:"4.2"`
	Heading string `json:"heading" doc:"Without its number; empty for the introduction." example:"How long does a withdrawal take?"`
	HTML    string `json:"html" doc:"Rendered from Markdown without raw HTML; its internal links are absolute paths of the help site."`
	Text    string `json:"text" doc:"The same as plain text, one block a line."`
}

// Version is one version of a Terms document.
type Version struct {
	Effective string `json:"effective" format:"date" doc:"The day it takes effect." example:"2026-03-01"`
	Revision  string `json:"revision" doc:"Hash of the version's file." example:"0123456789ab"`
	InForce   bool   `json:"in_force" doc:"Whether it is the one in force today."`
}

type articleOutput struct{ Body Article }

func articleOperation() huma.Operation {
	return huma.Operation{
		OperationID: "get-article", Method: http.MethodGet, Path: "/articles/{kind}/{slug}", Tags: []string{"Articles"},
		Summary:     "Read an article",
		Description: "Returns an article in force, or a named version of a Terms document.",
		Responses:   failures(http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity),
	}
}

// article is GET /articles/{kind}/{slug}.
func (s *service) article(_ context.Context, in *articleInput) (*articleOutput, error) {
	library, locale, id := s.Engine.Library(), kb.Locale(in.Locale), in.Kind+"/"+in.Slug
	current, ok := library.Article(locale, id)
	a := current
	if in.Effective != "" {
		effective, err := time.Parse(time.DateOnly, in.Effective)
		if err != nil {
			return nil, &web.Error{Kind: web.BadRequest, Err: err}
		}
		a, ok = library.Version(locale, id, effective)
	}
	if !ok {
		return nil, web.Failf(web.NotFound, "no such article or version")
	}
	category, _ := library.Category(locale, a.Category)
	return &articleOutput{Article{
		ID: a.ID, Locale: string(a.Locale), Kind: string(a.Kind), Category: Category{category.ID, category.Title},
		Title: a.Title, Summary: a.Summary, Updated: day(a.Updated), Effective: day(a.Effective),
		URL: s.BaseURL + "/" + string(a.Locale) + "/" + a.ID, Revision: a.Revision,
		Sections: sections(a), Versions: versions(library, a, current),
	}}, nil
}

func sections(a *kb.Article) []Section {
	all := []Section{}
	for _, s := range a.Sections {
		all = append(all, Section{s.Anchor, s.Level, s.Number, s.Heading, string(s.HTML), s.Text})
	}
	return all
}

// versions lists the versions of a Terms document; current is nil before the first one
// takes effect.
func versions(library *kb.Library, a, current *kb.Article) []Version {
	all := []Version{}
	if a.Kind != kb.Terms {
		return all
	}
	for _, v := range library.Versions(a.Locale, a.ID) {
		inForce := current != nil && v.Effective.Equal(current.Effective)
		all = append(all, Version{day(v.Effective), v.Revision, inForce})
	}
	return all
}
