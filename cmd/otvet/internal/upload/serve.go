package upload

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
	"otvet/tickets/attachments"
)

// sandbox is the policy of an answer that is a file: it does nothing, wherever it is
// opened.
const sandbox = "default-src 'none'; frame-ancestors 'none'; sandbox"

// downloadTime is how long a file may take to arrive.
const downloadTime = 10 * time.Minute

// Serve answers with a file. Whether the one who asks may have it is the caller's to say.
// A file that cannot be read, or is not what it was, is web.FileAway.
func (in *Intake) Serve(w http.ResponseWriter, r *http.Request, a tickets.Attachment) error {
	f, err := in.files.Get(a.Hash)
	if err != nil {
		return away(err)
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Security-Policy", sandbox)
	h.Set("Content-Type", a.MIME)
	how := "attachment"
	h.Set("Cache-Control", "private, no-store")
	if a.Picture() {
		// The browser may keep it but must ask each time: a picture that was removed is gone.
		how = "inline"
		h.Set("Cache-Control", "private, no-cache")
		h.Set("ETag", `"`+string(a.ID)+`"`)
	}
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": a.Name}))
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(downloadTime)) // what has no deadlines needs none
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

// Open opens a kept file by its hash. Errors as of attachments.Store.Get; a nil Intake
// keeps none.
func (in *Intake) Open(hash string) (io.ReadSeekCloser, error) {
	if in == nil {
		return nil, attachments.ErrMissing
	}
	return in.files.Get(hash)
}

// ServePreview answers with the beginning of a text, as text. One that has none is
// tickets.ErrNotFound.
func (in *Intake) ServePreview(w http.ResponseWriter, a tickets.Attachment) error {
	if !a.Text() {
		return tickets.ErrNotFound
	}
	text, err := in.files.Preview(a.Hash)
	if err != nil {
		return away(err)
	}
	h := w.Header()
	h.Set("Content-Security-Policy", sandbox)
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	_, _ = io.Copy(w, strings.NewReader(text)) // the reader has gone; nobody is left to tell
	return nil
}

func away(err error) error {
	if errors.Is(err, attachments.ErrMissing) || errors.Is(err, attachments.ErrCorrupt) || errors.Is(err, attachments.ErrUnavailable) {
		return &web.Error{Kind: web.FileAway, Err: err}
	}
	return err
}
