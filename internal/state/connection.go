package state

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// connection is one connection to SQLite whose statements stay prepared: database/sql prepares those of its transactions anew each time, which takes
// longer than to run them. So a transaction is begun and ended by statements of its own.
type connection struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
}

func connect(ctx context.Context, db *sql.DB) (*connection, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &connection{conn, map[string]*sql.Stmt{}}, nil
}

func (c *connection) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := c.prepared[text]; ok {
		return s, nil
	}
	s, err := c.conn.PrepareContext(ctx, text)
	if err == nil {
		c.prepared[text] = s
	}
	return s, err
}

// ExecContext is database/sql's.
func (c *connection) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	s, err := c.statement(ctx, text) //nolint:sqlclosecheck // it stays prepared until close
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext is database/sql's.
func (c *connection) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := c.statement(ctx, text) //nolint:sqlclosecheck // it stays prepared until close
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// say runs statements without parameters, whoever's patience has ended.
func (c *connection) say(texts ...string) error {
	for _, text := range texts {
		if _, err := c.ExecContext(context.Background(), text); err != nil {
			return err
		}
	}
	return nil
}

// close ends the connection, and what it has begun.
func (c *connection) close() error {
	var errs []error
	for _, s := range c.prepared {
		errs = append(errs, s.Close())
	}
	_ = c.conn.Raw(func(any) error { return driver.ErrBadConn }) // not back into the pool: a transaction may be open on it
	return errors.Join(errs...)
}

// readers are connections for transactions that change nothing.
type readers struct {
	db   *sql.DB
	free chan *connection // nil: one that is not made yet
}

func newReaders(db *sql.DB, most int) *readers {
	r := &readers{db, make(chan *connection, most)}
	for range most {
		r.free <- nil
	}
	return r
}

// begin begins a transaction on a connection that is free.
func (r *readers) begin(ctx context.Context) (transaction, error) {
	var c *connection
	var err error
	select {
	case c = <-r.free:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c == nil {
		c, err = connect(ctx, r.db)
	}
	if err == nil {
		err = c.say("BEGIN")
	}
	if err != nil {
		r.back(c, err)
		return nil, err
	}
	return &reading{c, r}, nil
}

// back gives a connection back. One that failed is closed, the next begins with another.
func (r *readers) back(c *connection, err error) {
	if err != nil && c != nil {
		_ = c.close()
		c = nil
	}
	r.free <- c
}

func (r *readers) close() error {
	var errs []error
	for range cap(r.free) {
		if c := <-r.free; c != nil {
			errs = append(errs, c.close())
		}
	}
	return errors.Join(errs...)
}

// reading is a transaction of a reader.
type reading struct {
	*connection
	of *readers
}

func (r *reading) Commit() error {
	err := r.say("COMMIT")
	r.of.back(r.connection, err)
	return err
}

func (r *reading) Rollback() error {
	err := r.say("ROLLBACK")
	r.of.back(r.connection, err)
	return err
}
