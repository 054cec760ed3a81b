package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"factbot/internal/state"
)

// A facts folder that is the authority is looked at every lookEvery; what has changed is loaded once it is the same at two looks, so that a checkout or an editor is
// done with it.
const lookEvery = 2 * time.Second

// watchFolder answers from the facts folder as it is, until the context ends. While it has problems the last good facts stay in service, and tell says so once.
func (l *live) watchFolder(ctx context.Context, dir string, every time.Duration, tell func(problem string)) {
	loaded, seen, wrong := "", "", "" // it may have changed since it was read: the first look counts
	for tick := time.NewTicker(every); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		now := looks(dir)
		if now == loaded {
			seen = ""
			continue
		}
		if now != seen {
			seen = now
			continue
		}
		loaded, seen = now, ""
		problem := l.reload(ctx, factsFolder(dir))
		if problem != wrong {
			wrong = problem
			tell(problem)
		}
	}
}

// kubernetesData is the link that a volume of a Kubernetes ConfigMap or Secret has to the folder of its files as they are now. It is changed in one step.
const kubernetesData = "..data"

// factsFolder is a facts folder as it is now: the folder itself, or of a Kubernetes volume, which shows links, the folder beside it that its files stand in.
func factsFolder(dir string) fs.FS {
	target, err := os.Readlink(filepath.Join(dir, kubernetesData))
	if err == nil && strings.HasPrefix(target, "..") && len(target) > 2 && !strings.ContainsAny(target, `/\`) {
		return os.DirFS(filepath.Join(dir, target))
	}
	return os.DirFS(dir)
}

// looks is how a folder looks from outside: the files with their sizes and times.
func looks(dir string) string {
	var b strings.Builder
	err := fs.WalkDir(factsFolder(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintf(&b, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	return b.String() + fmt.Sprint(err)
}

// reload answers from a folder from now on, and tells those who follow what it brings; what is wrong with it is the result, the last good facts then stay in service.
func (l *live) reload(ctx context.Context, folder fs.FS) (problem string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.desk.Facts()
	snapshot, problems := l.desk.Load(folder)
	if len(problems) > 0 {
		l.log.Error("the facts folder has problems; the last good facts stay in service", "problems", len(problems), "first", problems[0].String())
		return problems[0].String()
	}
	if snapshot.Revision() == before.Revision() {
		return ""
	}
	l.desk.Use(snapshot)
	l.log.Info("facts switched", "facts", snapshot.Revision())
	l.desk.Warm()
	news := l.desk.News(before)
	if err := l.store.Do(ctx, func(tx *state.Tx) error { return announce(tx, l.desk, snapshot.Revision(), news) }); err != nil && ctx.Err() == nil {
		l.log.Warn("news are not told", "error", err)
	}
	return ""
}
