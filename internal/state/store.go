package state

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

// Options say where a store is. Either of Folder and URL is needed, and Key.
type Options struct {
	Folder string // of the SQLite file state.db; made where it is missing
	URL    string // of a PostgreSQL, as its clients write it: postgres://user:password@host/database
	Key    []byte // 32 bytes, see KeyFile; all replicas share it
	Alone  bool   // no other process changes what is in the folder but now and then: see Lock
	Clock  func() time.Time
	Log    *slog.Logger
}

// Store is the state. It is safe for use by many goroutines.
type Store struct {
	engine *dialect
	db     *sql.DB  // SQLite: readers alone
	write  *writer  // SQLite
	read   *readers // SQLite
	near   *near    // SQLite that is worked with alone
	vault  *vault
	clock  func() time.Time
	log    *slog.Logger
	name   string // for messages, without a password
}

// Open opens a store and brings it to this build's schema. The error says in one line what to do.
func Open(ctx context.Context, o Options) (*Store, error) {
	v, err := newVault(o.Key)
	if err != nil {
		return nil, err
	}
	return open(ctx, o, v)
}

// fileName is the SQLite file's.
const fileName = "state.db"

func open(ctx context.Context, o Options, v *vault) (*Store, error) {
	var err error
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Store{vault: v, clock: o.Clock, log: o.Log}
	if o.URL != "" {
		err = s.openPostgres(o.URL)
	} else {
		err = s.openSQLite(o.Folder, o.Alone)
	}
	if err == nil {
		if err = s.migrate(ctx); err == nil {
			err = s.checkKey(ctx)
		}
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}
	if err != nil {
		return nil, fmt.Errorf("state in %s: %w", s.name, err)
	}
	return s, nil
}

// The most connections to a PostgreSQL, and how long it may take to answer a connection.
const (
	postgresConnections = 16
	postgresIdle        = 4
	connectSeconds      = "3"
)

func (s *Store) openPostgres(address string) error {
	s.engine, s.name = postgres, "PostgreSQL"
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return errors.New("DATABASE_URL is not postgres://user:password@host/database")
	}
	if strings.Contains(u.Path+u.RawQuery+u.Fragment, "@") { // the password is cut in two: what is behind would be said in errors
		return errors.New("DATABASE_URL: in the user and the password write / as %2F, ? as %3F, # as %23")
	}
	shown := *u
	shown.RawQuery, shown.Fragment = "", "" // there may be a password too
	s.name = shown.Redacted()
	q := u.Query()
	if !q.Has("connect_timeout") {
		q.Set("connect_timeout", connectSeconds)
	}
	if strings.Contains(u.Host, ",") && !q.Has("target_session_attrs") {
		q.Set("target_session_attrs", "read-write") // of several hosts the primary
	}
	u.RawQuery = q.Encode()
	db, err := sql.Open("pgx", u.String())
	if err != nil {
		return errors.New("DATABASE_URL cannot be read") // the error may quote the password
	}
	db.SetMaxOpenConns(postgresConnections)
	db.SetMaxIdleConns(postgresIdle)
	db.SetConnMaxIdleTime(time.Minute)
	s.db = db
	return nil
}

// readersMost is how many transactions read an SQLite at the same time.
const readersMost = 8

// under is what stands beneath SQLite; tests of power cuts put something else there.
var under = struct{ vfs, synchronous, checkpoint string }{"", "FULL", "1000"}

// makeFolder makes a folder that is still there after a power cut: SQLite waits for what is in it, nobody for its own name.
func makeFolder(folder string) error {
	if _, err := os.Stat(folder); err == nil {
		return nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	parent, err := os.Open(filepath.Dir(filepath.Clean(folder)))
	if err != nil {
		return err
	}
	defer parent.Close()
	return parent.Sync()
}

func (s *Store) openSQLite(folder string, alone bool) error {
	folder = cmp.Or(folder, ".")
	s.engine, s.name = sqlite, filepath.Join(folder, fileName)
	if err := makeFolder(folder); err != nil {
		return err
	}
	// WAL with synchronous=FULL: what was committed is there after a power cut (measured in docs/operations.md)
	settings := url.Values{"_pragma": {
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(" + under.synchronous + ")", "foreign_keys(1)", "wal_autocheckpoint(" + under.checkpoint + ")", "temp_store(MEMORY)",
	}, "_txlock": {"immediate"}}
	if under.vfs != "" {
		settings.Set("vfs", under.vfs)
	}
	address := "file:" + (&url.URL{Path: s.name}).EscapedPath() + "?" + settings.Encode()
	writing, err := sql.Open("sqlite", address)
	if err != nil {
		return err
	}
	writing.SetMaxOpenConns(1)
	if alone {
		s.near = newNear()
	}
	s.write = newWriter(writing, s.near.forget)
	reading, err := sql.Open("sqlite", strings.Replace(address, "_txlock=immediate", "_txlock=deferred&_pragma=query_only(1)", 1))
	if err != nil {
		return err
	}
	reading.SetMaxOpenConns(readersMost)
	s.db, s.read = reading, newReaders(reading, readersMost)
	if err := os.Chmod(folder, 0o700); err != nil && !errors.Is(err, fs.ErrPermission) { //nolint:gosec // a folder, its owner's alone; a volume that the platform owns keeps its own rights
		return err
	}
	return nil
}

// Close ends the store. What was done is kept.
func (s *Store) Close() error {
	var err error
	if s.write != nil {
		err = s.write.close()
	}
	if s.read != nil {
		err = errors.Join(err, s.read.close())
	}
	if s.db != nil {
		err = errors.Join(err, s.db.Close())
	}
	return err
}

// Alone reports whether no other process works with the store but now and then: what this one has not taken over is with nobody else.
func (s *Store) Alone() bool { return s.near != nil }

// Engine names the engine, for the log.
func (s *Store) Engine() string { return s.engine.name }

// Ping reports whether the engine answers.
func (s *Store) Ping(ctx context.Context) error {
	return s.Read(ctx, func(t *Tx) error {
		var one int
		_, err := t.row(`SELECT 1`, nil, &one)
		return err
	})
}

// Tx is a transaction. It is used by one goroutine, until the function that was given it returns.
type Tx struct {
	ctx     context.Context
	run     runner
	begin   func() (transaction, error) // of one that reads: it is begun by its first statement
	begun   transaction
	store   *Store
	now     time.Time
	near    *near    // of one that reads: where records may be found
	changes []change // of records that are kept near
}

// runner is what statements run on: a transaction, or an SQLite connection within one.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// transaction is one that can be ended.
type transaction interface {
	runner
	Commit() error
	Rollback() error
}

// Now is the time of the transaction, in whole milliseconds.
func (t *Tx) Now() time.Time { return t.now }

// runs is what statements run on.
func (t *Tx) runs() (runner, error) {
	if t.run == nil {
		begun, err := t.begin()
		if err != nil {
			return nil, unstarted{err}
		}
		t.begun, t.run = begun, begun
	}
	return t.run, nil
}

func (t *Tx) exec(statement string, args ...any) (changed int64, err error) {
	run, err := t.runs()
	if err != nil {
		return 0, err
	}
	r, err := run.ExecContext(t.ctx, t.store.engine.sql(statement), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// row reads the first row of a query; ok is false where there is none.
func (t *Tx) row(statement string, args []any, into ...any) (ok bool, err error) {
	err = t.rows(statement, args, func(r *sql.Rows) error {
		if ok {
			return nil
		}
		ok = true
		return r.Scan(into...)
	})
	return ok && err == nil, err
}

// rows calls scan for each row of a query.
func (t *Tx) rows(statement string, args []any, scan func(*sql.Rows) error) error {
	run, err := t.runs()
	if err != nil {
		return err
	}
	rows, err := run.QueryContext(t.ctx, t.store.engine.sql(statement), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Do runs a function in a transaction. When it returns nil, all that the function did is on disk; with an error nothing of it is. The function
// may be run again where another transaction was in its way, so it does nothing else.
func (s *Store) Do(ctx context.Context, f func(*Tx) error) error {
	if s.write == nil {
		t := s.tx(ctx)
		t.begin = func() (transaction, error) { return s.db.BeginTx(ctx, nil) }
		return s.again(ctx, t, f)
	}
	// a statement that is broken off would take back the whole transaction, others' too
	patient := context.WithoutCancel(ctx)
	var t *Tx
	return s.write.do(ctx, func(run runner) error {
		t = s.tx(patient)
		t.run = run
		return f(t)
	}, func() { s.near.committed(t.changes) })
}

// Read runs a function that changes nothing, over one state of all tables as it is at its first statement.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error {
	begin := func() (transaction, error) {
		return s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	}
	if s.read != nil {
		begin = func() (transaction, error) { return s.read.begin(ctx) }
	}
	t := s.tx(ctx)
	t.begin, t.near = begin, s.near
	return s.again(ctx, t, f)
}

func (s *Store) tx(ctx context.Context) *Tx {
	return &Tx{ctx: ctx, store: s, now: s.clock().UTC().Truncate(time.Millisecond)}
}

// once runs a function in a transaction that its first statement begins.
func (t *Tx) once(f func(*Tx) error) error {
	t.run, t.begun = nil, nil
	ended := false
	defer func() {
		if t.begun != nil && !ended {
			_ = t.begun.Rollback() // it failed or panicked, which says more
		}
	}()
	if err := f(t); err != nil {
		return err
	}
	ended = true
	if t.begun == nil {
		return nil
	}
	return t.begun.Commit()
}

// unstarted is the error of a transaction that did not begin: it can be begun again.
type unstarted struct{ error }

func (u unstarted) Unwrap() error { return u.error }

// Transactions that did not begin, or that stood in one another's way, are begun again after a pause, a few times.
const (
	attempts   = 6
	firstPause = 20 * time.Millisecond
)

// PostgreSQL's codes for a transaction that may succeed when it is run again: serialization_failure and deadlock_detected.
var transient = []string{"40001", "40P01"}

func (s *Store) again(ctx context.Context, t *Tx, f func(*Tx) error) error {
	for n := 1; ; n++ {
		err := t.once(f)
		var never unstarted
		var refused *pgconn.PgError
		retry := errors.As(err, &never) && s.write == nil || errors.As(err, &refused) && slices.Contains(transient, refused.Code)
		if err == nil || !retry || n == attempts {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(firstPause << n):
		}
	}
}
