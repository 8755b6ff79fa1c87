package postgres

import (
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"strconv"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Limits of what one ticket may carry in all.
const (
	ticketFiles = 60
	ticketBytes = 150 << 20
)

// insertFiles adds the files of a message. Beyond what a ticket may carry the error is an
// *InvalidError with tickets.QuotaReached. The ticket's row is locked or new, so that two
// messages do not count at the same time.
func insertFiles(ctx context.Context, tx pgx.Tx, ticket, message int64, m tickets.Message) error {
	const sql = `
		INSERT INTO attachments (id, ticket_id, message_id, place, sha256, name, mime, size, width, height, state, provenance, at)
		VALUES (@id, @ticket, @message, @place, @sha256, @name, @mime, @size, nullif(@width, 0), nullif(@height, 0), 'kept', @provenance, @at)`
	if len(m.Files) == 0 {
		return nil
	}
	for i, f := range m.Files {
		sum, err := hex.DecodeString(f.Hash)
		if err != nil {
			return invalid("files", tickets.Unknown)
		}
		if _, err := tx.Exec(ctx, sql, pgx.NamedArgs{
			"id": tickets.NewFileID(), "ticket": ticket, "message": message, "place": i, "sha256": sum, "name": f.Name,
			"mime": f.MIME, "size": f.Size, "width": f.Width, "height": f.Height, "provenance": m.Author.Kind, "at": m.At,
		}); err != nil {
			return err
		}
	}
	return withinQuota(ctx, tx, ticket)
}

func withinQuota(ctx context.Context, tx pgx.Tx, ticket int64) error {
	const sql = `SELECT count(*) <= @files AND coalesce(sum(size), 0) <= @bytes FROM attachments WHERE ticket_id = @ticket AND state = 'kept'`
	within, err := first(ctx, tx, sql, pgx.NamedArgs{"ticket": ticket, "files": ticketFiles, "bytes": int64(ticketBytes)}, pgx.RowTo[bool])
	if err == nil && !within {
		err = invalid("files", tickets.QuotaReached)
	}
	return err
}

// sums returns the SHA-256 of files.
func sums(files []tickets.Attachment) (list [][]byte) {
	for _, f := range files {
		sum, _ := hex.DecodeString(f.Hash) // insertFiles has refused what is none
		list = append(list, sum)
	}
	return list
}

// withFiles notes in an event's detail how many files it brought.
func withFiles(detail map[string]string, files []tickets.Attachment) map[string]string {
	if len(files) == 0 {
		return detail
	}
	more := map[string]string{"files": strconv.Itoa(len(files))}
	maps.Copy(more, detail)
	return more
}

// fileColumns are what scanFile takes.
const fileColumns = `f.id, coalesce(encode(f.sha256, 'hex'), ''), f.name, f.mime, f.size, coalesce(f.width, 0), coalesce(f.height, 0), f.at, f.state <> 'kept'`

func fileFields(f *tickets.Attachment) []any {
	return []any{&f.ID, &f.Hash, &f.Name, &f.MIME, &f.Size, &f.Width, &f.Height, &f.At, &f.Removed}
}

// addFiles gives the messages of a ticket their files.
func addFiles(ctx context.Context, tx pgx.Tx, all []tickets.Message) error {
	const sql = `
		SELECT f.message_id, ` + fileColumns + `
		FROM attachments f WHERE f.message_id = ANY (@messages)
		ORDER BY f.message_id, f.place`
	type row struct {
		message int64
		file    tickets.Attachment
	}
	ids := make([]int64, len(all))
	for i, m := range all {
		ids[i] = m.ID
	}
	found, err := list(ctx, tx, sql, pgx.NamedArgs{"messages": ids}, func(r pgx.CollectableRow) (f row, err error) {
		err = r.Scan(append([]any{&f.message}, fileFields(&f.file)...)...)
		return f, err
	})
	files := map[int64][]tickets.Attachment{}
	for _, f := range found {
		files[f.message] = append(files[f.message], f.file)
	}
	for i := range all {
		all[i].Files = files[all[i].ID]
	}
	return err
}

func scanFile(row pgx.CollectableRow) (f tickets.Attachment, err error) {
	err = row.Scan(fileFields(&f)...)
	return f, err
}

// Attachment returns a file of a ticket, or of one that was merged into it, for an agent; for
// nobody in particular (0) in tests. One of another ticket, one that was removed, and any of
// a ticket that is about the agent is tickets.ErrNotFound.
func (s *Store) Attachment(ctx context.Context, viewer tickets.AgentID, n tickets.Number, id tickets.FileID) (tickets.Attachment, error) {
	const sql = merged + `
		SELECT ` + fileColumns + `
		FROM merged JOIN attachments f ON f.ticket_id = merged.id
		WHERE f.id = @id AND f.state = 'kept'`
	if !storable(string(id)) {
		return tickets.Attachment{}, fmt.Errorf("attachment of ticket %s: %w", n, tickets.ErrNotFound)
	}
	var f tickets.Attachment
	err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) error {
		t, err := s.ticketByNumber(ctx, tx, n)
		switch {
		case err != nil:
			return err
		case viewer != 0 && viewer == t.Case.Against:
			return tickets.ErrNotFound
		}
		f, err = first(ctx, tx, sql, pgx.NamedArgs{"ticket": t.ID, "id": id}, scanFile)
		return err
	})
	if err != nil {
		return tickets.Attachment{}, fmt.Errorf("attachment of ticket %s: %w", n, err)
	}
	return f, nil
}

// PlayerAttachment returns a file of a public message of the ticket that a pass opens, or of one
// that was merged into it.
// Every other one is tickets.ErrNotFound.
func (s *Store) PlayerAttachment(ctx context.Context, p tickets.Pass, id tickets.FileID) (tickets.Attachment, error) {
	const sql = merged + `
		SELECT ` + fileColumns + `
		FROM merged JOIN attachments f ON f.ticket_id = merged.id
		JOIN messages m ON m.id = f.message_id AND m.ticket_id = f.ticket_id
		WHERE f.id = @id AND f.state = 'kept' AND m.public`
	if !storable(string(id)) {
		return tickets.Attachment{}, fmt.Errorf("attachment of a player: %w", tickets.ErrNotFound)
	}
	var f tickets.Attachment
	err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) error {
		t, err := s.ticketByPass(ctx, tx, p)
		if err != nil {
			return err
		}
		f, err = first(ctx, tx, sql, pgx.NamedArgs{"ticket": t.ID, "id": id}, scanFile)
		return err
	})
	if err != nil {
		return tickets.Attachment{}, fmt.Errorf("attachment of a player: %w", err)
	}
	return f, nil
}

// FileHashes returns the hashes of all files that must be there.
func (s *Store) FileHashes(ctx context.Context) (map[string]bool, error) {
	const sql = `SELECT DISTINCT encode(sha256, 'hex') FROM attachments WHERE state = 'kept'`
	hashes, err := all(ctx, s, sql, nil, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("list the hashes of attachments: %w", err)
	}
	known := make(map[string]bool, len(hashes))
	for _, h := range hashes {
		known[h] = true
	}
	return known, nil
}
