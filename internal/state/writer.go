package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// writer is SQLite's one writer. What waits while it commits goes into its next transaction together: one fsync for many.
type writer struct {
	db      *sql.DB
	on      *connection // nil: to be made
	queue   chan *task
	quit    chan struct{}
	done    chan struct{}
	once    sync.Once
	changed func() // another process has changed something
	version int64
}

// task is one function that waits to be run and committed.
type task struct {
	ctx  context.Context
	f    func(runner) error
	kept func() // called when it is committed, in the order of the commits
	err  error
	end  chan struct{}
}

// together is how many functions are committed in one transaction at most.
const together = 256

// lookEvery is how often a writer that has nothing to do looks whether another process has changed something.
const lookEvery = 500 * time.Millisecond

var errClosed = errors.New("the state is closed")

func newWriter(db *sql.DB, changed func()) *writer {
	w := &writer{db: db, changed: changed, queue: make(chan *task, together), quit: make(chan struct{}), done: make(chan struct{})}
	go w.work()
	return w
}

// do runs f and returns when it is on disk, or was taken back. F may be run twice.
func (w *writer) do(ctx context.Context, f func(runner) error, kept func()) error {
	t := &task{ctx: ctx, f: f, kept: kept, end: make(chan struct{})}
	select {
	case w.queue <- t:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.quit:
		return errClosed
	}
	select {
	case <-t.end:
		return t.err
	case <-w.done:
	}
	select {
	case <-t.end:
		return t.err
	default:
		return errClosed
	}
}

func (w *writer) close() error {
	w.once.Do(func() { close(w.quit) })
	<-w.done
	w.drop()
	return w.db.Close()
}

func (w *writer) work() {
	defer close(w.done)
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case t := <-w.queue:
			w.commit(w.gather(t))
		case <-look.C:
			if w.on != nil && w.look() != nil {
				w.drop()
			}
		case <-w.quit:
			for {
				select {
				case t := <-w.queue:
					w.commit(w.gather(t))
				default:
					return
				}
			}
		}
	}
}

// gather is a task with those that wait behind it.
func (w *writer) gather(first *task) []*task {
	tasks := []*task{first}
	for len(tasks) < together {
		select {
		case t := <-w.queue:
			tasks = append(tasks, t)
		default:
			return tasks
		}
	}
	return tasks
}

// commit runs tasks in one transaction. Where one of several fails they are run again, each within a savepoint of its own, so that it takes back
// nothing of the others.
func (w *writer) commit(tasks []*task) {
	err := w.within(tasks, w.all)
	if err == nil && len(tasks) > 1 && failed(tasks) {
		err = w.within(tasks, w.each)
	}
	for _, t := range tasks {
		if err != nil && t.err == nil {
			t.err = err
		}
		if t.err == nil {
			t.kept()
		}
		close(t.end)
	}
}

func failed(tasks []*task) bool {
	for _, t := range tasks {
		if t.err != nil {
			return true
		}
	}
	return false
}

// within runs tasks in a transaction, which is committed unless run says otherwise. The error is the transaction's.
func (w *writer) within(tasks []*task, run func([]*task) (keep bool, err error)) (err error) {
	if w.on == nil {
		// a transaction that others share does not end with one caller's patience
		if w.on, err = connect(context.Background(), w.db); err != nil {
			return err
		}
		w.version = 0
	}
	defer func() {
		if err != nil {
			w.drop()
		}
	}()
	if err := w.on.say("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := w.look(); err != nil {
		return err
	}
	keep, err := run(tasks)
	if err != nil {
		return err
	}
	if !keep {
		return w.on.say("ROLLBACK")
	}
	return w.on.say("COMMIT")
}

// all runs tasks one after the other; it stops at one that fails, and nothing is kept.
func (w *writer) all(tasks []*task) (keep bool, err error) {
	for _, t := range tasks {
		if t.err = t.ctx.Err(); t.err == nil {
			t.err = guarded(t.f, w.on)
		}
		if t.err != nil {
			return false, nil //nolint:nilerr // the task has it
		}
	}
	return true, nil
}

// each runs tasks each within a savepoint.
func (w *writer) each(tasks []*task) (keep bool, err error) {
	for _, t := range tasks {
		if t.err = t.ctx.Err(); t.err != nil {
			continue
		}
		if err := w.on.say("SAVEPOINT task"); err != nil {
			return false, err
		}
		if t.err = guarded(t.f, w.on); t.err != nil {
			if err := w.on.say("ROLLBACK TO task"); err != nil {
				return false, err
			}
		}
		if err := w.on.say("RELEASE task"); err != nil {
			return false, err
		}
	}
	return true, nil
}

// look notices what other processes have changed: the version that SQLite counts on a connection goes up by their commits alone.
func (w *writer) look() error {
	rows, err := w.on.QueryContext(context.Background(), "PRAGMA data_version")
	if err != nil {
		return err
	}
	defer rows.Close()
	var version int64
	if rows.Next() {
		if err := rows.Scan(&version); err != nil {
			return err
		}
	}
	if version != w.version {
		w.version = version
		w.changed()
	}
	return rows.Err()
}

// drop ends the writer's connection and what is open on it; the next task has another.
func (w *writer) drop() {
	if w.on != nil {
		_ = w.on.close()
		w.on = nil
	}
}

// guarded runs a function; a panic becomes its error, as it would end the writer of all.
func guarded(f func(runner) error, run runner) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic in a transaction: %T\n%s", v, debug.Stack())
		}
	}()
	return f(run)
}
