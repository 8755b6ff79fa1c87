package postgres

import "time"

// orZero lets a column without a value leave the time zero.
func orZero(t *time.Time) *nullTime { return &nullTime{t} }

type nullTime struct{ to *time.Time }

// Scan implements sql.Scanner.
func (n *nullTime) Scan(src any) error {
	if at, ok := src.(time.Time); ok {
		*n.to = at
	}
	return nil
}

// orNull makes a zero time a column without a value.
func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = moment(t)
	return &t
}
