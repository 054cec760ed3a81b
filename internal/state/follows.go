package state

import (
	"database/sql"
	"encoding/json"
)

// Follower is a chat that is told of news of a subject.
type Follower struct {
	Chat int64  `json:"chat"`
	Lang string `json:"lang,omitempty"`
}

// Follow makes an owner, a chat or a person within a group, a follower of a subject: an indicator, a project.
func (t *Tx) Follow(owner, subject string, f Follower) error {
	text, err := json.Marshal(f)
	if err != nil {
		return err
	}
	hash := t.store.vault.hashed("owner", owner)
	_, err = t.exec(`INSERT INTO follows (subject, owner, at, body) VALUES (?, ?, ?, ?) ON CONFLICT (subject, owner) DO UPDATE SET body = excluded.body`,
		subject, hash, t.now.UnixMilli(), t.store.vault.sealed(text, place("follows", hash)))
	return err
}

// Unfollow ends that; without a subject all that the owner follows.
func (t *Tx) Unfollow(owner, subject string) error {
	hash := t.store.vault.hashed("owner", owner)
	if subject == "" {
		_, err := t.exec(`DELETE FROM follows WHERE owner = ?`, hash)
		return err
	}
	_, err := t.exec(`DELETE FROM follows WHERE owner = ? AND subject = ?`, hash, subject)
	return err
}

// Followed are the subjects that an owner follows, in order.
func (t *Tx) Followed(owner string) ([]string, error) {
	var subjects []string
	err := t.rows(`SELECT subject FROM follows WHERE owner = ? ORDER BY subject`, []any{t.store.vault.hashed("owner", owner)}, func(r *sql.Rows) error {
		var s string
		err := r.Scan(&s)
		subjects = append(subjects, s)
		return err
	})
	return subjects, err
}

// Followers calls f for each follower of a subject.
func (t *Tx) Followers(subject string, f func(Follower) error) error {
	return t.rows(`SELECT owner, body FROM follows WHERE subject = ?`, []any{subject}, func(r *sql.Rows) error {
		var owner, body []byte
		if err := r.Scan(&owner, &body); err != nil {
			return err
		}
		text, err := t.store.vault.opened(body, place("follows", owner))
		if err != nil {
			return err
		}
		var who Follower
		if err := json.Unmarshal(text, &who); err != nil {
			return err
		}
		return f(who)
	})
}
