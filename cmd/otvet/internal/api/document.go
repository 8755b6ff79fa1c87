package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"otvet/cmd/otvet/internal/web"
)

// description is the head of the OpenAPI document and huma's settings: no page of
// documentation, which would need scripts from other hosts, and no $schema fields.
func (s *service) description() huma.Config {
	c := huma.DefaultConfig("otvet", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "", "", "", nil
	c.RejectUnknownQueryParameters = true
	c.Transformers = []huma.Transformer{s.problems}
	c.Servers = []*huma.Server{{URL: s.BaseURL + Root}}
	c.Info.Description = "Answers from a betting operator's knowledge base, with their source, and a way to the people behind it.\n\n" +
		"Requests and responses are JSON in UTF-8, at most 128 KiB. Unknown and repeated fields are refused. " +
		"Every error is a problem (RFC 9457) in the language of Accept-Language; request_id names it in the operator's log. " +
		"By default a client may send 300 requests a minute; over that it gets 429 with Retry-After."
	c.Tags = []*huma.Tag{
		{Name: "Answers", Description: "Ask, search, complete."},
		{Name: "Articles", Description: "The knowledge base itself."},
		{Name: "Tickets", Description: "What the knowledge base does not answer."},
	}
	return c
}

// failures describes the errors of an operation; 429 and 500 can happen to every one.
func failures(statuses ...int) map[string]*huma.Response {
	all := map[string]*huma.Response{}
	for _, status := range append(statuses, http.StatusTooManyRequests, http.StatusInternalServerError) {
		all[strconv.Itoa(status)] = &huma.Response{
			Description: meaning(status),
			Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}}},
		}
	}
	return all
}

func meaning(status int) string {
	switch status {
	case http.StatusBadRequest:
		return "The request cannot be read: it is not valid JSON, has a field twice, or holds NUL or invalid UTF-8; or the question has no words."
	case http.StatusNotFound:
		return "There is no such article or version in that language."
	case http.StatusRequestEntityTooLarge:
		return "The question is longer than 2000 bytes, or the body than 128 KiB."
	case http.StatusUnsupportedMediaType:
		return "The body is not application/json, or compressed."
	case http.StatusUnprocessableEntity:
		return "The request was read, but errors says what is wrong with it."
	case http.StatusTooManyRequests:
		return "Too many requests; Retry-After says how many seconds to wait."
	case http.StatusServiceUnavailable:
		return "The operator's database is away. Nothing was accepted: repeat the request later with the same key."
	}
	return "A fault on the operator's side."
}

// document is GET /openapi.json.
func document(h huma.API) web.Handler {
	schemas := h.OpenAPI().Components.Schemas
	schemas.Schema(reflect.TypeFor[web.Problem](), true, "")
	for _, unused := range []string{"ErrorModel", "ErrorDetail"} { // huma's own, which we never send
		delete(schemas.Map(), unused)
	}
	text, err := json.MarshalIndent(h.OpenAPI(), "", "  ")
	return func(w http.ResponseWriter, _ *http.Request) error {
		if err != nil {
			return fmt.Errorf("write the API's description: %w", err)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(text) // the reader has gone; nobody is left to tell
		return nil
	}
}
