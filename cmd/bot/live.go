package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing/fstest"

	"factbot/internal/desk"
	"factbot/internal/metrics"
	"factbot/internal/state"
)

// live are the facts that a running bot answers from: those of a folder, or the newest revision in the state, which it follows.
type live struct {
	desk     *desk.Desk
	store    *state.Store
	follows  bool // the state has the facts
	revision atomic.Int64
	tried    atomic.Int64 // the newest revision that was looked at, good or not
	log      *slog.Logger
	meter    *metrics.Meter

	mu sync.Mutex // one switch at a time
}

// live opens the facts. Where several replicas share the state, its newest revision is the authority; --facts, or what the bot was built with, is then what
// an empty state begins with. Alone a folder that is given is the authority, and without one a revision that was published.
func (c *telegramCommand) live(ctx context.Context, w *world, kept *keeping, log *slog.Logger) (*live, error) {
	l := &live{store: kept.store, log: log}
	newest, files, err := newestFacts(ctx, kept.store)
	if err != nil {
		return nil, err
	}
	if newest == 0 && kept.shared {
		if newest, files, err = c.seed(ctx, w, kept.store); err != nil {
			return nil, err
		}
	}
	l.follows = kept.shared || c.Facts == ""
	if newest == 0 || !l.follows {
		l.desk, err = c.open(w)
		return l, err
	}
	folder := unpacked(files)
	l.desk, err = openDesk(w, folder)
	if problems, ok := desk.Problems(err); ok {
		return nil, fmt.Errorf("revision %d of the facts has problems, as this build reads it:\n%s", newest, list(problems, "facts"))
	}
	l.revision.Store(newest)
	l.tried.Store(newest)
	return l, err
}

// newestFacts are the newest revision in a state and its files; 0 where there is none.
func newestFacts(ctx context.Context, store *state.Store) (id int64, files []state.File, err error) {
	err = store.Read(ctx, func(tx *state.Tx) error {
		r, ok, err := tx.Newest()
		if err != nil || !ok {
			return err
		}
		id = r.ID
		files, err = tx.Files(r.ID)
		return err
	})
	return id, files, err
}

// seed makes the facts folder the first revision. Of replicas that begin together one does.
func (c *telegramCommand) seed(ctx context.Context, w *world, store *state.Store) (int64, []state.File, error) {
	if _, err := c.open(w); err != nil { // facts with problems are nobody's
		return 0, nil, err
	}
	folder, name, err := c.folder()
	if err != nil {
		return 0, nil, err
	}
	files, err := packed(folder)
	if err != nil {
		return 0, nil, err
	}
	err = store.Do(ctx, func(tx *state.Tx) error {
		_, err := tx.AddRevision(0, state.About{What: "seed", From: name}, files)
		return err
	})
	if err != nil && !isMoved(err) {
		return 0, nil, err
	}
	return newestFacts(ctx, store)
}

// follow answers from each newer revision as it comes, until the context ends.
func (l *live) follow(ctx context.Context) {
	if !l.follows {
		return
	}
	l.store.Watch(ctx, func(int64) { l.catchUp(ctx) })
}

// reach waits until the revision is answered from, where there is one that new.
func (l *live) reach(ctx context.Context, revision int64) {
	if l.follows && revision > l.tried.Load() {
		l.catchUp(ctx)
	}
}

// catchUp answers from the newest revision from now on. One with problems is logged, and the last good one stays in service.
func (l *live) catchUp(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	id, files, err := newestFacts(ctx, l.store)
	if err != nil {
		if ctx.Err() == nil {
			l.log.Error("the newest facts cannot be read; the last good ones stay in service", "error", err)
		}
		return
	}
	if id == l.tried.Load() || id == 0 {
		return
	}
	snapshot, problems := l.desk.Load(unpacked(files))
	if len(problems) > 0 {
		l.tried.Store(id)
		l.log.Error("a revision of the facts has problems; the last good ones stay in service", "revision", id, "problems", len(problems), "first", problems[0].String())
		return
	}
	l.desk.Use(snapshot)
	l.revision.Store(id)
	l.tried.Store(id)
	l.meter.Revision(id)
	l.log.Info("facts switched", "revision", id, "facts", snapshot.Revision())
	l.desk.Warm()
}

// unpacked are the files of a revision as a folder.
func unpacked(files []state.File) fs.FS {
	folder := fstest.MapFS{}
	for _, f := range files {
		folder[f.Path] = &fstest.MapFile{Data: f.Data, Mode: 0o444}
	}
	return folder
}

// packed are the files of a facts folder. What begins with a dot is not of the facts.
func packed(folder fs.FS) ([]state.File, error) {
	var files []state.File
	err := fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != "." && d.Name()[0] == '.':
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		case !d.Type().IsRegular(): // a link would bring in what lies elsewhere, a pipe would be waited for
			return fmt.Errorf("%s is no regular file: put the file itself there, or take it out of the facts folder", path)
		}
		data, err := fs.ReadFile(folder, path)
		files = append(files, state.File{Path: path, Data: data})
		return err
	})
	return files, err
}
