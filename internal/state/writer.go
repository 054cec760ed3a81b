package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// writer is SQLite's one writer. What waits while it commits goes into its next transaction together: one fsync for many.
type writer struct {
	db    *sql.DB
	queue chan *task
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once
}

// task is one function that waits to be run and committed.
type task struct {
	ctx context.Context
	f   func(runner) error
	err error
	end chan struct{}
}

// together is how many functions are committed in one transaction at most.
const together = 256

var errClosed = errors.New("the state is closed")

func newWriter(db *sql.DB) *writer {
	w := &writer{db: db, queue: make(chan *task, together), quit: make(chan struct{}), done: make(chan struct{})}
	go w.work()
	return w
}

// do runs f and returns when it is on disk, or was taken back.
func (w *writer) do(ctx context.Context, f func(runner) error) error {
	t := &task{ctx: ctx, f: f, end: make(chan struct{})}
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
	return w.db.Close()
}

func (w *writer) work() {
	defer close(w.done)
	for {
		select {
		case t := <-w.queue:
			w.commit(w.gather(t))
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

// commit runs tasks in one transaction, each within a savepoint of its own, so that one that fails takes back nothing of the others.
func (w *writer) commit(tasks []*task) {
	err := w.within(tasks)
	for _, t := range tasks {
		if err != nil && t.err == nil {
			t.err = err
		}
		close(t.end)
	}
}

func (w *writer) within(tasks []*task) error {
	ctx := context.Background() // a transaction that others share does not end with one caller's patience
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for _, t := range tasks {
		if t.err = t.ctx.Err(); t.err != nil {
			continue
		}
		if len(tasks) == 1 { // its failure is that of the transaction
			if t.err = guarded(t.f, tx); t.err != nil {
				return nil
			}
			break
		}
		if _, err := tx.ExecContext(ctx, "SAVEPOINT task"); err != nil {
			return err
		}
		end := "RELEASE task"
		if t.err = guarded(t.f, tx); t.err != nil {
			end = "ROLLBACK TO task; RELEASE task"
		}
		if _, err := tx.ExecContext(ctx, end); err != nil {
			return err
		}
	}
	return tx.Commit()
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
