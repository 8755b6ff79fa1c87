package local

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

func initialised(data string) bool {
	_, err := os.Stat(filepath.Join(data, "PG_VERSION"))
	return err == nil
}

// initialise makes the cluster in a folder aside and moves it into place when it is
// whole, so that a kill in between leaves nothing that looks like a cluster.
func (s *server) initialise(ctx context.Context, bin binaries) error {
	ctx, cancel := context.WithTimeout(ctx, initBudget)
	defer cancel()
	fresh := s.data + ".new"
	var errs []error
	// C.UTF-8 knows the case of letters everywhere; the next one is for macOS. Plain C
	// takes any text, but its search does not see that Д and д are one letter.
	for _, locale := range []string{"C.UTF-8", "en_US.UTF-8", "C"} {
		err := s.initdb(ctx, bin, fresh, locale)
		if err == nil {
			return moveIn(fresh, s.data)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// moveIn renames a folder so that its new name survives a power cut.
func moveIn(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	parent, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	return errors.Join(parent.Sync(), parent.Close())
}

func (s *server) initdb(ctx context.Context, bin binaries, dir, locale string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	if err := s.who.own(dir); err != nil {
		return err
	}
	args := []string{
		"--pgdata=" + dir, "--username=" + superuser, "--encoding=UTF8", "--locale=" + locale,
		"--auth-local=trust", "--auth-host=reject", "--data-checksums", "--no-instructions",
	}
	if s.volatile {
		args = append(args, "--no-sync")
	}
	cmd := s.who.run(exec.CommandContext(ctx, filepath.Join(bin.dir, "initdb"), args...))
	cmd.WaitDelay = time.Second // a killed initdb leaves children that hold its output
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb with locale %s: %w: %s", locale, err, bytes.TrimSpace(out))
	}
	return nil
}
