package web

import (
	"encoding/json"
	"errors"
	"net/http"
)

// Problem is an RFC 9457 problem: how the JSON API says that a request failed. The doc
// and example tags go into the API's description.
type Problem struct {
	Title  string   `json:"title" doc:"What happened, for people, in the language of Accept-Language." example:"Something is missing or not right"`
	Status int      `json:"status" doc:"The HTTP status." example:"422"`
	Detail string   `json:"detail" doc:"What it means and what to do next, for people." example:"The request was read, but it cannot be carried out as it is. Please go back and check what you filled in."`
	ID     string   `json:"request_id,omitempty" doc:"Names the request in the operator's log." example:"9f86d081884c7d65"`
	Errors []Detail `json:"errors,omitempty" nullable:"false" doc:"What is wrong with which part of the request, where that is known."`
}

// Detail says what is wrong with one part of a request. It never repeats the value.
type Detail struct {
	Location string `json:"location" doc:"The part: body.NAME, query.NAME, path.NAME or header.NAME." example:"body.category"`
	Code     string `json:"code" doc:"What is wrong with it, for programs: required, unexpected, unknown, wrong_type, too_long, too_short, out_of_range, bad_email, bad_text, bad_form, duplicate, key_reused, invalid." example:"unknown"`
	Message  string `json:"message" doc:"The same for people." example:"is not one of the known values"`
}

// Problem notes a failed request in the log, sets the headers of its answer and returns
// the problem that says so. The details' messages are those of "problem.<code>".
func (web *Web) Problem(w http.ResponseWriter, r *http.Request, err error) Problem {
	kind := web.prepare(w, r, err)
	t := web.Catalog.Printer(Lang(r)).T
	key := "failure." + kinds[kind].key
	p := Problem{Title: t(key + ".title"), Status: kind.Status(), Detail: t(key+".lead") + " " + t(key+".next"), ID: RequestID(r.Context())}
	var e *Error
	if errors.As(err, &e) {
		for _, d := range e.Details {
			d.Message = t("problem." + d.Code)
			p.Errors = append(p.Errors, d)
		}
	}
	return p
}

func (web *Web) writeProblem(w http.ResponseWriter, p Problem) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		web.Log.Info("write a problem", "cause", err)
	}
}
