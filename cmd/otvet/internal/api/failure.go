package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/danielgtaylor/huma/v2/validation"

	"otvet/cmd/otvet/internal/web"
	"otvet/search"
	"otvet/tickets"
)

// failure carries an operation's error through huma to [service.problems], with the
// status that huma wants to know before.
type failure struct {
	status int
	err    error
}

// Error returns the cause.
func (f *failure) Error() string { return f.err.Error() }

// GetStatus implements huma.StatusError.
func (f *failure) GetStatus() int { return f.status }

// ContentType implements huma.ContentTypeFilter.
func (f *failure) ContentType(string) string { return "application/problem+json" }

// answering lets an operation return errors as any handler of ours does.
func answering[I, O any](s *service, operation func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return func(ctx context.Context, in *I) (*O, error) {
		out, err := operation(ctx, in)
		if err != nil {
			return nil, &failure{s.Web.KindOf(err).Status(), err}
		}
		return out, nil
	}
}

// problems is huma's transformer of responses: an error leaves as a web.Problem.
func (s *service) problems(ctx huma.Context, _ string, v any) (any, error) {
	var err error
	switch v := v.(type) {
	case *failure:
		err = v.err
	case *huma.ErrorModel:
		err = misfit(v)
	default:
		return v, nil
	}
	r, w := humachi.Unwrap(ctx)
	return s.Web.Problem(w, r, err), nil
}

// misfit explains a request that does not fit the schema.
func misfit(m *huma.ErrorModel) error {
	kind := web.Internal
	switch m.Status {
	case http.StatusBadRequest:
		kind = web.BadRequest
	case http.StatusUnprocessableEntity:
		kind = web.Invalid
	}
	e := &web.Error{Kind: kind}
	codes := []string{}
	for _, d := range m.Errors {
		detail := misfitDetail(d)
		e.Details = append(e.Details, detail)
		codes = append(codes, detail.Code)
	}
	e.Err = fmt.Errorf("%s: %s", m.Detail, strings.Join(codes, ", ")) // no names: the client may have made them up
	return e
}

// misfitDetail translates huma's words.
func misfitDetail(d *huma.ErrorDetail) web.Detail {
	place, name, found := strings.Cut(d.Location, ".")
	at := d.Location
	if found {
		at = location(place, name)
	}
	if name, ok := between(d.Message, validation.MsgExpectedRequiredProperty); ok {
		return web.Detail{Location: d.Location + "." + name, Code: "required"}
	}
	for _, m := range misfits() {
		if _, ok := between(d.Message, m.message); ok {
			return web.Detail{Location: at, Code: m.code}
		}
	}
	return web.Detail{Location: at, Code: "invalid"}
}

// misfits are the messages of huma's validation that our schemas can cause.
func misfits() []struct{ message, code string } {
	return []struct{ message, code string }{
		{validation.MsgUnexpectedProperty, "unexpected"},
		{"unknown query parameter", "unexpected"},
		{"required query parameter is missing", "required"},
		{"required header parameter is missing", "required"},
		{validation.MsgExpectedOneOf, "unknown"},
		{validation.MsgExpectedString, "wrong_type"},
		{validation.MsgExpectedObject, "wrong_type"},
		{"invalid integer", "wrong_type"},
		{validation.MsgExpectedMinLength, "too_short"},
		{validation.MsgExpectedMaxLength, "too_long"},
		{validation.MsgExpectedMinimumNumber, "out_of_range"},
		{validation.MsgExpectedMaximumNumber, "out_of_range"},
		{validation.MsgExpectedMatchPattern, "bad_form"},
		{validation.MsgExpectedBePattern, "bad_form"},
		{validation.MsgExpectedRFC3339Date, "bad_form"},
	}
}

// between returns what stands in a message in the place of the one verb of its format.
func between(message, format string) (string, bool) {
	before, after, hasVerb := strings.Cut(format, "%")
	if !hasVerb {
		return "", message == format
	}
	rest, ok := strings.CutPrefix(message, before)
	if !ok {
		return "", false
	}
	return strings.CutSuffix(rest, after[1:])
}

// refused adds to a refused question in which part of the request it stands.
func refused(err error, at string) error {
	e := &web.Error{Kind: web.BadRequest, Err: err}
	switch {
	case errors.Is(err, search.ErrEmpty):
		e.Details = []web.Detail{{Location: at, Code: string(tickets.Required)}}
	case errors.Is(err, search.ErrText):
		e.Details = []web.Detail{{Location: at, Code: string(tickets.BadText)}}
	case errors.Is(err, search.ErrTooLong):
		e.Kind, e.Details = web.TooLarge, []web.Detail{{Location: at, Code: string(tickets.TooLong)}}
	default:
		return err
	}
	return e
}
