package state

import (
	"encoding/json"
	"fmt"
	"time"
)

// Kind is a kind of records: one value for each key, as a chat has one conversation. Records are found by a hash of their key, their value is
// sealed, and each expires.
type Kind[T any] struct {
	Name string        // in the store; never changed
	Keep time.Duration // how long after its last Put; 0: for good
	Near bool          // it is read again soon: a process that has an SQLite for itself keeps it at hand. A value of T is not changed then
}

// forGood is later than every record's end.
const forGood = int64(1) << 62

// Put keeps a value under a key, in the place of one that is there.
func (k Kind[T]) Put(t *Tx, key string, value T) error {
	p, err := k.Prepare(t.store, key, value)
	if err != nil {
		return err
	}
	return p(t)
}

// Prepare is Put in two steps: what can be done before the transaction is, so that nobody waits in it for that.
func (k Kind[T]) Prepare(s *Store, key string, value T) (put func(*Tx) error, err error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.Name, err)
	}
	hash := s.vault.hashed(k.Name, key)
	body := s.vault.sealed(text, place(k.Name, hash))
	return func(t *Tx) error {
		expires := forGood
		if k.Keep > 0 {
			expires = t.now.Add(k.Keep).UnixMilli()
		}
		_, err := t.exec(`INSERT INTO records (kind, hash, at, expires, body) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (kind, hash) DO UPDATE SET at = excluded.at, expires = excluded.expires, body = excluded.body`,
			k.Name, hash, t.now.UnixMilli(), expires, body)
		k.changed(t, key, nearby{value, true, expires})
		return err
	}, nil
}

func (k Kind[T]) changed(t *Tx, key string, now nearby) {
	if k.Near && t.store.near != nil {
		t.changes = append(t.changes, change{k.nearKey(key), now})
	}
}

func (k Kind[T]) nearKey(key string) string { return k.Name + "\x00" + key }

// Get is the value under a key; ok is false where there is none, or none any more.
func (k Kind[T]) Get(t *Tx, key string) (value T, ok bool, err error) {
	if !k.Near || t.near == nil {
		value, _, ok, err = k.read(t, key)
		return value, ok, err
	}
	at, known, epoch := t.near.get(k.nearKey(key))
	if !known {
		if value, at.expires, at.there, err = k.read(t, key); err != nil {
			return value, false, err
		}
		at.value = value
		t.near.found(k.nearKey(key), at, epoch)
	}
	if !at.there || at.expires <= t.now.UnixMilli() {
		var none T
		return none, false, nil
	}
	return at.value.(T), true, nil
}

// read reads the value under a key.
func (k Kind[T]) read(t *Tx, key string) (value T, expires int64, ok bool, err error) {
	hash := t.store.vault.hashed(k.Name, key)
	var body []byte
	ok, err = t.row(`SELECT body, expires FROM records WHERE kind = ? AND hash = ? AND expires > ?`, []any{k.Name, hash, t.now.UnixMilli()}, &body, &expires)
	if err != nil || !ok {
		return value, 0, false, err
	}
	text, err := t.store.vault.opened(body, place(k.Name, hash))
	if err != nil {
		return value, 0, false, err
	}
	if json.Unmarshal(text, &value) != nil {
		var none T
		return none, 0, false, nil //nolint:nilerr // of a build that kept it otherwise: as if it had not been kept
	}
	return value, expires, true, nil
}

// Drop forgets the value under a key.
func (k Kind[T]) Drop(t *Tx, key string) error {
	_, err := t.exec(`DELETE FROM records WHERE kind = ? AND hash = ?`, k.Name, t.store.vault.hashed(k.Name, key))
	k.changed(t, key, nearby{})
	return err
}

// place is where a sealed body stands.
func place(table string, key []byte) string { return table + "\x00" + string(key) }
