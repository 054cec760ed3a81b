package state

import (
	"database/sql"
	"encoding/json"
	"time"
)

// Notice is a message that goes out by itself: one for each document and owner, however often it is added.
type Notice struct {
	ID    int64
	Tries int // how often it was tried before
	Body  NoticeBody
}

// NoticeBody is what is sent where.
type NoticeBody struct {
	Chat int64  `json:"chat"`
	HTML string `json:"html"`
	Lang string `json:"lang,omitempty"`
}

// The states of a notice.
const (
	noticeWaits = iota
	noticeSent
	noticeGivenUp
)

// AddNotice puts a notice among those to be sent, from due on; new is false where the owner has one of this document.
func (t *Tx) AddNotice(document, owner string, due time.Time, body NoticeBody) (isNew bool, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return false, err
	}
	hash := t.store.vault.hashed("owner", owner)
	n, err := t.exec(`INSERT INTO notices (document, owner, due, tries, state, holder, body) VALUES (?, ?, ?, 0, ?, '', ?) ON CONFLICT (document, owner) DO NOTHING`,
		document, hash, due.UnixMilli(), noticeWaits, t.store.vault.sealed(text, place("notices", hash)))
	return n == 1, err
}

// Claim takes notices that are due, which are then the holder's: no other replica sends them until hold is over.
func (t *Tx) Claim(holder string, hold time.Duration, limit int) ([]Notice, error) {
	var found []Notice
	err := t.rows(`SELECT id, owner, tries, body FROM notices WHERE state = ? AND due <= ? ORDER BY due, id LIMIT ?{skip}`,
		[]any{noticeWaits, t.now.UnixMilli(), limit}, func(r *sql.Rows) error {
			var n Notice
			var owner, body []byte
			if err := r.Scan(&n.ID, &owner, &n.Tries, &body); err != nil {
				return err
			}
			text, err := t.store.vault.opened(body, place("notices", owner))
			if err == nil {
				err = json.Unmarshal(text, &n.Body)
			}
			found = append(found, n)
			return err
		})
	if err != nil {
		return nil, err
	}
	for _, n := range found {
		if _, err := t.exec(`UPDATE notices SET holder = ?, due = ?, tries = tries + 1 WHERE id = ?`, holder, t.now.Add(hold).UnixMilli(), n.ID); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Sent is that a holder's notice went out; ok is false where it is not the holder's any more.
func (t *Tx) Sent(id int64, holder string) (ok bool, err error) {
	n, err := t.exec(`UPDATE notices SET state = ? WHERE id = ? AND holder = ? AND state = ?`, noticeSent, id, holder, noticeWaits)
	return n == 1, err
}

// Later tries a holder's notice again from due on; where due is zero it is given up.
func (t *Tx) Later(id int64, holder string, due time.Time) error {
	if due.IsZero() {
		_, err := t.exec(`UPDATE notices SET state = ? WHERE id = ? AND holder = ?`, noticeGivenUp, id, holder)
		return err
	}
	_, err := t.exec(`UPDATE notices SET due = ? WHERE id = ? AND holder = ? AND state = ?`, due.UnixMilli(), id, holder, noticeWaits)
	return err
}
