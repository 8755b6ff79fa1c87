package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"otvet/cmd/otvet/internal/api"
)

const openapiGolden = "testdata/openapi.golden.json"

// description returns the API's OpenAPI document.
func description(t *testing.T, h http.Handler) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/openapi.json", nil))
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("status %d, %s", w.Code, w.Header().Get("Content-Type"))
	}
	return w.Body.Bytes()
}

// TestDescriptionOfTheAPI makes every change of the API visible in a diff. Write the
// golden anew with -update.
func TestDescriptionOfTheAPI(t *testing.T) {
	t.Parallel()
	got := append(description(t, handlerOn(t, storeAway(t), 100, 100)), '\n')
	if *update {
		if err := os.WriteFile(openapiGolden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(openapiGolden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("the API's description has changed (-golden +now):\n%s", diff)
	}
}

// openapi is what the tests look at.
type openapi struct {
	OpenAPI    string
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]schema }
}

type operation struct {
	Summary, Description string
	Parameters           []struct{ Name, Description string }
	Responses            map[string]struct{ Description string }
}

type schema struct {
	AdditionalProperties any
	Properties           map[string]struct {
		Ref         string `json:"$ref"`
		Description string
	}
}

func TestEveryRouteIsDescribed(t *testing.T) {
	t.Parallel()
	h := handlerOn(t, storeAway(t), 100, 100)
	var doc openapi
	if err := json.Unmarshal(description(t, h), &doc); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1.") {
		t.Errorf("version %s", doc.OpenAPI)
	}
	err := chi.Walk(h.(chi.Routes), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		path, ok := strings.CutPrefix(route, api.Root)
		if !ok || path == "/openapi.json" {
			return nil
		}
		if _, ok := doc.Paths[path][strings.ToLower(method)]; !ok {
			t.Errorf("%s %s is not described", method, route)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestDescriptionIsEnoughForAClient holds that everything has words, that references
// lead somewhere, and that what is sent cannot have fields that are not described.
func TestDescriptionIsEnoughForAClient(t *testing.T) {
	t.Parallel()
	text := description(t, handlerOn(t, storeAway(t), 100, 100))
	var doc openapi
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for path, methods := range doc.Paths {
		for method, o := range methods {
			if o.Summary == "" || o.Description == "" || len(o.Responses) < 4 {
				t.Errorf("%s %s: no summary, no description or few responses", method, path)
			}
			for _, p := range o.Parameters {
				if p.Description == "" {
					t.Errorf("%s %s: parameter %s has no description", method, path, p.Name)
				}
			}
		}
	}
	for name, s := range doc.Components.Schemas {
		if s.AdditionalProperties != false {
			t.Errorf("schema %s is open", name)
		}
		for property, p := range s.Properties {
			if p.Description == "" && p.Ref == "" {
				t.Errorf("schema %s: %s has no description", name, property)
			}
		}
		text = bytes.ReplaceAll(text, []byte(`"#/components/schemas/`+name+`"`), nil)
	}
	if bytes.Contains(text, []byte("#/components")) {
		t.Error("a reference leads nowhere")
	}
}
