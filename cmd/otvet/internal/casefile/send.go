package casefile

import (
	"fmt"
	"io"
	"net/http"
	"time"
)

// sendTime is how long an archive may take to arrive.
const sendTime = 10 * time.Minute

// Send answers with a file to be saved, while it is written. An error before the first
// byte is returned; after it the connection is cut, so that nobody takes a part for the
// whole.
func Send(w http.ResponseWriter, name, mime string, write func(io.Writer) error) error {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Content-Type", mime)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(sendTime)) // what has no deadlines needs none
	begun := &begun{w: w}
	err := write(begun)
	switch {
	case err == nil:
		return nil
	case begun.yes:
		panic(http.ErrAbortHandler)
	}
	h.Del("Content-Disposition")
	return fmt.Errorf("send %s: %w", name, err)
}

// begun notes that something was written.
type begun struct {
	w   io.Writer
	yes bool
}

// Write implements io.Writer.
func (b *begun) Write(p []byte) (int, error) {
	b.yes = true
	return b.w.Write(p)
}
