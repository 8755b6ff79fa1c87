package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"

	"otvet/tickets"
)

// classified gives an error of the database the meaning that callers know. Errors of the
// domain pass as they are.
func classified(err error) error {
	var pgErr *pgconn.PgError
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &pgErr):
		return classifiedCode(pgErr)
	case lost(err):
		return fmt.Errorf("%w: %w", tickets.ErrUnavailable, err)
	}
	return err
}

// classifiedCode judges what the server itself reported. Codes: PostgreSQL, appendix A.
func classifiedCode(err *pgconn.PgError) error {
	switch {
	case err.Code == "23505" && err.ConstraintName == "agents_email_key":
		return tickets.ErrConflict
	case err.Code == "23503" && err.ConstraintName == "tickets_follows":
		return invalid("follows", tickets.Unknown)
	case err.Code == "23503": // foreign_key_violation: an agent that does not exist
		return invalid("agent", tickets.Unknown)
	case err.Code == "22021", err.Code == "22P05": // NUL or another character that text cannot hold
		return invalid("text", tickets.BadText)
	case serverAway(err.Code):
		return fmt.Errorf("%w: %w", tickets.ErrUnavailable, err)
	}
	return err
}

// serverAway reports whether the server cannot work now, whatever it is asked.
func serverAway(code string) bool {
	switch code {
	case "25006", // read_only_sql_transaction
		"55P03",          // lock_not_available
		"57014",          // query_canceled: the statement timeout
		"25P03",          // idle_in_transaction_session_timeout
		"40001", "40P01", // still no luck after repeating
		"3D000": // invalid_catalog_name: the database is not there (yet)
		return true
	}
	switch code[:2] {
	case "08", // connection exception
		"28", // invalid authorization
		"53", // insufficient resources: disk, memory, connections
		"57", // operator intervention: shutdown, crash, starting up
		"58": // system error: I/O
		return true
	}
	return false
}

// lost reports whether an error means that the server was not reached or not heard.
func lost(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, puddle.ErrClosedPool) || pgconn.SafeToRetry(err)
}

// repeatable reports whether the same transaction may succeed when it runs again.
func repeatable(err error) bool {
	var pgErr *pgconn.PgError
	if !errors.As(err, &pgErr) {
		return false
	}
	switch pgErr.Code {
	case "40001", "40P01": // serialization_failure, deadlock_detected
		return true
	case "23505": // a number drawn twice, once in 2^40
		return pgErr.ConstraintName == "tickets_number_key"
	}
	return false
}

// noRows gives the absence of a row its name.
func noRows(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return tickets.ErrNotFound
	}
	return err
}

func invalid(field string, code tickets.Code) *tickets.InvalidError {
	return &tickets.InvalidError{Fields: []tickets.FieldError{{Field: field, Code: code}}}
}

// storable reports whether PostgreSQL can hold the text.
func storable(s string) bool {
	return !strings.ContainsRune(s, 0) && strings.ToValidUTF8(s, "") == s
}
