package site_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"otvet/cmd/otvet/internal/site"
	"otvet/tickets/attachments"
	"otvet/tickets/postgres/postgrestest"
)

// chosen is a file that a visitor chooses.
type chosen struct {
	name string
	data []byte
}

func screenshot(t *testing.T) chosen {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 20))); err != nil {
		t.Fatal(err)
	}
	return chosen{"экран \"1\".png", b.Bytes()}
}

// send posts a form with files, as a browser without script does.
func (v *visitor) send(path string, form url.Values, files ...chosen) *httptest.ResponseRecorder {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			if err := w.WriteField(name, value); err != nil {
				v.t.Fatal(err)
			}
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile("files", f.name)
		if err == nil {
			_, err = part.Write(f.data)
		}
		if err != nil {
			v.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		v.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return v.do(r)
}

var keptFile = regexp.MustCompile(`name="file" value="([^"]+)"`)

// references returns the files that a form carries.
func references(w *httptest.ResponseRecorder) (refs []string) {
	for _, m := range keptFile.FindAllStringSubmatch(w.Body.String(), -1) {
		refs = append(refs, m[1])
	}
	return refs
}

var fileLink = regexp.MustCompile(`href="(/en/requests/[^"]+/files/[^"]+)"`)

// links returns the addresses of the files on a private page.
func links(w *httptest.ResponseRecorder) (paths []string) {
	for _, m := range fileLink.FindAllStringSubmatch(w.Body.String(), -1) {
		paths = append(paths, m[1])
	}
	return paths
}

func want(t *testing.T, w *httptest.ResponseRecorder, code int, texts ...string) {
	t.Helper()
	if w.Code != code {
		t.Fatalf("answered %d, want %d: %.2000s", w.Code, code, w.Body)
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("the page lacks %q", text)
		}
	}
}

const formKey = "0123456789abcdef0123456789abcdef"

func TestFilesComeWithARequest(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t)))
	form := message(formKey)
	form.Set("step", "send")
	w := v.send("/en/contact", form, screenshot(t), chosen{"app.log", []byte("error 17\n")})
	want(t, w, http.StatusSeeOther)
	private := w.Header().Get("Location")
	page := v.get(private)
	want(t, page, http.StatusOK, "экран _1_.png", "app.log")
	found := links(page)
	if len(found) != 2 {
		t.Fatalf("the page links to %q", found)
	}

	picture := v.get(found[0])
	want(t, picture, http.StatusOK)
	for name, value := range map[string]string{
		"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache", "Cross-Origin-Resource-Policy": "same-origin",
		"Content-Disposition": "inline; filename*=utf-8''%D1%8D%D0%BA%D1%80%D0%B0%D0%BD%20_1_.png",
	} {
		if got := picture.Header().Get(name); got != value {
			t.Errorf("the picture has %s %q", name, got)
		}
	}
	if csp := picture.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "sandbox") || strings.Contains(csp, "script-src") {
		t.Errorf("the picture has the policy %q", csp)
	}
	log := v.get(found[1])
	want(t, log, http.StatusOK, "error 17")
	if how := log.Header().Get("Content-Disposition"); how != "attachment; filename=app.log" || log.Header().Get("Cache-Control") != "private, no-store" {
		t.Errorf("the log has %q, %q", how, log.Header().Get("Cache-Control"))
	}

	path, _, _ := strings.Cut(private, "?")
	w = v.send(path+"/reply", url.Values{"key": {formKey}, "body": {"one more"}}, chosen{"b.log", []byte("error 18\n")})
	want(t, w, http.StatusSeeOther)
	want(t, v.get(path), http.StatusOK, "b.log")
}

func TestAFileIsNotForAnotherRequest(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t)))
	var pages []string
	for _, key := range []string{formKey, strings.Repeat("ab", 16)} {
		form := message(key)
		form.Set("step", "send")
		w := v.send("/en/contact", form, screenshot(t))
		want(t, w, http.StatusSeeOther)
		path, _, _ := strings.Cut(w.Header().Get("Location"), "?")
		pages = append(pages, path)
	}
	mine := links(v.get(pages[0]))[0]
	want(t, v.get(mine), http.StatusOK)
	for what, path := range map[string]string{
		"the other token":  strings.Replace(mine, pages[0], pages[1], 1),
		"no token":         strings.Replace(mine, pages[0], "/en/requests/AAAAAAAAAAAAAAAAAAAAAA", 1),
		"a made-up token":  strings.Replace(mine, pages[0], "/en/requests/x", 1),
		"a made-up number": pages[0] + "/files/1/x.png",
	} {
		if w := v.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s opens it: %d", what, w.Code)
		}
	}
}

func TestNothingChosenIsLost(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t)))
	form := message(formKey)
	form.Set("step", "send")
	form.Set("subject", "")
	page := chosen{"page.html", []byte("<!doctype html><html><script>alert(1)</script></html>")}
	w := v.send("/en/contact", form, screenshot(t), page, chosen{"app.log", []byte("error 17\n")})
	want(t, w, http.StatusUnprocessableEntity, "Say in one sentence what it is.", "“page.html” cannot be taken.", "экран _1_.png", "app.log")
	refs := references(w)
	if len(refs) != 2 {
		t.Fatalf("the form carries %d files", len(refs))
	}
	form.Set("subject", "Bonus")
	form["file"], form["drop"] = refs, refs[1:]
	stolen := message(strings.Repeat("ab", 16))
	stolen.Set("step", "send")
	stolen["file"] = refs
	want(t, v.send("/en/contact", stolen), http.StatusUnprocessableEntity, "A file attached earlier is not there any more.")

	edited := v.post("/en/contact", url.Values{"key": {formKey}, "step": {"edit"}, "file": refs, "drop": refs[1:]})
	if got := references(edited); len(got) != 1 {
		t.Errorf("back from the step between, the form carries %d files", len(got))
	}
	w = v.send("/en/contact", form)
	want(t, w, http.StatusSeeOther)
	if got := links(v.get(w.Header().Get("Location"))); len(got) != 1 || !strings.Contains(got[0], "%D1%8D") {
		t.Errorf("the request has %q", got)
	}
}

func TestTooManyFilesAreNamed(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t), func(c *site.Config) { c.Uploads.PerDay = 12 }))
	form := message(formKey)
	form.Set("step", "send")
	var many []chosen
	for i := range 11 {
		many = append(many, chosen{"log " + string(rune('a'+i)) + ".txt", []byte("line " + string(rune('a'+i)) + "\n")})
	}
	w := v.send("/en/contact", form, many...)
	want(t, w, http.StatusUnprocessableEntity, "“log k.txt” was not attached: one message takes up to 10 files")
	if refs := references(w); len(refs) != 10 {
		t.Errorf("the form carries %d files", len(refs))
	}
	many = many[:3]
	many[2].data = bytes.Repeat([]byte("a\n"), 5<<20+1)
	want(t, v.send("/en/contact", form, many...), http.StatusUnprocessableEntity, "“log c.txt” was not attached: there are too many files already")
}

func TestATicketIsTakenWithoutAFolderForFiles(t *testing.T) {
	t.Parallel()
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	store := postgrestest.Store(t)
	v := newVisitor(t, newHandler(t, engine(t), store, func(c *site.Config) { c.Uploads = newIntakeIn(t, store, blocked) }))
	form := message(formKey)
	form.Set("step", "send")
	w := v.send("/en/contact", form, screenshot(t))
	want(t, w, http.StatusUnprocessableEntity, "we cannot take files at the moment, and the fault is ours", form.Get("body"))
	want(t, v.send("/en/contact", form), http.StatusSeeOther)
}

func TestAFileThatIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	store, dir := postgrestest.Store(t), t.TempDir()
	v := newVisitor(t, newHandler(t, engine(t), store, func(c *site.Config) { c.Uploads = newIntakeIn(t, store, dir) }))
	form := message(formKey)
	form.Set("step", "send")
	w := v.send("/en/contact", form, screenshot(t))
	want(t, w, http.StatusSeeOther)
	private := w.Header().Get("Location")
	link := links(v.get(private))[0]
	stored, err := filepath.Glob(dir + "/??/??/*")
	if err != nil || len(stored) != 1 {
		t.Fatal(stored, err)
	}
	if err := os.WriteFile(stored[0], []byte("<script>alert(1)</script>"), 0o600); err != nil {
		t.Fatal(err)
	}
	w = v.get(link)
	want(t, w, http.StatusServiceUnavailable, "This file cannot be opened right now")
	if strings.Contains(w.Body.String(), "alert") {
		t.Error("another file was served")
	}
	want(t, v.get(private), http.StatusOK, "экран _1_.png")
}

// Whoever may be in distress is not held up by a file.
func TestAFileDoesNotHoldUpDistress(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t)))
	form := message(formKey)
	form.Set("body", "I want to kill myself")
	want(t, v.send("/en/contact", form, chosen{"x.exe", append([]byte("MZ"), make([]byte, 99)...)}), http.StatusSeeOther)
}

// What was sent with a form that never became a ticket is swept away; what a ticket has stays.
func TestOrphansOfFormsAreSwept(t *testing.T) {
	t.Parallel()
	store, dir := postgrestest.Store(t), t.TempDir()
	in := newIntakeIn(t, store, dir)
	v := newVisitor(t, newHandler(t, engine(t), store, func(c *site.Config) { c.Uploads = in }))
	form := message(formKey)
	form.Set("step", "send")
	want(t, v.send("/en/contact", form, screenshot(t)), http.StatusSeeOther)
	form.Set("subject", "")
	want(t, v.send("/en/contact", form, chosen{"a.log", []byte("never sent\n")}), http.StatusUnprocessableEntity)
	stored, err := filepath.Glob(dir + "/??/??/*")
	if err != nil || len(stored) != 3 {
		t.Fatal(stored, err)
	}
	old := time.Now().Add(-attachments.Grace - time.Hour)
	for _, path := range stored {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := in.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(dir + "/??/??/*"); err != nil || len(left) != 1 {
		t.Errorf("left are %v, %v", left, err)
	}
}

func TestFilesOnAPhone(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(newHandler(t, engine(t), postgrestest.Store(t)))
	t.Cleanup(server.Close)
	shot := screenshot(t)
	path := filepath.Join(t.TempDir(), "экран.png")
	if err := os.WriteFile(path, shot.data, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx := chromium(t, server.URL+"/ru/contact?category=technical")
	do(t, ctx, chromedp.EmulateViewport(360, 740))
	do(t, ctx, chromedp.SetUploadFiles("#files", []string{path}))
	// Too large is said before anything is sent; a pasted screenshot is attached.
	until(t, ctx, `(() => { const f = document.querySelector("#files"), d = new DataTransfer(); for (const x of f.files) d.items.add(x);
		d.items.add(new File([new Uint8Array(11 << 20)], "big.png")); f.files = d.files; f.dispatchEvent(new Event("change"));
		return f.files.length === 1 && document.querySelector("[data-trouble]").textContent === "Больше 10\u00a0МБ, поэтому не приложено: big.png"; })()`)
	until(t, ctx, `(() => { const d = new DataTransfer(); d.items.add(new File([document.querySelector("#files").files[0]], "pasted.png"));
		document.querySelector("#body").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true}));
		return document.querySelector("#files").files.length === 2; })()`)
	until(t, ctx, `document.documentElement.scrollWidth <= innerWidth`)
	do(t, ctx, chromedp.Focus("#body"), chromedp.KeyEvent("Смотрите на снимок"), chromedp.Focus("#contact"), chromedp.KeyEvent("anna_77"))
	ready := `document.readyState === "complete" && document.querySelector(".actions [data-next]").textContent === "Отправить"` // nothing will move under the click
	until(t, ctx, ready)
	do(t, ctx, chromedp.Click(chromedp.CSS(".actions [data-next]")))
	until(t, ctx, `document.readyState === "complete" && document.querySelectorAll("[name=file]").length === 1 && document.documentElement.scrollWidth <= innerWidth`) // the same picture twice is one
	do(t, ctx, chromedp.Focus("#subject"), chromedp.KeyEvent("qwzx 17"), chromedp.KeyEvent(kb.Enter))
	until(t, ctx, `location.pathname.startsWith("/ru/requests/") && document.querySelector(".shot img")?.naturalWidth === 30`)
	until(t, ctx, `document.documentElement.scrollWidth <= innerWidth`)
}
