//go:build linux && (amd64 || arm64)

package state

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// acknowledged is a transaction that the store has said is on disk, and how much had been done to the files then.
type acknowledged struct {
	n  int
	at int
}

// cuts is how many moments the power goes at.
const cuts = 20

// A power cut takes back nothing that was acknowledged, and leaves no transaction half done.
func TestPowerCut(t *testing.T) {
	lost, checked := powerCuts(t, "FULL")
	t.Logf("%d cuts, %d acknowledged transactions checked, %d lost", cuts, checked, lost)
	if lost > 0 {
		t.Errorf("%d acknowledged transactions are lost", lost)
	}
	if checked < cuts {
		t.Errorf("only %d transactions were checked", checked)
	}
}

// The layer does forget: without syncs acknowledged transactions are lost.
func TestPowerCutWithoutSync(t *testing.T) {
	lost, checked := powerCuts(t, "OFF")
	t.Logf("%d cuts, %d acknowledged transactions checked, %d lost", cuts, checked, lost)
	if lost == 0 {
		t.Error("nothing is lost without syncs: the layer forgets nothing")
	}
}

// powerCuts has several writers at work over the forgetful layer, cuts the power at random moments, and opens what the disk holds then.
func powerCuts(t *testing.T, synchronous string) (lost, checked int) {
	layer := cuttable()
	ordinary := under
	under.vfs, under.synchronous, under.checkpoint = forgetfulName, synchronous, "60" // checkpoints come often
	defer func() { under = ordinary }()
	layer.reset()
	s, err := Open(t.Context(), Options{Folder: t.TempDir(), Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	ready := layer.position()
	all := write(t, s, layer)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	under = ordinary
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 2))
	for range cuts {
		cut := ready + rnd.IntN(layer.position()-ready)
		folder := t.TempDir()
		layer.after(t, cut, rnd, folder)
		l, c := opened(t, folder, cut, all, synchronous == "FULL")
		lost, checked = lost+l, checked+c
	}
	return lost, checked
}

// write has writers work: each transaction takes an update and keeps a record, both or neither.
func write(t *testing.T, s *Store, layer *forgetful) []acknowledged {
	lines := Kind[string]{Name: "line"}
	var mu sync.Mutex
	var all []acknowledged
	var wg sync.WaitGroup
	for w := range 6 {
		wg.Go(func() {
			for i := range 60 {
				n := w*1000 + i
				err := s.Do(t.Context(), func(tx *Tx) error {
					if _, err := tx.Take(Key{ID: int64(n)}, "1", []byte("body"), "h", time.Minute); err != nil {
						return err
					}
					return lines.Put(tx, fmt.Sprint(n), fmt.Sprint("value ", n))
				})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				all = append(all, acknowledged{n, layer.position()})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return all
}

// opened opens what is left and counts what of the acknowledged is lost; a transaction is whole or not there. What was never synced may not open at all.
func opened(t *testing.T, folder string, cut int, all []acknowledged, strict bool) (lost, checked int) {
	t.Helper()
	broken := func(err error) (int, int) {
		if strict {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		return 1, 1
	}
	s, err := Open(t.Context(), Options{Folder: folder, Key: testKey})
	if err != nil {
		return broken(err)
	}
	defer s.Close()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(folder, fileName))
	if err != nil {
		return broken(err)
	}
	defer db.Close()
	var said string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&said); err != nil || said != "ok" {
		return broken(fmt.Errorf("integrity: %s, %w", said, err))
	}
	kept := Kind[string]{Name: "line"}
	err = s.Read(t.Context(), func(tx *Tx) error {
		lost, checked = 0, 0
		for _, a := range all {
			taken, _, _, err := tx.Taken(Key{ID: int64(a.n)})
			if err != nil {
				return err
			}
			value, there, err := kept.Get(tx, fmt.Sprint(a.n))
			if err != nil {
				return err
			}
			if taken != there || there && value != fmt.Sprint("value ", a.n) {
				return fmt.Errorf("transaction %d is half there: taken %t, kept %t", a.n, taken, there)
			}
			if a.at <= cut {
				checked++
				if !taken {
					lost++
				}
			}
		}
		return nil
	})
	if err != nil {
		return broken(err)
	}
	return lost, checked
}
