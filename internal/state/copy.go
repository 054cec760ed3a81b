package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

var errNotEmpty = errors.New("it holds a state already: copy into a new one")

// Copy brings everything of one store into another, empty one, with the same key; it gives the rows of each table. Bodies stay sealed. Where it
// fails the other is as empty as before.
func Copy(ctx context.Context, from, to *Store) (rows map[string]int64, err error) {
	return bring(ctx, from, to, func(target *Tx, table string) error {
		var held int64
		if _, err := target.row(`SELECT COUNT(*) FROM `+table, nil, &held); err != nil {
			return err
		}
		if held > 0 {
			return fmt.Errorf("%s: %w", to.name, errNotEmpty)
		}
		return nil
	})
}

// Replace is Copy over whatever the other holds, which is lost.
func Replace(ctx context.Context, from, to *Store) (rows map[string]int64, err error) {
	return bring(ctx, from, to, func(target *Tx, table string) error {
		_, err := target.exec(`DELETE FROM ` + table)
		return err
	})
}

func bring(ctx context.Context, from, to *Store, prepare func(target *Tx, table string) error) (rows map[string]int64, err error) {
	rows = map[string]int64{}
	err = from.Read(ctx, func(source *Tx) error {
		bot, err := source.meta(metaBot)
		if err != nil {
			return err
		}
		return to.Do(ctx, func(target *Tx) error {
			clear(rows)
			if bot != nil {
				if err := target.setMeta(metaBot, bot); err != nil {
					return err
				}
			}
			for _, table := range tables {
				if err := prepare(target, table.name); err != nil {
					return err
				}
			}
			for _, table := range tables {
				n, err := copyTable(source, target, table.name, table.columns)
				if err != nil {
					return fmt.Errorf("%s: %w", table.name, err)
				}
				rows[table.name] = n
				if table.counted && to.engine == postgres {
					// the next id follows the highest that was copied
					if _, err := target.exec(`SELECT setval(pg_get_serial_sequence('` + table.name + `', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM ` + table.name + `), false)`); err != nil {
						return err
					}
				}
			}
			return nil
		})
	})
	return rows, err
}

// Backup writes everything, as it is at one moment, to a file: an SQLite file with the same key, whatever the engine. The file is there whole or
// not at all; one that is there is not written over.
func (s *Store) Backup(ctx context.Context, file string) (rows map[string]int64, err error) {
	if _, err := os.Lstat(file); err == nil {
		return nil, fmt.Errorf("%s: is there already", file)
	}
	folder := filepath.Dir(file)
	draft, err := os.MkdirTemp(folder, ".backup-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(draft)
	to, err := open(ctx, Options{Folder: draft}, s.vault)
	if err != nil {
		return nil, err
	}
	rows, err = Copy(ctx, s, to)
	if err = errors.Join(err, to.Close()); err != nil {
		return nil, err
	}
	written := filepath.Join(draft, fileName)
	if err := syncFile(written); err != nil {
		return nil, err
	}
	if err := os.Link(written, file); err != nil { // unlike Rename it writes over nothing
		return nil, err
	}
	return rows, syncFolder(folder)
}

// Restore puts what a backup holds in the place of all that the store holds; a bot that works with it goes on with that.
func (s *Store) Restore(ctx context.Context, file string) (rows map[string]int64, err error) {
	if _, err := os.Stat(file); err != nil {
		return nil, err
	}
	draft, err := os.MkdirTemp("", "restore-*") // opening a backup may bring its schema forward: not in the backup itself
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(draft)
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(draft, fileName), data, 0o600); err != nil {
		return nil, err
	}
	from, err := open(ctx, Options{Folder: draft}, s.vault)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	rows, err = Replace(ctx, from, s)
	s.near.forget()
	return rows, errors.Join(err, from.Close())
}

func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}

// copyTable brings the rows of a table over.
func copyTable(source, target *Tx, name string, columns []string) (n int64, err error) {
	write := `INSERT INTO ` + name + ` (` + strings.Join(columns, ", ") + `) VALUES (?` + strings.Repeat(", ?", len(columns)-1) + `)`
	var failed error
	n, err = copyRows(source, name, columns, func(row []any) {
		if failed == nil {
			_, failed = target.exec(write, row...)
		}
	})
	return n, errors.Join(failed, err)
}

// copyRows calls f for each row of a table.
func copyRows(source *Tx, name string, columns []string, f func(row []any)) (n int64, err error) {
	err = source.rows(`SELECT `+strings.Join(columns, ", ")+` FROM `+name+` ORDER BY `+columns[0], nil, func(r *sql.Rows) error {
		row := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := r.Scan(into...); err != nil {
			return err
		}
		n++
		f(row)
		return nil
	})
	return n, err
}
