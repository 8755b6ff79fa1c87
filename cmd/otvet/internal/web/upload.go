package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"
)

// MaxUpload is the largest body of a form with files, in bytes. It is several times what
// one message may carry: what is too much is read and thrown away, so that the answer is a
// page that says so, with everything that was typed, and not a broken connection.
const MaxUpload = 100 << 20

// uploadTime is how long a form with files may take to arrive: 25 MB at 1 Mbit/s.
const uploadTime = 4 * time.Minute

// maxFileParts is more than any form of ours lets a browser send, with room for a message that
// says so.
const maxFileParts = 100

// Part is a file of a posted form. Name is the sender's and can be anything.
type Part struct {
	Field string
	Name  string
	io.Reader
}

// Upload reads a posted form that may hold files, and calls take for each as it arrives;
// without take, and of what take leaves, they are read and thrown away. Memory holds the
// other fields only, within the limits of Form, whose errors it returns besides those of
// take. Only a handler that calls Upload has the large limit for its body; what it read stays in the request
// for Form.
func Upload(w http.ResponseWriter, r *http.Request, take func(Part) error) (url.Values, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "multipart/form-data" || r.PostForm != nil {
		return Form(r)
	}
	widen(w, r)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, Unread("form", err)
	}
	if take == nil {
		take = func(Part) error { return nil }
	}
	u := upload{form: url.Values{}, left: MaxBody, take: take}
	if err := u.read(parts); err != nil {
		return nil, err
	}
	r.PostForm, r.Form = u.form, u.form
	return Form(r)
}

// widen gives the body of a request the limit and the time for files.
func widen(w http.ResponseWriter, r *http.Request) {
	if b, ok := r.Body.(*limitedBody); ok {
		r.Body = http.MaxBytesReader(w, b.whole, MaxUpload)
	}
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Now().Add(uploadTime)) // what has no deadlines, as in tests, needs none
	_ = c.SetWriteDeadline(time.Now().Add(uploadTime + time.Minute))
}

// upload is a form while it arrives.
type upload struct {
	form url.Values
	left int64 // bytes that the fields may still have
	take func(Part) error
}

func (u *upload) read(parts *multipart.Reader) error {
	for n := 0; ; n++ {
		p, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return unreadPart(err)
		case n > maxFields+maxFileParts:
			return Failf(BadRequest, "form has too many parts")
		}
		if p.FileName() != "" {
			err = u.take(Part{p.FormName(), p.FileName(), p})
		} else {
			err = u.field(p)
		}
		if err != nil {
			return unreadPart(err)
		}
	}
}

// field reads a field that is no file. A file input without a file is none either.
func (u *upload) field(p *multipart.Part) error {
	value, err := io.ReadAll(io.LimitReader(p, u.left+1))
	if err != nil {
		return err
	}
	if u.left -= int64(len(value) + len(p.FormName())); u.left < 0 {
		return &http.MaxBytesError{Limit: MaxBody}
	}
	if _, isFile := p.Header["Content-Type"]; !isFile {
		u.form.Add(p.FormName(), string(value))
	}
	return nil
}

// unreadPart leaves errors that know what they are, and makes those of a broken form or
// connection BadRequest.
func unreadPart(err error) error {
	var tooLarge *http.MaxBytesError
	var known *Error
	if errors.As(err, &tooLarge) || errors.As(err, &known) {
		return err
	}
	return Unread("form", err)
}
