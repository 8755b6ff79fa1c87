package main

import (
	"context"
	"encoding/json"
	"net/http"
	"sync/atomic"
	"time"

	"otvet/cmd/otvet/internal/upload"
	"otvet/kb"
	"otvet/search"
	"otvet/tickets/postgres"
)

// health says whether this replica should get requests.
type health struct {
	engine   *search.Engine
	store    *postgres.Store
	uploads  *upload.Intake // nil: no files are taken
	stopping atomic.Bool
}

// readiness is the body of GET /readyz.
type readiness struct {
	Status   string    `json:"status"` // ready, degraded (newer content was refused, or no files can be taken), away (no database), stopping
	Content  contentOf `json:"content"`
	Database string    `json:"database"` // ok, away
	Files    string    `json:"files"`    // ok, away: tickets are taken without attachments
}

type contentOf struct {
	Revision string       `json:"revision"`
	Problems []kb.Problem `json:"problems"` // of a newer content that was refused; the revision serves on
}

// live is GET /healthz: the process answers.
func live(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n")) // the reader has gone; nobody is left to tell
}

// ready is GET /readyz. 503 means that tickets cannot be taken, or that the program is
// stopping; the help section may work all the same. Content that was refused is 200: the
// old content serves on, and turning the replica away would help nobody. The same holds for
// a folder of attachments that cannot be written.
func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	body, status := h.check(r.Context())
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // as in live
}

func (h *health) check(ctx context.Context) (readiness, int) {
	content := h.engine.Status()
	r := readiness{"ready", contentOf{content.Revision, append([]kb.Problem{}, content.Problems...)}, "ok", "ok"}
	if h.uploads.Check() != nil {
		r.Files = "away"
	}
	if len(content.Problems) > 0 || r.Files == "away" {
		r.Status = "degraded"
	}
	status := http.StatusOK
	if !h.reaches(ctx) {
		r.Status, r.Database, status = "away", "away", http.StatusServiceUnavailable
	}
	if h.stopping.Load() {
		r.Status, status = "stopping", http.StatusServiceUnavailable
	}
	return r, status
}

// reaches reports whether the database can work now: a frozen one counts as away.
func (h *health) reaches(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return h.store.Ping(ctx) == nil
}
