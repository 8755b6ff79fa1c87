package main

import (
	"log/slog"
	"path/filepath"

	"otvet/cmd/otvet/internal/upload"
	"otvet/tickets/postgres"
)

// filesFolder is where attachments are kept unless something else was asked for.
func (f databaseFlags) filesFolder() string { return filepath.Join(f.Data, "files") }

// uploads is what takes attachments. A folder that cannot be used does not keep the
// server from starting: tickets are taken without files then.
func (s settings) uploads(store *postgres.Store, log *slog.Logger) *upload.Intake {
	dir := s.Files.Dir
	if dir == "" {
		dir = s.filesFolder()
	}
	in := upload.New(upload.Config{
		Dir: dir, MaxFile: int64(s.Files.Limit) << 20, Total: int64(s.Files.Quota) << 20, PerDay: int(s.Files.PerDay),
		Store: store, Log: log,
	})
	if err := in.Check(); err != nil {
		log.Warn("the folder for attachments cannot be used: tickets are taken without files", "cause", err)
	}
	return in
}
