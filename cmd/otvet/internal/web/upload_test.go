package web_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"otvet/cmd/otvet/internal/web"
)

// sentForm posts a multipart form to an address of stand.
func sentForm(t *testing.T, path string, fill func(*multipart.Writer)) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	fill(form)
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	h, _ := stand(t, 1000)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func addFile(t *testing.T, form *multipart.Writer, field, name string, size int) {
	t.Helper()
	f, err := form.CreateFormFile(field, name)
	if err == nil {
		_, err = io.CopyN(f, zeros{}, int64(size))
	}
	if err != nil {
		t.Fatal(err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestFormsWithFilesAreRead(t *testing.T) {
	t.Parallel()
	w := sentForm(t, "/en/files", func(form *multipart.Writer) {
		_ = form.WriteField("body", "some text")
		addFile(t, form, "files", "a.png", 3<<20) // more than a form without files may have
		addFile(t, form, "files", "", 0)          // an input that nothing was chosen in
		addFile(t, form, "other", "../b.png", 5)
		_ = form.WriteField("key", "k")
	})
	if want := "files a.png 3145728\nother b.png 5\nbody=some+text&key=k"; w.Code != http.StatusOK || w.Body.String() != want {
		t.Errorf("answered %d %q", w.Code, w.Body)
	}
}

func TestFormsWithFilesHaveLimits(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		path string
		want int
		fill func(*multipart.Writer)
	}{
		"a field too long": {"/en/files", http.StatusRequestEntityTooLarge, func(form *multipart.Writer) {
			_ = form.WriteField("body", strings.Repeat("a", web.MaxBody+1))
		}},
		"fields too long together": {"/en/files", http.StatusRequestEntityTooLarge, func(form *multipart.Writer) {
			_ = form.WriteField("a", strings.Repeat("a", web.MaxBody/2))
			_ = form.WriteField("b", strings.Repeat("a", web.MaxBody/2))
		}},
		"too many fields": {"/en/files", http.StatusBadRequest, func(form *multipart.Writer) {
			for range 200 {
				_ = form.WriteField("a", "a")
			}
		}},
		"too much of everything": {"/en/files", http.StatusRequestEntityTooLarge, func(form *multipart.Writer) {
			addFile(t, form, "files", "a", web.MaxUpload)
		}},
		"NUL":       {"/en/files", http.StatusBadRequest, func(form *multipart.Writer) { _ = form.WriteField("a", "\x00") }},
		"not UTF-8": {"/en/files", http.StatusBadRequest, func(form *multipart.Writer) { _ = form.WriteField("a", "\xff") }},
	} {
		if w := sentForm(t, c.path, c.fill); w.Code != c.want {
			t.Errorf("%s: %d, want %d", what, w.Code, c.want)
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/en/files", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	h, _ := stand(t, 1000)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusBadRequest {
		t.Errorf("cut off: %d", w.Code)
	}
}

// The large limit is for handlers that ask for it.
func TestOtherFormsKeepTheirSmallLimit(t *testing.T) {
	t.Parallel()
	h, _ := stand(t, 1000)
	for _, path := range []string{"/en/form", "/en/files"} {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("a="+strings.Repeat("a", web.MaxBody)))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
