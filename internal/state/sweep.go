package state

import (
	"context"
	"time"
)

// Retention is how long what has no end of its own is kept. Zero values are the defaults.
type Retention struct {
	Updates   time.Duration // the ids of updates; 0: 8 days. Telegram repeats within one, and begins anew with its ids after seven
	Questions time.Duration // 0: 90 days
	Notices   time.Duration // that went out or were given up; 0: 30 days
	Replies   time.Duration // that went out in the response to a delivery, should it come again; 0: 1 hour
}

// Days is how many days the questions are kept.
func (r Retention) Days() int { return int(r.orDefault().Questions / (24 * time.Hour)) }

func (r Retention) orDefault() Retention {
	const day = 24 * time.Hour
	if r.Updates == 0 {
		r.Updates = 8 * day
	}
	if r.Questions == 0 {
		r.Questions = 90 * day
	}
	if r.Notices == 0 {
		r.Notices = 30 * day
	}
	if r.Replies == 0 {
		r.Replies = time.Hour
	}
	return r
}

// sweptAtOnce is how many rows go in one transaction, so that nobody waits for a sweep.
const sweptAtOnce = 1000

// Sweep forgets what has expired and gives the number of rows that went or were emptied.
func (s *Store) Sweep(ctx context.Context, keep Retention) (gone int64, err error) {
	keep = keep.orDefault()
	for _, rule := range []struct {
		statement string
		args      func(now time.Time) []any
	}{
		{`DELETE FROM records WHERE (kind, hash) IN (SELECT kind, hash FROM records WHERE expires <= ? LIMIT ?)`,
			func(now time.Time) []any { return []any{now.UnixMilli(), sweptAtOnce} }},
		{`DELETE FROM updates WHERE (update_id, mark) IN (SELECT update_id, mark FROM updates WHERE at <= ? LIMIT ?)`,
			func(now time.Time) []any { return []any{now.Add(-keep.Updates).UnixMilli(), sweptAtOnce} }},
		{`UPDATE updates SET body = NULL WHERE (update_id, mark) IN (SELECT update_id, mark FROM updates WHERE state = 1 AND body IS NOT NULL AND at <= ? LIMIT ?)`,
			func(now time.Time) []any { return []any{now.Add(-keep.Replies).UnixMilli(), sweptAtOnce} }},
		{`DELETE FROM questions WHERE id IN (SELECT id FROM questions WHERE at <= ? LIMIT ?)`,
			func(now time.Time) []any { return []any{now.Add(-keep.Questions).UnixMilli(), sweptAtOnce} }},
		{`DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE state <> 0 AND due <= ? LIMIT ?)`,
			func(now time.Time) []any { return []any{now.Add(-keep.Notices).UnixMilli(), sweptAtOnce} }},
	} {
		for {
			var n int64
			err := s.Do(ctx, func(t *Tx) error {
				var err error
				n, err = t.exec(rule.statement, rule.args(t.now)...)
				return err
			})
			if err != nil {
				return gone, err
			}
			gone += n
			if n < sweptAtOnce {
				break
			}
		}
	}
	return gone, nil
}
