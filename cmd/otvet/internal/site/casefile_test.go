package site_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres/postgrestest"
)

// What a player keeps is the public correspondence, byte for byte, and nothing else.
func TestAPlayerKeepsTheCase(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	anna, err := store.AddAgent(t.Context(), tickets.Agent{Email: "anna.secret@desk.example", Name: "Anna", Locale: kb.EN, PasswordHash: "x"})
	if err != nil {
		t.Fatal(err)
	}
	said := "Where is <b>my</b> money?\n\n{{.}} =1+1 \"quoted\" & «деньги» \u2014 1 < 2"
	o, err := store.OpenTicket(t.Context(), tickets.NewTicket{
		Key: "0123456789abcdef", Locale: kb.RU, Category: "withdrawals", Subject: "Деньги <script>alert(1)</script>", Body: said,
		Requester: tickets.Requester{Email: "p@player.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	by := tickets.Actor{Kind: tickets.ByAgent, Agent: anna.ID}
	for i, c := range []tickets.Change{
		tickets.Noted{Body: "SAR filed, canary-note"},
		tickets.AgentReplied{Body: "Деньги в пути.\nАнна", Then: tickets.StatusPending, Review: tickets.Review{By: anna.ID, At: time.Now()}},
	} {
		if _, err := store.Apply(t.Context(), o.Ticket.Number, i+1, tickets.Event{Actor: by, Change: c}); err != nil {
			t.Fatal(err)
		}
	}
	handler := newHandler(t, engine(t), store)
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w
	}
	base := "/ru/requests/" + string(o.Token)
	archive := get(base + "/case.zip")
	if archive.Code != 200 || archive.Header().Get("Content-Disposition") != `attachment; filename="case-`+string(o.Ticket.Number)+`.zip"` || archive.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v", archive.Code, archive.Header())
	}
	files := unzip(t, archive.Body.Bytes())
	var f tickets.CaseFile
	if err := json.Unmarshal(files["case.json"], &f); err != nil {
		t.Fatal(err)
	}
	stored, err := store.PlayerDossier(t.Context(), o.Token)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Messages) != 2 || len(f.Messages) != len(stored.Messages) || f.Schema != tickets.CaseSchema || f.Contact != "p@player.example" {
		t.Fatalf("%+v", f)
	}
	for i, m := range stored.Messages {
		if got := f.Messages[i]; got.Body != m.Body || !got.At.Equal(m.At) || got.From != m.Author.Kind || got.Name != m.AuthorName {
			t.Errorf("message %d: %+v, stored %+v", i, got, m)
		}
	}
	files["single page"], files["single data"] = get(base+"/case.html").Body.Bytes(), get(base+"/case.json").Body.Bytes()
	for name, text := range files {
		for _, leak := range []string{"SAR", "canary", "anna.secret", "<script", "http://", "https://", string(o.Token)} {
			if bytes.Contains(text, []byte(leak)) && (name != "case.json" && name != "single data" || leak != "<script") {
				t.Errorf("%s holds %q", name, leak)
			}
		}
	}
	html := string(files["case.html"])
	for _, want := range []string{`<html lang="ru">`, "1 &lt; 2", "Переписка", "Анна", "default-src &#39;none&#39;"} {
		if !strings.Contains(html, want) && !strings.Contains(html, strings.ReplaceAll(want, "&#39;", "'")) {
			t.Errorf("case.html lacks %q", want)
		}
	}
	for _, path := range []string{"/ru/requests/AAAAAAAAAAAAAAAAAAAAAA/case.zip", "/ru/requests/x/case.json"} {
		if w := get(path); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func unzip(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[e.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(strings.Split(e.Name, "/"), func(p string) bool { return p == ".." || p == "" }) {
			t.Errorf("unsafe name %q", e.Name)
		}
	}
	return files
}
