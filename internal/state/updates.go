package state

import (
	"database/sql"
	"strconv"
	"time"
)

// The states of an update.
const (
	updateOpen = iota // taken over, not dealt with
	updateDone
)

// nobody holds no update.
const nobody = "-"

// Update is an update of Telegram's that was taken over and is not dealt with yet.
type Update struct {
	ID   int64
	Body []byte // as Telegram sent it
}

// Take takes an update over: new is false where it was taken before, here or by another replica. Body is nil where it is dealt with at once;
// else it is kept until Done, for holder to deal with. Lane is the chat, whose updates are dealt with in order.
func (t *Tx) Take(id int64, lane string, body []byte, holder string, hold time.Duration) (isNew bool, err error) {
	state, held, kept := updateDone, int64(0), any(nil)
	if body != nil {
		state, held = updateOpen, t.now.Add(hold).UnixMilli()
		kept = t.store.vault.sealed(body, "updates\x00"+strconv.FormatInt(id, 10))
	}
	n, err := t.exec(`INSERT INTO updates (update_id, lane, at, state, holder, held, body) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (update_id) DO NOTHING`,
		id, t.store.vault.hashed("lane", lane), t.now.UnixMilli(), state, holder, held, kept)
	return n == 1, err
}

// Taken reports whether an update was taken over, and whether it is dealt with.
func (t *Tx) Taken(id int64) (taken, done bool, err error) {
	var state int
	taken, err = t.row(`SELECT state FROM updates WHERE update_id = ?`, []any{id}, &state)
	return taken, taken && state == updateDone, err
}

// Done is that an update is dealt with: what people wrote is forgotten, its id is remembered.
func (t *Tx) Done(id int64) error {
	_, err := t.exec(`UPDATE updates SET state = ?, body = NULL, held = 0 WHERE update_id = ?`, updateDone, id)
	return err
}

// Open are updates that were taken over and are not dealt with, the oldest first: those of holders that have not held on to theirs, which become
// the holder's; with own also the holder's own, as after a restart.
func (t *Tx) Open(holder string, own bool, hold time.Duration, limit int) ([]Update, error) {
	var found []Update
	mine := nobody
	if own {
		mine = holder
	}
	err := t.rows(`SELECT update_id, body FROM updates WHERE state = ? AND (holder = ? OR held <= ?) ORDER BY update_id LIMIT ?{skip}`,
		[]any{updateOpen, mine, t.now.UnixMilli(), limit}, func(r *sql.Rows) error {
			var u Update
			var body []byte
			if err := r.Scan(&u.ID, &body); err != nil {
				return err
			}
			text, err := t.store.vault.opened(body, "updates\x00"+strconv.FormatInt(u.ID, 10))
			if err != nil {
				return err
			}
			u.Body = text
			found = append(found, u)
			return nil
		})
	if err != nil {
		return nil, err
	}
	for _, u := range found {
		if _, err := t.exec(`UPDATE updates SET holder = ?, held = ? WHERE update_id = ?`, holder, t.now.Add(hold).UnixMilli(), u.ID); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Hold keeps a holder's open updates its own.
func (t *Tx) Hold(holder string, hold time.Duration) error {
	_, err := t.exec(`UPDATE updates SET held = ? WHERE state = ? AND holder = ?`, t.now.Add(hold).UnixMilli(), updateOpen, holder)
	return err
}
