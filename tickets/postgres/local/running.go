package local

import (
	"fmt"
	"log/slog"
	"path/filepath"
)

// Running reports whether a server serves the cluster in dir, whoever started it.
func Running(dir string) (bool, error) {
	who, err := serverAccount()
	if err != nil {
		return false, err
	}
	home, err := homeOf(dir, who, slog.New(slog.DiscardHandler))
	if err != nil {
		return false, fmt.Errorf("private cluster in %s: %w", dir, err)
	}
	s := server{data: filepath.Join(home, "data")}
	pid, err := s.pid()
	return pid != 0, err
}

// PID returns the number of the server's main process.
func (c *Cluster) PID() (int, error) {
	pid, err := c.server.pid()
	if err == nil && pid == 0 {
		err = errGone
	}
	if err != nil {
		return 0, fmt.Errorf("process of the cluster in %s: %w", c.server.data, err)
	}
	return pid, nil
}
