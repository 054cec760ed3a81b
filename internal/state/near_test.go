package state

import (
	"context"
	"testing"
	"time"
)

var talks = Kind[note]{Name: "talk", Keep: time.Hour, Near: true}

// What a store that is alone keeps at hand is what is on disk: its own changes once they are committed, other processes' once its writer has looked.
func TestNear(t *testing.T) {
	folder, now := t.TempDir(), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	at := func() time.Time { return now }
	opened := func(alone bool) *Store {
		s, err := Open(context.Background(), Options{Folder: folder, Key: make([]byte, keySize), Clock: at, Alone: alone})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	do := func(s *Store, f func(*Tx) error) {
		t.Helper()
		if err := s.Do(context.Background(), f); err != nil {
			t.Fatal(err)
		}
	}
	one, other := opened(true), opened(false)
	read := func(want int, there bool) {
		t.Helper()
		err := one.Read(context.Background(), func(tx *Tx) error {
			got, ok, err := talks.Get(tx, "a")
			if ok != there || got.N != want {
				t.Errorf("reads %d, %v; want %d, %v", got.N, ok, want, there)
			}
			if ok && tx.begun != nil {
				t.Error("it was read again")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !one.Alone() || other.Alone() {
		t.Fatal("who is alone?")
	}
	read(0, false)
	do(one, func(tx *Tx) error { return talks.Put(tx, "a", note{N: 1}) })
	read(1, true)
	if err := one.Do(context.Background(), func(tx *Tx) error {
		_ = talks.Put(tx, "a", note{N: 9})
		return errClosed
	}); err == nil {
		t.Fatal("it should fail")
	}
	read(1, true) // what was taken back was never there
	do(one, func(tx *Tx) error { return talks.Drop(tx, "a") })
	read(0, false)
	do(one, func(tx *Tx) error { return talks.Put(tx, "a", note{N: 2}) })
	do(other, func(tx *Tx) error { return talks.Put(tx, "a", note{N: 3}) })
	do(one, func(*Tx) error { return nil }) // its writer looks
	if err := one.Read(context.Background(), func(tx *Tx) error {
		got, ok, err := talks.Get(tx, "a")
		if !ok || got.N != 3 {
			t.Errorf("after another's change it reads %d, %v", got.N, ok)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	now = now.Add(2 * time.Hour)
	read(0, false) // expired
}
