package state

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"factbot/internal/state/pgtest"
)

// clock is a clock that a test moves.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC).UnixMilli())
	return c
}

func (c *clock) now() time.Time       { return time.UnixMilli(c.at.Load()) }
func (c *clock) pass(d time.Duration) { c.at.Add(d.Milliseconds()) }

var testKey = bytes.Repeat([]byte{7}, keySize)

// engines runs a test on both engines. again opens the same store once more, as another replica or after a restart does.
func engines(t *testing.T, test func(t *testing.T, s *Store, c *clock, again func() *Store)) {
	run := func(t *testing.T, o Options) {
		c := newClock()
		o.Key, o.Clock = testKey, c.now
		again := func() *Store {
			s, err := Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			return s
		}
		test(t, again(), c, again)
	}
	t.Run("sqlite", func(t *testing.T) { run(t, Options{Folder: t.TempDir()}) })
	t.Run("postgres", func(t *testing.T) { run(t, Options{URL: pgtest.URL(t)}) })
}

// do runs f in a transaction that must succeed.
func do(t testing.TB, s *Store, f func(*Tx) error) {
	t.Helper()
	if err := s.Do(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

type note struct {
	Text string
	N    int
}

var notes = Kind[note]{Name: "note", Keep: time.Hour}

func TestRecords(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock, again func() *Store) {
		get := func(key string) (n note, ok bool) {
			if err := s.Read(t.Context(), func(tx *Tx) error {
				var err error
				n, ok, err = notes.Get(tx, key)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return n, ok
		}
		if n, ok := get("a"); ok {
			t.Errorf("an empty store gives %v", n)
		}
		do(t, s, func(tx *Tx) error {
			return errors.Join(notes.Put(tx, "a", note{"Đô Lương", 1}), notes.Put(tx, "b", note{"b", 2}))
		})
		do(t, s, func(tx *Tx) error { return notes.Put(tx, "a", note{"Đô Lương", 3}) })
		s = again()
		if n, ok := get("a"); !ok || n != (note{"Đô Lương", 3}) {
			t.Errorf("got %v %t", n, ok)
		}
		do(t, s, func(tx *Tx) error { return notes.Drop(tx, "b") })
		if n, ok := get("b"); ok {
			t.Errorf("dropped, and there: %v", n)
		}
		c.pass(time.Hour)
		if n, ok := get("a"); ok {
			t.Errorf("expired, and there: %v", n)
		}
		if gone, err := s.Sweep(t.Context(), Retention{}); err != nil || gone != 1 {
			t.Errorf("swept %d rows, %v; want 1", gone, err)
		}
	})
}

func TestFailureTakesBackItsOwn(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock, _ func() *Store) {
		wrong := errors.New("wrong")
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				err := s.Do(context.Background(), func(tx *Tx) error {
					if err := notes.Put(tx, fmt.Sprint(i), note{N: i}); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return wrong
					case 2:
						if s.engine == sqlite {
							panic("cannot go on")
						}
						return wrong
					}
					return nil
				})
				if (err != nil) != (i%4 == 1 || i%4 == 2) {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if err := s.Read(t.Context(), func(tx *Tx) error {
			for i := range 200 {
				_, ok, err := notes.Get(tx, fmt.Sprint(i))
				if want := i%4 == 0 || i%4 == 3; err != nil || ok != want {
					t.Errorf("%d is there: %t, want %t; %v", i, ok, want, err)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestUpdateCountsOnce(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock, again func() *Store) {
		other := again()
		var taken atomic.Int32
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				by := []*Store{s, other}[i%2]
				do(t, by, func(tx *Tx) error {
					isNew, err := tx.Take(Key{ID: 77}, "5", []byte(`{"update_id":77}`), fmt.Sprint("replica ", i%2), time.Minute)
					if isNew {
						taken.Add(1)
					}
					return err
				})
			})
		}
		wg.Wait()
		if taken.Load() != 1 {
			t.Errorf("taken %d times", taken.Load())
		}
		open := func(s *Store, holder string) (ids []int64) {
			do(t, s, func(tx *Tx) error {
				ids = nil
				all, err := tx.Open(holder, true, time.Minute, 10)
				for _, u := range all {
					if string(u.Body) != fmt.Sprintf(`{"update_id":%d}`, u.ID) {
						t.Errorf("update %d has the body %s", u.ID, u.Body)
					}
					ids = append(ids, u.ID)
				}
				return err
			})
			return ids
		}
		if got := open(other, "somebody"); len(got) > 0 {
			t.Errorf("another took %v while its holder holds it", got)
		}
		c.pass(2 * time.Minute)
		if got := open(other, "somebody"); !slices.Equal(got, []int64{77}) {
			t.Errorf("a holder that is gone leaves %v; want [77]", got)
		}
		if got := open(s, "third"); len(got) > 0 {
			t.Errorf("two took it over: %v", got)
		}
		do(t, s, func(tx *Tx) error { return tx.Done(Key{ID: 77}) })
		c.pass(time.Hour)
		if got := open(s, "third"); len(got) > 0 {
			t.Errorf("dealt with, and open: %v", got)
		}
		do(t, s, func(tx *Tx) error {
			isNew, err := tx.Take(Key{ID: 77}, "5", nil, "x", 0)
			if isNew {
				t.Error("taken again")
			}
			return err
		})
		c.pass(9 * 24 * time.Hour)
		if gone, err := s.Sweep(t.Context(), Retention{}); err != nil || gone != 1 {
			t.Errorf("swept %d, %v; want 1", gone, err)
		}
	})
}

func TestRevisions(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock, again func() *Store) {
		files := []File{{"catalogue.yaml", []byte("indicators: []\n")}, {"documents/2020.yaml", []byte("kỳ: 2020\n")}}
		var first Revision
		do(t, s, func(tx *Tx) (err error) {
			first, err = tx.AddRevision(0, About{Who: 9, What: "import", From: "báo cáo.xlsx"}, files)
			return err
		})
		err := s.Do(t.Context(), func(tx *Tx) error { _, err := tx.AddRevision(0, About{}, files); return err })
		if !errors.Is(err, ErrMoved) {
			t.Errorf("a second revision behind nothing: %v", err)
		}
		var added atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			by := again()
			wg.Go(func() {
				err := by.Do(context.Background(), func(tx *Tx) error { _, err := tx.AddRevision(first.ID, About{What: "undo"}, files[:1]); return err })
				if err == nil {
					added.Add(1)
				} else if !errors.Is(err, ErrMoved) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if added.Load() != 1 {
			t.Errorf("%d revisions behind the same one", added.Load())
		}
		if err := again().Read(t.Context(), func(tx *Tx) error {
			all, err := tx.Revisions(10)
			if err != nil || len(all) != 2 || all[0].About.What != "undo" || all[0].Parent != first.ID || all[1].About.From != "báo cáo.xlsx" || all[1].About.Who != 9 {
				t.Errorf("got %+v, %v", all, err)
			}
			got, err := tx.Files(first.ID)
			if err != nil || len(got) != 2 || string(got[1].Data) != "kỳ: 2020\n" {
				t.Errorf("got %v, %v", got, err)
			}
			if _, err := tx.Files(99); err == nil {
				t.Error("files of a revision that is not there")
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		do(t, s, func(tx *Tx) error {
			_, err := tx.exec(`UPDATE revision_files SET data = ? WHERE path = ?`, []byte("kỳ: 2021\n"), "documents/2020.yaml")
			return err
		})
		if err := s.Read(t.Context(), func(tx *Tx) error { _, err := tx.Files(first.ID); return err }); err == nil {
			t.Error("a changed file is not noticed")
		}
	})
}

func TestNotices(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock, again func() *Store) {
		do(t, s, func(tx *Tx) error {
			for _, owner := range []string{"1", "2", "2", "3"} {
				if _, err := tx.AddNotice("doc", owner, tx.Now(), NoticeBody{Chat: 5, HTML: "<b>tin</b>", Lang: "vi"}); err != nil {
					return err
				}
			}
			return nil
		})
		claim := func(s *Store, holder string, limit int) (found []Notice) {
			do(t, s, func(tx *Tx) (err error) { found, err = tx.Claim(holder, time.Minute, limit); return err })
			return found
		}
		a, b := claim(s, "a", 2), claim(again(), "b", 2)
		if len(a) != 2 || len(b) != 1 || a[0].Body.HTML != "<b>tin</b>" {
			t.Fatalf("a has %v, b %v", a, b)
		}
		sent := func(id int64, holder string) (ok bool) {
			do(t, s, func(tx *Tx) (err error) { ok, err = tx.Sent(id, holder); return err })
			return ok
		}
		if !sent(a[0].ID, "a") || sent(a[0].ID, "a") || sent(a[1].ID, "b") {
			t.Error("a notice counts as sent for whom it is not, or twice")
		}
		c.pass(2 * time.Minute) // a is gone
		if left := claim(s, "c", 10); len(left) != 2 || left[0].Tries != 1 || sent(a[1].ID, "a") {
			t.Errorf("c takes over %v", left)
		}
		do(t, s, func(tx *Tx) error {
			return errors.Join(tx.Later(a[1].ID, "c", tx.Now().Add(time.Hour)), tx.Later(b[0].ID, "c", time.Time{}))
		})
		c.pass(30 * time.Minute)
		if left := claim(s, "d", 10); len(left) > 0 {
			t.Errorf("too early: %v", left)
		}
		c.pass(time.Hour)
		if left := claim(s, "d", 10); len(left) != 1 || left[0].ID != a[1].ID {
			t.Errorf("d has %v", left)
		}
	})
}

func TestFollows(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock, _ func() *Store) {
		do(t, s, func(tx *Tx) error {
			return errors.Join(tx.Follow("1", "export", Follower{Chat: 1, Lang: "vi"}), tx.Follow("1", "iip", Follower{Chat: 1}),
				tx.Follow("1", "export", Follower{Chat: 1, Lang: "en"}), tx.Follow("2", "export", Follower{Chat: 2}))
		})
		do(t, s, func(tx *Tx) error {
			got, err := tx.Followed("1")
			if !slices.Equal(got, []string{"export", "iip"}) {
				t.Errorf("1 follows %v", got)
			}
			var langs []string
			return errors.Join(err, tx.Followers("export", func(f Follower) error {
				langs = append(langs, fmt.Sprint(f.Chat, f.Lang))
				slices.Sort(langs)
				if len(langs) == 2 && !slices.Equal(langs, []string{"1en", "2"}) {
					t.Errorf("followers %v", langs)
				}
				return nil
			}))
		})
		do(t, s, func(tx *Tx) error { return errors.Join(tx.Unfollow("1", ""), tx.Unfollow("2", "iip")) })
		do(t, s, func(tx *Tx) error {
			got, err := tx.Followed("1")
			if len(got) > 0 {
				t.Errorf("1 still follows %v", got)
			}
			return err
		})
	})
}

func TestLogs(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock, _ func() *Store) {
		for _, q := range []Asked{{Lang: "vi", Status: "answered", Text: "xuất khẩu?"}, {Lang: "vi", Status: "no_data", Text: "nhập khẩu?"}} {
			do(t, s, func(tx *Tx) error {
				return errors.Join(tx.LogQuestion(q), tx.Audit(Act{What: "import", Who: 12, Detail: q.Text}))
			})
		}
		list := func(status string) (texts []string) {
			do(t, s, func(tx *Tx) error {
				texts = nil
				return tx.Questions(time.Time{}, status, func(q Asked) error { texts = append(texts, q.Text); return nil })
			})
			return texts
		}
		if got := list(""); !slices.Equal(got, []string{"xuất khẩu?", "nhập khẩu?"}) {
			t.Errorf("asked %v", got)
		}
		if got := list("no_data"); !slices.Equal(got, []string{"nhập khẩu?"}) {
			t.Errorf("not answered %v", got)
		}
		c.pass(91 * 24 * time.Hour)
		if _, err := s.Sweep(t.Context(), Retention{}); err != nil {
			t.Fatal(err)
		}
		if got := list(""); len(got) > 0 {
			t.Errorf("after 90 days there is still %v", got)
		}
		var acts []Act
		do(t, s, func(tx *Tx) error {
			acts = nil
			return tx.Acts(time.Time{}, func(a Act) error { acts = append(acts, a); return nil })
		})
		if len(acts) != 2 || acts[0].Who != 12 || acts[0].What != "import" || acts[1].Detail != "nhập khẩu?" {
			t.Errorf("audit %+v", acts)
		}
	})
}

// TestSealed: nothing that is personal stands in the store as it was said, and another key opens nothing.
func TestSealed(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock, _ func() *Store) {
		const secret, who = "bí mật của tôi", "987654321"
		do(t, s, func(tx *Tx) error {
			_, err := tx.Take(Key{ID: 1}, who, []byte(secret), "h", time.Minute)
			_, more := tx.AddNotice("doc", who, tx.Now(), NoticeBody{Chat: 987654321, HTML: secret})
			return errors.Join(err, more, notes.Put(tx, who, note{Text: secret}), tx.Follow(who, "iip", Follower{Chat: 987654321}),
				tx.LogQuestion(Asked{Text: secret}), tx.Audit(Act{What: "x", Who: 987654321, Detail: secret}))
		})
		do(t, s, func(tx *Tx) error {
			for _, table := range tables {
				_, err := copyRows(tx, table.name, table.columns, func(row []any) {
					for i, v := range row {
						if text := fmt.Sprintf("%s", v); bytes.Contains([]byte(text), []byte(secret)) || bytes.Contains([]byte(text), []byte(who)) {
							t.Errorf("%s.%s holds %q", table.name, table.columns[i], text)
						}
					}
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		wrong := *s
		wrong.vault, _ = newVault(bytes.Repeat([]byte{8}, keySize))
		if err := wrong.checkKey(t.Context()); !errors.Is(err, errKey) {
			t.Errorf("another key: %v", err)
		}
		do(t, s, func(tx *Tx) error { // a body moved to another owner does not open
			hash := s.vault.hashed("note", "thief")
			_, err := tx.exec(`INSERT INTO records (kind, hash, at, expires, body) SELECT kind, ?, at, expires, body FROM records`, hash)
			return err
		})
		if err := s.Read(t.Context(), func(tx *Tx) error { _, _, err := notes.Get(tx, "thief"); return err }); !errors.Is(err, errSealed) {
			t.Errorf("a moved body: %v", err)
		}
	})
}

// TestCopy: everything moves from the one engine to the other and back.
func TestCopy(t *testing.T) {
	c := newClock()
	open := func(o Options) *Store {
		o.Key, o.Clock = testKey, c.now
		s, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	first := open(Options{Folder: t.TempDir()})
	for i := range 1200 {
		do(t, first, func(tx *Tx) error {
			_, err := tx.Take(Key{ID: int64(i)}, fmt.Sprint(i%7), nil, "h", 0)
			return errors.Join(err, notes.Put(tx, fmt.Sprint(i), note{N: i}), tx.Audit(Act{What: "n", Detail: fmt.Sprint(i)}))
		})
	}
	do(t, first, func(tx *Tx) error {
		_, err := tx.AddRevision(0, About{What: "import"}, []File{{"a.yaml", []byte("a")}})
		_, more := tx.AddNotice("doc", "1", tx.Now(), NoticeBody{Chat: 1, HTML: "x"})
		return errors.Join(err, more, tx.Follow("1", "iip", Follower{Chat: 1}), tx.LogQuestion(Asked{Text: "q"}))
	})
	second := open(Options{URL: pgtest.URL(t)})
	third := open(Options{Folder: t.TempDir()})
	rows, err := Copy(t.Context(), first, second)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Copy(t.Context(), second, third)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if rows[table.name] == 0 || rows[table.name] != back[table.name] {
			t.Errorf("%s: %d rows there, %d back", table.name, rows[table.name], back[table.name])
		}
	}
	for _, s := range []*Store{second, third} {
		do(t, s, func(tx *Tx) error {
			n, ok, err := notes.Get(tx, "1199")
			if !ok || n.N != 1199 {
				t.Errorf("%s: got %v %t", s.name, n, ok)
			}
			r, _, more := tx.Newest()
			_, next := tx.AddRevision(r.ID, About{What: "next"}, nil)
			return errors.Join(err, more, next, tx.Audit(Act{What: "after"}))
		})
	}
	if _, err := Copy(t.Context(), first, second); !errors.Is(err, errNotEmpty) {
		t.Errorf("into a store in use: %v", err)
	}
}
