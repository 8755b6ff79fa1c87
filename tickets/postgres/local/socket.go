package local

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

const (
	database  = "otvet"
	superuser = "otvet"

	// maxSocket is what every system allows for the path of a unix socket, in bytes.
	maxSocket  = 103
	socketName = ".s.PGSQL.5432"
)

// address is a connection string for a database of the cluster behind the sockets.
func address(sockets, name string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + name}
	u.RawQuery = url.Values{"host": {sockets}}.Encode()
	return u.String()
}

// socketDir returns the folder of the socket of dir's cluster, which need not exist.
// $TMPDIR is not asked: it differs between shells, which must find the same server, and
// that of a login session goes when the session ends.
func socketDir(dir string) (string, error) {
	who, err := serverAccount()
	if err != nil {
		return "", err
	}
	dir, err = realPath(dir)
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("otvet-%d-%s", who.uid, hash(dir))
	bases := []string{"/tmp"}
	if who.other {
		bases = []string{"/run", "/tmp"}
	}
	for _, base := range bases {
		sockets := filepath.Join(base, name)
		if info, err := os.Stat(base); err != nil || !info.IsDir() || len(sockets)+1+len(socketName) > maxSocket {
			continue
		}
		return sockets, private(sockets, who)
	}
	return "", errors.New("no folder for temporary files that can hold a unix socket")
}

// private refuses a folder that someone else could have put there to pass for our
// server; one that is not there is fine.
func private(dir string, who account) error {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("%s is open to other users: remove it", dir)
	}
	return owned(dir, who.uid)
}

// makePrivate creates the folder for the account alone.
func makePrivate(dir string, who account) error {
	err := os.Mkdir(dir, 0o700)
	switch {
	case errors.Is(err, fs.ErrExist):
		return private(dir, who)
	case err != nil:
		return err
	}
	return who.own(dir)
}
