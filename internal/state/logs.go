package state

import (
	"database/sql"
	"encoding/json"
	"strconv"
	"time"
)

// Asked is a question in the log: without whoever asked it.
type Asked struct {
	At     time.Time
	Lang   string
	Status string // of the answer
	Text   string
}

// LogQuestion adds a question to the log.
func (t *Tx) LogQuestion(q Asked) error {
	at := t.now.UnixMilli()
	_, err := t.exec(`INSERT INTO questions (at, lang, status, body) VALUES (?, ?, ?, ?)`, at, q.Lang, q.Status,
		t.store.vault.sealed([]byte(q.Text), "questions\x00"+strconv.FormatInt(at, 10)))
	return err
}

// Questions calls f for the questions asked since a time, the oldest first; status empty is all of them.
func (t *Tx) Questions(since time.Time, status string, f func(Asked) error) error {
	return t.rows(`SELECT at, lang, status, body FROM questions WHERE at >= ? AND (? = '' OR status = ?) ORDER BY id`,
		[]any{since.UnixMilli(), status, status}, func(r *sql.Rows) error {
			var q Asked
			var at int64
			var body []byte
			if err := r.Scan(&at, &q.Lang, &q.Status, &body); err != nil {
				return err
			}
			text, err := t.store.vault.opened(body, "questions\x00"+strconv.FormatInt(at, 10))
			if err != nil {
				return err
			}
			q.At, q.Text = time.UnixMilli(at).UTC(), string(text)
			return f(q)
		})
}

// Act is a line of the audit: what somebody did who may do more than ask.
type Act struct {
	At     time.Time `json:"-"`
	What   string    `json:"-"`
	Who    int64     `json:"who,omitempty"` // Telegram's id; 0: the command line
	Detail string    `json:"detail,omitempty"`
}

// Audit adds a line to the audit, which is never changed and does not expire.
func (t *Tx) Audit(a Act) error {
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	at := t.now.UnixMilli()
	_, err = t.exec(`INSERT INTO audit (at, what, body) VALUES (?, ?, ?)`, at, a.What, t.store.vault.sealed(text, "audit\x00"+strconv.FormatInt(at, 10)+a.What))
	return err
}

// Acts calls f for the lines of the audit since a time, the oldest first.
func (t *Tx) Acts(since time.Time, f func(Act) error) error {
	return t.rows(`SELECT at, what, body FROM audit WHERE at >= ? ORDER BY id`, []any{since.UnixMilli()}, func(r *sql.Rows) error {
		var a Act
		var at int64
		var body []byte
		if err := r.Scan(&at, &a.What, &body); err != nil {
			return err
		}
		text, err := t.store.vault.opened(body, "audit\x00"+strconv.FormatInt(at, 10)+a.What)
		if err == nil {
			err = json.Unmarshal(text, &a)
		}
		if err != nil {
			return err
		}
		a.At = time.UnixMilli(at).UTC()
		return f(a)
	})
}
