// Package upload takes the files of a form, keeps them between the form's pages, and
// gives them back: what the site and the desk have in common about attachments.
//
// # A form with files
//
// The form is multipart, holds its idempotency key in the field "key" and the template
// "file-field" with a [Field]. [Intake.Read] reads it. A file goes to the folder of
// attachments while it arrives. When the form comes back, because of a mistake in another field
// or of a file that was refused, it lists what was taken: nothing has to be chosen
// again. It knows the files by signed references in hidden fields, which Read writes anew
// into the form's values, so that whatever gives a form back gives its files back too.
//
// # A file that was sent
//
// [Intake.Serve] sends it to whoever the caller has let in. Only pictures, which we drew
// ourselves, are ever shown; everything else is a download.
package upload

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
	"otvet/tickets/attachments"
	"otvet/tickets/postgres"
)

// Names of the fields of a form.
const (
	fieldKey   = "key"
	fieldFiles = "files" // files that are chosen now
	fieldKept  = "file"  // references to those that were taken before
	fieldDrop  = "drop"  // references to those that are not wanted any more
)

// gone says of a reference that it is too old or never was one.
const gone tickets.Code = "gone"

// Config is what New needs.
type Config struct {
	Dir     string // the folder; every replica's the same
	MaxFile int64  // bytes of one file; 0: 10 MiB
	Total   int64  // bytes of everything in the folder; 0: 10 GiB
	PerDay  int    // files that one visitor may send in 24 hours; 0: as many as they like
	Store   *postgres.Store
	Log     *slog.Logger
}

// Intake takes files.
type Intake struct {
	Config
	files *attachments.Store
}

// New returns an Intake, whatever state the folder is in: see Check.
func New(c Config) *Intake {
	return &Intake{c, attachments.Open(c.Dir, attachments.Limits{File: c.MaxFile, Total: c.Total})}
}

// Check tells whether files can be taken now. A nil Intake takes none, and that is fine.
func (in *Intake) Check() error {
	if in == nil {
		return nil
	}
	return in.files.Check()
}

// Sweep removes the files whose message was never sent.
func (in *Intake) Sweep(ctx context.Context) error {
	known, err := in.Store.FileHashes(ctx)
	if err != nil {
		return err
	}
	removed, err := in.files.Sweep(ctx, known, attachments.Grace)
	if removed > 0 {
		in.Log.InfoContext(ctx, "attachments without a message removed", "files", removed)
	}
	return err
}

// Basket is what a form carries.
type Basket struct {
	Files   []tickets.Attachment
	Refused []Refusal
}

// Refusal is a file that was not taken.
type Refusal struct {
	Name string // empty when it is not known which
	Code tickets.Code
}

// Read reads a posted form with its files. The visitor is who the day's quota counts for;
// empty: nobody. A file that is refused is no error. Errors: those of web.Upload. A nil
// Intake takes no files.
func (in *Intake) Read(w http.ResponseWriter, r *http.Request, visitor string) (url.Values, Basket, error) {
	if in == nil {
		form, err := web.Upload(w, r, nil)
		return form, Basket{}, err
	}
	t := taking{in: in, ctx: r.Context(), visitor: visitor}
	form, err := web.Upload(w, r, t.take)
	if err != nil {
		return nil, Basket{}, err
	}
	t.settle(form)
	return form, t.basket, nil
}

// taking is one form while it is read.
type taking struct {
	in      *Intake
	ctx     context.Context
	visitor string
	sent    []tickets.Attachment // in this request
	basket  Basket
}

// take keeps one file. An error ends the reading of the form.
func (t *taking) take(p web.Part) error {
	if p.Field != fieldFiles {
		return nil
	}
	if len(t.sent) >= tickets.MaxFiles {
		t.refuse(p.Name, tickets.TooManyFiles)
		return nil
	}
	if !t.mayMore() {
		t.refuse(p.Name, tickets.QuotaReached)
		return nil
	}
	a, err := t.in.files.Put(t.ctx, p, p.Name)
	var refused *attachments.RefusedError
	switch {
	case errors.As(err, &refused):
		t.refuse(p.Name, refused.Code)
		t.in.Log.InfoContext(t.ctx, "file refused", "request", web.RequestID(t.ctx), "cause", err)
	case errors.Is(err, attachments.ErrUnavailable):
		t.refuse(p.Name, tickets.FilesAway)
		t.in.Log.ErrorContext(t.ctx, "file not kept", "request", web.RequestID(t.ctx), "cause", err)
	case err != nil:
		return err
	default:
		t.sent = append(t.sent, a)
	}
	return nil
}

// mayMore counts a file of the visitor. Without the database nobody counts: the file is
// kept, so that it need not be chosen again when the form can be taken, and the limits of the folder and
// of requests bound what that can come to.
func (t *taking) mayMore() bool {
	if t.visitor == "" || t.in.PerDay == 0 {
		return true
	}
	may, err := t.in.Store.Allow(t.ctx, "files:"+t.visitor, t.in.PerDay, 24*time.Hour)
	return may || err != nil
}

func (t *taking) refuse(name string, c tickets.Code) {
	t.basket.Refused = append(t.basket.Refused, Refusal{tickets.CleanFileName(name), c})
}

// settle puts what was taken before and now together, within what one message may carry,
// and writes the references anew into the form.
func (t *taking) settle(form url.Values) {
	key := form.Get(fieldKey)
	for _, reference := range form[fieldKept] {
		if slices.Contains(form[fieldDrop], reference) {
			continue
		}
		a, err := t.in.files.Unseal(reference, key)
		if err != nil {
			t.basket.Refused = append(t.basket.Refused, Refusal{Code: gone})
			continue
		}
		t.add(a)
	}
	for _, a := range t.sent {
		t.add(a)
	}
	form.Del(fieldDrop)
	form[fieldKept] = t.in.references(key, t.basket.Files)
}

// add puts a file into the basket, once.
func (t *taking) add(a tickets.Attachment) {
	size := a.Size
	for _, f := range t.basket.Files {
		if f.Hash == a.Hash {
			return
		}
		size += f.Size
	}
	if len(t.basket.Files) == tickets.MaxFiles || size > tickets.MaxMessageSize {
		t.refuse(a.Name, tickets.TooManyFiles)
		return
	}
	t.basket.Files = append(t.basket.Files, a)
}

// references seals files for the form with this key.
func (in *Intake) references(key string, all []tickets.Attachment) []string {
	var refs []string
	for _, a := range all {
		if ref, err := in.files.Seal(a, key); err == nil { // fails only when the folder went away in this moment
			refs = append(refs, ref)
		}
	}
	return refs
}

// Because adds to what was refused what the store has against the files of a message,
// if that is what an error says.
func (b Basket) Because(err error) Basket {
	var invalid *tickets.InvalidError
	if errors.As(err, &invalid) && invalid.Code("files") != "" {
		b.Refused = append(b.Refused, Refusal{Code: invalid.Code("files")})
	}
	return b
}

// Hashes returns the hashes of files: what tells one message's files from another's.
func Hashes(all []tickets.Attachment) (hashes []string) {
	for _, a := range all {
		hashes = append(hashes, a.Hash)
	}
	return hashes
}
