package main

import (
	"context"
	"errors"

	"otvet/cmd/otvet/internal/web"
	"otvet/search"
	"otvet/tickets"
)

// classify is the one table from the packages' errors to what a person is told.
func classify(err error) web.Kind {
	for _, row := range []struct {
		cause error
		kind  web.Kind
	}{
		{tickets.ErrNotFound, web.NotFound},
		{tickets.ErrConflict, web.Conflict},
		{tickets.ErrKeyReused, web.Invalid},
		{tickets.ErrUnavailable, web.Unavailable},
		{search.ErrEmpty, web.BadRequest},
		{search.ErrText, web.BadRequest},
		{search.ErrTooLong, web.TooLarge},
		{search.ErrClosed, web.Unavailable},
		{context.DeadlineExceeded, web.Unavailable},
		{context.Canceled, web.BadRequest}, // the reader has gone: nobody is told, and it is no fault of ours
	} {
		if errors.Is(err, row.cause) {
			return row.kind
		}
	}
	var invalid *tickets.InvalidError
	var transition *tickets.TransitionError
	if errors.As(err, &invalid) || errors.As(err, &transition) {
		return web.Invalid
	}
	return web.Internal
}
