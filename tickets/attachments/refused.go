package attachments

import (
	"fmt"

	"otvet/tickets"
)

// RefusedError says why a file was not taken. Nothing of it was kept.
type RefusedError struct {
	Code tickets.Code
	Err  error // for the log; may be nil
}

// Error names the code, never the file.
func (e *RefusedError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("file refused: %s", e.Code)
	}
	return fmt.Sprintf("file refused: %s: %v", e.Code, e.Err)
}

// Unwrap returns the cause.
func (e *RefusedError) Unwrap() error { return e.Err }

func refused(c tickets.Code, cause error) error { return &RefusedError{c, cause} }
