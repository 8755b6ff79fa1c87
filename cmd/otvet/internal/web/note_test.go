package web_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"otvet/cmd/otvet/internal/web"
)

func TestNoteLogsTheCauseAndReturnsTheKind(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := &web.Web{Log: slog.New(slog.NewTextHandler(&log, nil))}
	r := httptest.NewRequest(http.MethodGet, "/desk/tickets/SECRET", nil)
	kind := w.Note(r, &web.Error{Kind: web.Unavailable, Err: errors.New("the cause")})
	if kind != web.Unavailable || !strings.Contains(log.String(), "the cause") || !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("kind %v, log %q", kind, log.String())
	}
	if strings.Contains(log.String(), "SECRET") {
		t.Errorf("the log holds the path: %q", log.String())
	}
}
