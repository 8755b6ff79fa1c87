package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// maxFields is more than any form of ours has.
const maxFields = 64

// Form reads a posted form. Errors: TooLarge, or BadRequest for a body that is not a
// form, holds NUL or bytes that are not UTF-8, or more fields than any form of ours.
func Form(r *http.Request) (url.Values, error) {
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, err
		}
		return nil, &Error{Kind: BadRequest, Err: fmt.Errorf("read form: %w", err)}
	}
	if len(r.PostForm) > maxFields {
		return nil, Failf(BadRequest, "form has too many fields")
	}
	for key, values := range r.PostForm {
		if !goodText(key) || !goodText(values...) {
			return nil, Failf(BadRequest, "form holds NUL or is not UTF-8")
		}
	}
	return r.PostForm, nil
}
