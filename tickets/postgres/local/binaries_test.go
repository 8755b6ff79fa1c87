package local

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// programs makes a folder with an initdb and a server that claims a version.
func programs(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	for d := dir; d != os.TempDir() && d != "/"; d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil { // for the server's user
			t.Fatal(err)
		}
	}
	script := "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + "'\n"
	if version == "broken" {
		script = "#!/bin/sh\nexit 1\n"
	}
	files := map[string]string{"initdb": script}
	if version != "" {
		files["postgres"] = script
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestWhichBinaries(t *testing.T) {
	t.Parallel()
	alone, broken := programs(t, ""), programs(t, "broken")
	old, v15, v17 := programs(t, "9.6.24"), programs(t, "15.18 (Debian 15.18-0+deb12u1)"), programs(t, "17.2")
	for _, c := range []struct {
		name string
		dirs []string
		made string // PG_VERSION of the data
		want string // a folder, or a part of the error
	}{
		{"the first that works", []string{alone, broken, "/nowhere", v15, v17}, "", v15},
		{"not too old a one", []string{old, v17}, "", v17},
		{"the one that made the data", []string{v17, v15}, "15", v15},
		{"none", []string{alone, broken}, "", "apt-get install postgresql"},
		{"only too old", []string{old}, "", "too old"},
		{"none that made the data", []string{v17, old}, "15", "made by PostgreSQL 15, and here is only version 17"},
		{"old data with old programs", []string{v17, old}, "9", old},
	} {
		data := t.TempDir()
		if c.made != "" {
			if err := os.WriteFile(filepath.Join(data, "PG_VERSION"), []byte(c.made+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		who, err := serverAccount()
		if err != nil {
			t.Fatal(err)
		}
		got, err := binariesFor(t.Context(), c.dirs, data, who)
		if got.dir != c.want && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %+v, %v; want %s", c.name, got, err, c.want)
		}
		if c.name == "none" && !errors.Is(err, ErrNoServer) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTheNewestOfTheUsualPlacesComesFirst(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]int{
		"/usr/lib/postgresql/15/bin": 15, "/usr/pgsql-17/bin": 17, "/opt/homebrew/opt/postgresql@16/bin": 16, "/usr/local/pgsql/bin": 0,
	} {
		if got := versionIn(path); got != want {
			t.Errorf("versionIn(%s) = %d", path, got)
		}
	}
}
