package desk_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"otvet/tickets"
)

// attach posts a form with files: names with what they hold.
func (b *browser) attach(path string, form url.Values, files ...string) page {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			_ = w.WriteField(name, value) // a buffer takes everything
		}
	}
	for i := 0; i+1 < len(files); i += 2 {
		part, err := w.CreateFormFile("files", files[i])
		if err != nil {
			b.t.Fatal(err)
		}
		_, _ = part.Write([]byte(files[i+1]))
	}
	_ = w.Close()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.base+path, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", "en")
	r.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(r)
}

func picture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const keptFile = `name="file" value="([^"]+)"`

func TestAgentsAttachAndOpenFiles(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	opening, other := h.open("Вывод завис"), h.open("Другое")
	n := opening.Ticket.Number
	b := h.browse().signIn(h.Ben)
	p := b.attach(ticketPath(n, "note"), b.form(n, "body=see the log"), "app.log", "Authorization: Bearer abcdefgh12345\nerror 17\n")
	p.want(t, http.StatusSeeOther)
	p = b.get(p.To)
	p.want(t, http.StatusOK, "app.log", "Internal note (1 file)", "Beginning, without secrets")
	b.attach(ticketPath(n, "reply"), b.form(n, "body=Look", "then=pending"), "a.png", picture(t)).want(t, http.StatusSeeOther)

	log := p.find(t, `href="(/desk/tickets/[^"]+/app.log)"`)
	opened := time.Now()
	got := b.get(log)
	if seen, err := h.Store.AccessLog(t.Context(), opened, time.Now().Add(time.Minute)); err != nil || len(seen) != 1 || seen[0].Agent != "Ben" || seen[0].Number != n {
		t.Errorf("opening a file is noted as %+v, %v", seen, err)
	}
	got.want(t, http.StatusOK, "abcdefgh12345")
	if how := got.Header.Get("Content-Disposition"); how != "attachment; filename=app.log" || !strings.Contains(got.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("the log has %q", how)
	}
	preview := b.get(log + "?preview=1")
	preview.want(t, http.StatusOK, "error 17")
	preview.lacks(t, "abcdefgh")
	if kind := preview.Header.Get("Content-Type"); kind != "text/plain; charset=utf-8" {
		t.Errorf("the preview is %s", kind)
	}
	b.get(strings.Replace(log, string(n), string(other.Ticket.Number), 1)).want(t, http.StatusNotFound)
	newBrowser(t, b.base).get(log).want(t, http.StatusSeeOther)

	seen, err := h.Store.PlayerDossier(t.Context(), opening.Token)
	if err != nil {
		t.Fatal(err)
	}
	if last := seen.Messages[len(seen.Messages)-1]; len(seen.Messages) != 2 || len(last.Files) != 1 || last.Files[0].Name != "a.png" {
		t.Errorf("the player sees %+v", seen.Messages)
	}
}

func TestRefusedFilesKeepTheStep(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вывод завис").Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n, "body=kept text", "then=solved")
	p := b.attach(ticketPath(n, "reply"), form, "a.png", picture(t), "x.exe", "MZ\x00\x00")
	p.want(t, http.StatusUnprocessableEntity, "kept text", "“x.exe” cannot be taken", "a.png", `<option value="solved" selected>`)
	if got := h.dossier(n).Ticket.Version; got != 1 {
		t.Fatalf("version %d", got)
	}
	form["file"] = p.links(keptFile)
	h.apply(n, h.Anna, tickets.Noted{Body: "meanwhile"})
	p = b.attach(ticketPath(n, "reply"), form)
	p.want(t, http.StatusConflict, "kept text", "a.png")
	again := with(form, "version="+p.find(t, `name="version" value="(\d+)"`))
	again["file"] = p.links(keptFile)
	b.attach(ticketPath(n, "reply"), again).want(t, http.StatusSeeOther)
	if last := h.dossier(n).Messages[2]; len(last.Files) != 1 || last.Files[0].Name != "a.png" {
		t.Errorf("the reply is %+v", last)
	}
}

func TestFilesOfNobodyAreNotTaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вывод завис").Ticket.Number
	form := h.browse().signIn(h.Ben).form(n, "body=my answer", "then=pending")
	p := h.browse().attach(ticketPath(n, "reply"), form, "a.png", picture(t))
	p.want(t, http.StatusUnauthorized, "my answer", "Please attach your files again")
	if regexp.MustCompile(keptFile).MatchString(p.Body) {
		t.Error("a file of nobody was kept")
	}
}
