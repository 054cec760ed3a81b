package state

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// How often the newest revision is looked at, and how long a PostgreSQL that does not answer is left alone.
const (
	watchEvery = 400 * time.Millisecond
	watchPause = time.Second
)

// Watch calls f with the id of each newest revision as it comes, first with that there is (0: none), until the context ends. PostgreSQL tells of
// new ones; beside that the store is looked at again and again, so that none is missed where the word is lost.
func (s *Store) Watch(ctx context.Context, f func(id int64)) {
	told := make(chan struct{}, 1)
	if s.engine == postgres {
		go s.listen(ctx, told)
	}
	last := int64(-1)
	for ctx.Err() == nil {
		var id int64
		err := s.Read(ctx, func(t *Tx) (err error) {
			id, err = t.newest()
			return err
		})
		if err == nil && id != last {
			last = id
			f(id)
		}
		select {
		case <-ctx.Done():
		case <-told:
		case <-time.After(watchEvery):
		}
	}
}

// listen waits for PostgreSQL's word of new revisions on a connection of its own.
func (s *Store) listen(ctx context.Context, told chan<- struct{}) {
	for ctx.Err() == nil {
		err := s.listenOnce(ctx, told)
		if ctx.Err() != nil {
			return
		}
		s.log.Debug("not told of new revisions", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(watchPause):
		}
	}
}

func (s *Store) listenOnce(ctx context.Context, told chan<- struct{}) error {
	c, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Raw(func(driver any) error {
		conn := driver.(*stdlib.Conn).Conn()
		if _, err := conn.Exec(ctx, "LISTEN "+revisionChannel); err != nil {
			return err
		}
		for {
			if _, err := conn.WaitForNotification(ctx); err != nil {
				return err
			}
			select {
			case told <- struct{}{}:
			default:
			}
		}
	})
}
