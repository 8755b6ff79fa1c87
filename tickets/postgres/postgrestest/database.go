package postgrestest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets/postgres"
)

// create makes a database, a copy of the migrated template or an empty one.
func (c *cluster) create(ctx context.Context, migrated bool) (string, error) {
	template := "template0"
	if migrated {
		var err error
		if template, err = c.migrated(); err != nil {
			return "", err
		}
	}
	name := "t_" + strings.ToLower(rand.Text())
	return name, c.exec(ctx, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", name, template))
}

func (c *cluster) drop(ctx context.Context, name string) error {
	return c.exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
}

// template returns the database that holds the schema of this program's migrations.
func (c *cluster) template() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	unlock, err := exclusive(filepath.Join(c.dir, "template"))
	if err != nil {
		return "", err
	}
	defer unlock()
	name := "migrated_" + postgres.SchemaHash()
	exists, err := c.exists(ctx, name)
	if exists || err != nil {
		return name, err
	}
	draft := name + "_draft" // renamed when it is whole
	if err := c.drop(ctx, draft); err != nil {
		return "", err
	}
	if err := c.exec(ctx, "CREATE DATABASE "+draft); err != nil {
		return "", err
	}
	s, err := postgres.Open(ctx, c.url(draft))
	if err != nil {
		return "", err
	}
	err = s.Migrate(ctx)
	s.Close()
	if err != nil {
		return "", err
	}
	return name, c.exec(ctx, fmt.Sprintf("ALTER DATABASE %s RENAME TO %s", draft, name))
}

func (c *cluster) exists(ctx context.Context, name string) (exists bool, err error) {
	err = c.connected(ctx, func(conn *pgx.Conn) error {
		return conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&exists)
	})
	return exists, err
}

// sweep drops what killed tests and older schemas have left.
func (c *cluster) sweep(ctx context.Context) error {
	var names []string
	err := c.connected(ctx, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, `
			SELECT datname FROM pg_database
			WHERE datname LIKE 't\_%' OR datname LIKE 'migrated\_%' AND datname <> $1`, "migrated_"+postgres.SchemaHash())
		if err != nil {
			return err
		}
		names, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	for _, name := range names {
		err = errors.Join(err, c.drop(ctx, name))
	}
	return err
}

func (c *cluster) exec(ctx context.Context, sql string) error {
	return c.connected(ctx, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, sql)
		return err
	})
}

func (c *cluster) connected(ctx context.Context, do func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, c.base)
	if err != nil {
		return err
	}
	return errors.Join(do(conn), conn.Close(ctx))
}
