package state

import (
	"database/sql"
	"strconv"
	"time"
)

// The states of an update.
const (
	updateOpen = iota // taken over, not dealt with; written out where the index of the open ones is to be used
	updateDone
)

// nobody holds no update.
const nobody = "-"

// Key names an update. Its id alone does not: Telegram's ids begin anew, at random, after a quiet week.
type Key struct {
	ID   int64
	Mark string // what tells it from another of the same id, such as its message and time; the same whenever it comes
}

func (k Key) String() string { return strconv.FormatInt(k.ID, 10) }

// mark is the mark as it is kept.
func (t *Tx) mark(k Key) []byte { return t.store.vault.hashed("update", k.Mark)[:8] }

// of is where the body of an update stands.
func (k Key) of(table string) string { return table + "\x00" + k.String() }

// Update is an update of Telegram's that was taken over and is not dealt with yet.
type Update struct {
	ID   int64
	Body []byte // as Telegram sent it
}

// Take takes an update over: new is false where it was taken before, here or by another replica. Body is nil where it is dealt with at once;
// else it is kept until Done, for holder to deal with. Lane is the chat, whose updates are dealt with in order.
func (t *Tx) Take(k Key, lane string, body []byte, holder string, hold time.Duration) (isNew bool, err error) {
	state, held, kept := updateDone, int64(0), any(nil)
	if body != nil {
		state, held = updateOpen, t.now.Add(hold).UnixMilli()
		kept = t.store.vault.sealed(body, k.of("updates"))
	}
	n, err := t.exec(`INSERT INTO updates (update_id, mark, lane, at, state, holder, held, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (update_id, mark) DO NOTHING`,
		k.ID, t.mark(k), t.store.vault.hashed("lane", lane), t.now.UnixMilli(), state, holder, held, kept)
	return n == 1, err
}

// Taken reports whether an update was taken over, whether it is dealt with, and the reply that went out in the response to its delivery.
func (t *Tx) Taken(k Key) (taken, done bool, reply []byte, err error) {
	var state int
	var body []byte
	taken, err = t.row(`SELECT state, body FROM updates WHERE update_id = ? AND mark = ?`, []any{k.ID, t.mark(k)}, &state, &body)
	if err != nil || !taken || state != updateDone {
		return taken, false, nil, err
	}
	if body != nil {
		reply, err = t.store.vault.opened(body, k.of("replies"))
	}
	return true, true, reply, err
}

// Done is that an update is dealt with: what people wrote is forgotten, its id is remembered.
func (t *Tx) Done(k Key) error {
	_, err := t.exec(`UPDATE updates SET state = ?, body = NULL, held = 0 WHERE update_id = ? AND mark = ?`, updateDone, k.ID, t.mark(k))
	return err
}

// Answer takes an update over and is done with it at once: the reply goes out in the response to its delivery, and again where that is lost and the
// update comes again. New is false where it was taken before.
func (t *Tx) Answer(k Key, lane string, reply []byte) (isNew bool, err error) {
	n, err := t.exec(`INSERT INTO updates (update_id, mark, lane, at, state, holder, held, body) VALUES (?, ?, ?, ?, ?, '', 0, ?) ON CONFLICT (update_id, mark) DO NOTHING`,
		k.ID, t.mark(k), t.store.vault.hashed("lane", lane), t.now.UnixMilli(), updateDone, t.store.vault.sealed(reply, k.of("replies")))
	return n == 1, err
}

// Postpone leaves an update open and gives it up until a time, from when whoever asks first may take it up.
func (t *Tx) Postpone(k Key, until time.Time) error {
	_, err := t.exec(`UPDATE updates SET held = ?, holder = '' WHERE update_id = ? AND mark = ? AND state = ?`, until.UnixMilli(), k.ID, t.mark(k), updateOpen)
	return err
}

// Open are updates that were taken over and are not dealt with, the oldest first: those of holders that have not held on to theirs, which become
// the holder's; with own also the holder's own, as after a restart.
func (t *Tx) Open(holder string, own bool, hold time.Duration, limit int) ([]Update, error) {
	var found []Update
	var marks [][]byte
	mine := nobody
	if own {
		mine = holder
	}
	err := t.rows(`SELECT update_id, mark, body FROM updates WHERE state = 0 AND (holder = ? OR held <= ?) ORDER BY update_id LIMIT ?{skip}`,
		[]any{mine, t.now.UnixMilli(), limit}, func(r *sql.Rows) error {
			var u Update
			var mark, body []byte
			if err := r.Scan(&u.ID, &mark, &body); err != nil {
				return err
			}
			marks = append(marks, mark)
			text, err := t.store.vault.opened(body, Key{ID: u.ID}.of("updates"))
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
	for i, u := range found {
		if _, err := t.exec(`UPDATE updates SET holder = ?, held = ? WHERE update_id = ? AND mark = ?`, holder, t.now.Add(hold).UnixMilli(), u.ID, marks[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Hold keeps a holder's open updates its own.
func (t *Tx) Hold(holder string, hold time.Duration) error {
	until := t.now.Add(hold).UnixMilli()
	_, err := t.exec(`UPDATE updates SET held = ? WHERE state = 0 AND holder = ? AND held < ?`, until, holder, until)
	return err
}
