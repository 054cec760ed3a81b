package state

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A delivery that comes again is answered as before, for an hour; then only its id is known.
func TestAnswered(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock, again func() *Store) {
		k := Key{ID: 9, Mark: "message 1"}
		answer := func(s *Store) (isNew bool) {
			do(t, s, func(tx *Tx) (err error) {
				isNew, err = tx.Answer(k, "5", []byte(`{"method":"sendMessage"}`))
				return err
			})
			return isNew
		}
		taken := func(s *Store, k Key) string {
			var said string
			do(t, s, func(tx *Tx) error {
				taken, done, reply, err := tx.Taken(k)
				said = fmt.Sprint(taken, done, " ", string(reply))
				return err
			})
			return said
		}
		if got := taken(s, k); got != "false false " {
			t.Errorf("before: %s", got)
		}
		if !answer(s) || answer(again()) {
			t.Error("an update must be answered by one alone")
		}
		if got := taken(again(), k); got != `true true {"method":"sendMessage"}` {
			t.Errorf("after: %s", got)
		}
		if got := taken(s, Key{ID: 9, Mark: "message 2"}); got != "false false " {
			t.Errorf("another update of the same id: %s", got)
		}
		c.pass(2 * time.Hour)
		if _, err := s.Sweep(t.Context(), Retention{}); err != nil {
			t.Fatal(err)
		}
		if got := taken(s, k); got != "true true " {
			t.Errorf("after two hours: %s", got)
		}
	})
}

// What is postponed is nobody's until its time, whatever a holder holds.
func TestPostponed(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock, _ func() *Store) {
		k := Key{ID: 3}
		open := func(holder string) (ids []int64) {
			do(t, s, func(tx *Tx) error {
				ids = nil
				all, err := tx.Open(holder, false, time.Minute, 10)
				for _, u := range all {
					ids = append(ids, u.ID)
				}
				return err
			})
			return ids
		}
		do(t, s, func(tx *Tx) error {
			if _, err := tx.Take(k, "5", []byte("{}"), "one", time.Minute); err != nil {
				return err
			}
			return tx.Postpone(k, tx.Now().Add(time.Hour))
		})
		for range 3 {
			c.pass(10 * time.Minute)
			do(t, s, func(tx *Tx) error { return tx.Hold("one", time.Minute) })
			if got := open("two"); len(got) > 0 {
				t.Fatalf("taken up before its time: %v", got)
			}
		}
		c.pass(31 * time.Minute)
		if got := open("two"); !slices.Equal(got, []int64{3}) {
			t.Errorf("open at its time: %v", got)
		}
	})
}

// The updates of two bots have the same ids: a state is that of one.
func TestBelongs(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock, again func() *Store) {
		for range 2 {
			if err := s.Belongs(t.Context(), "123"); err != nil {
				t.Fatal(err)
			}
		}
		if err := again().Belongs(t.Context(), "456"); err == nil || !strings.Contains(err.Error(), "123") {
			t.Errorf("the state of another bot: %v", err)
		}
	})
}

func TestWatch(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock, again func() *Store) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		seen := make(chan int64)
		go again().Watch(ctx, func(id int64) { seen <- id })
		next := func() int64 {
			select {
			case id := <-seen:
				return id
			case <-ctx.Done():
				t.Fatal("nothing seen")
				return 0
			}
		}
		if id := next(); id != 0 {
			t.Errorf("a store without revisions has %d", id)
		}
		var parent int64
		for range 2 {
			do(t, s, func(tx *Tx) error {
				r, err := tx.AddRevision(parent, About{}, []File{{"a.yaml", []byte(fmt.Sprint(parent))}})
				parent = r.ID
				return err
			})
			if id := next(); id != parent {
				t.Errorf("seen %d, want %d", id, parent)
			}
		}
	})
}

// A backup made while the store is in use holds one moment of it, and brings it back.
func TestBackup(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock, again func() *Store) {
		if err := s.Belongs(t.Context(), "123"); err != nil {
			t.Fatal(err)
		}
		notes := Kind[string]{Name: "note"}
		put := func(key, value string) {
			do(t, s, func(tx *Tx) error { return notes.Put(tx, key, value) })
		}
		put("a", "before")
		file := filepath.Join(t.TempDir(), "backup.db")
		if _, err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Backup(t.Context(), file); err == nil {
			t.Error("a backup was written over")
		}
		put("a", "after")
		put("b", "after")
		rows, err := s.Restore(t.Context(), file)
		if err != nil || rows["records"] != 1 {
			t.Fatalf("restored %v, %v", rows, err)
		}
		got := map[string]string{}
		do(t, again(), func(tx *Tx) error {
			for _, key := range []string{"a", "b"} {
				v, _, err := notes.Get(tx, key)
				if err != nil {
					return err
				}
				got[key] = v
			}
			return nil
		})
		if got["a"] != "before" || got["b"] != "" {
			t.Errorf("after the restore: %v", got)
		}
		if err := s.Belongs(t.Context(), "456"); err == nil {
			t.Error("the restored state has forgotten whose it is")
		}
		if _, err := s.Restore(t.Context(), file+"x"); err == nil {
			t.Error("restored from nothing")
		}
	})
}

// A backup cannot be read with another key.
func TestBackupNeedsKey(t *testing.T) {
	s, err := Open(t.Context(), Options{Folder: t.TempDir(), Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	file := filepath.Join(t.TempDir(), "backup.db")
	if _, err := s.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	other, err := Open(t.Context(), Options{Folder: t.TempDir(), Key: make([]byte, keySize)})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Restore(t.Context(), file); err == nil || !strings.Contains(err.Error(), "key") {
		t.Errorf("restored with another key: %v", err)
	}
}

// A folder is one process' own.
func TestLock(t *testing.T) {
	folder := t.TempDir()
	unlock, err := Lock(folder)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(folder); err == nil || !strings.Contains(err.Error(), "--data") {
		t.Errorf("locked twice: %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	unlock, err = Lock(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
}

// A proposal becomes a revision once, and only over the facts that it was made from.
func TestProposals(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock, again func() *Store) {
		files := []File{{"catalogue.yaml", []byte("a: 1\n")}}
		propose := func(key string, base int64) {
			do(t, s, func(tx *Tx) error {
				return Proposals.Put(tx, key, Proposal{Base: base, Who: 7, From: "report.xlsx", At: tx.Now(), Files: files})
			})
		}
		apply := func(s *Store, key string) (r Revision, err error) {
			err = s.Do(t.Context(), func(tx *Tx) (err error) {
				r, err = tx.Apply(key, false, About{Who: 8, What: "apply"})
				return err
			})
			return r, err
		}
		propose("one", 0)
		propose("two", 0)
		first, err := apply(s, "one")
		if err != nil || first.About.From != "report.xlsx" || first.About.Who != 8 {
			t.Fatalf("%+v, %v", first, err)
		}
		if _, err := apply(again(), "one"); !errors.Is(err, ErrNoProposal) {
			t.Errorf("applied twice: %v", err)
		}
		if _, err := apply(s, "two"); !errors.Is(err, ErrMoved) {
			t.Errorf("applied over facts that have moved on: %v", err)
		}
		propose("three", first.ID)
		c.pass(8 * 24 * time.Hour)
		if _, err := apply(s, "three"); !errors.Is(err, ErrNoProposal) {
			t.Errorf("applied after a week: %v", err)
		}
	})
}
