package web

import (
	"errors"
	"fmt"
	"net"
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
		return nil, Unread("form", err)
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

// Unread returns the BadRequest of a part of a request that could not be read. The log
// must not learn the client's address from a connection that broke.
func Unread(part string, err error) error {
	var broken *net.OpError
	if errors.As(err, &broken) {
		err = broken.Err
	}
	return &Error{Kind: BadRequest, Err: fmt.Errorf("read %s: %w", part, err)}
}
