package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

var errNotEmpty = errors.New("it holds a state already: copy into a new one")

// Copy brings everything of one store into another, empty one, with the same key; it gives the rows of each table. Bodies stay sealed. Where it
// fails the other is as empty as before.
func Copy(ctx context.Context, from, to *Store) (rows map[string]int64, err error) {
	rows = map[string]int64{}
	err = from.Read(ctx, func(source *Tx) error {
		return to.Do(ctx, func(target *Tx) error {
			clear(rows)
			for _, table := range tables {
				var held int64
				if _, err := target.row(`SELECT COUNT(*) FROM `+table.name, nil, &held); err != nil {
					return err
				}
				if held > 0 {
					return fmt.Errorf("%s: %w", to.name, errNotEmpty)
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
