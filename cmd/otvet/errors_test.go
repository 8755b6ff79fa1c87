package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"otvet/cmd/otvet/internal/web"
	"otvet/search"
	"otvet/tickets"
)

func TestErrorsMeanWhatAPersonCanDo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want web.Kind
	}{
		{tickets.ErrNotFound, web.NotFound},
		{tickets.ErrConflict, web.Conflict},
		{tickets.ErrKeyReused, web.Invalid},
		{&tickets.InvalidError{}, web.Invalid},
		{&tickets.TransitionError{}, web.Invalid},
		{tickets.ErrUnavailable, web.Unavailable},
		{fmt.Errorf("%w: %w", tickets.ErrUnavailable, context.Canceled), web.Unavailable},
		{context.DeadlineExceeded, web.Unavailable},
		{search.ErrClosed, web.Unavailable},
		{search.ErrEmpty, web.BadRequest},
		{search.ErrText, web.BadRequest},
		{search.ErrTooLong, web.TooLarge},
		{context.Canceled, web.BadRequest},
		{errors.New("anything else"), web.Internal},
	} {
		if got := classify(fmt.Errorf("open ticket: %w", c.err)); got != c.want {
			t.Errorf("%v: got status %d, want %d", c.err, got.Status(), c.want.Status())
		}
	}
}
