package web_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/cmd/otvet/internal/web"
)

func TestProblemSaysWhatIsWrongInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	assets, err := web.LoadAssets()
	if err != nil {
		t.Fatal(err)
	}
	server, err := web.New(web.Config{
		Catalog: catalog(t), Assets: assets, Log: slog.New(slog.DiscardHandler),
		Classify: func(error) web.Kind { return web.Internal },
	})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/api/v1/tickets", nil)
	r.Header.Set("Accept-Language", "ru")
	w := httptest.NewRecorder()
	server.Fail(w, r, &web.Error{
		Kind: web.Unsupported, Err: errors.New("secret cause"),
		Details: []web.Detail{{Location: "body.email", Code: "bad_email"}},
	})
	var got web.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := web.Problem{
		Title: "Этот формат прочитать нельзя", Status: http.StatusUnsupportedMediaType,
		Detail: "Отправленное пришло в формате, который здесь не принимается. Отправьте обычный application/json без сжатия.",
		Errors: []web.Detail{{Location: "body.email", Code: "bad_email", Message: "не похоже на адрес, на который можно написать"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || w.Code != want.Status {
		t.Errorf("status %d, (-want +got):\n%s", w.Code, diff)
	}
}

func TestEveryKindHasWords(t *testing.T) {
	t.Parallel()
	c := catalog(t)
	for _, key := range []string{"not_allowed", "unsupported"} {
		for _, part := range []string{"title", "lead", "next"} {
			if !c.Has("failure." + key + "." + part) {
				t.Errorf("no words for failure.%s.%s", key, part)
			}
		}
	}
	for _, code := range []string{
		"required", "unexpected", "unknown", "wrong_type", "too_long", "too_short", "out_of_range",
		"bad_email", "bad_text", "bad_form", "duplicate", "key_reused", "invalid",
	} {
		if !c.Has("problem." + code) {
			t.Errorf("no words for problem.%s", code)
		}
	}
}
