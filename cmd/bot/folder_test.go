package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"factbot/internal/desk"
	"factbot/internal/state"
)

// A facts folder is followed: what changes in it is answered from, what is broken in it is told once and leaves the last good facts in service.
func TestFolderIsFollowed(t *testing.T) {
	dir := t.TempDir()
	_, files := with(t, nil)
	if err := writeFolder(dir, files); err != nil {
		t.Fatal(err)
	}
	store, err := state.Open(t.Context(), state.Options{Folder: t.TempDir(), Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	w := &world{err: new(bytes.Buffer), env: func(string) string { return "" }}
	l := &live{store: store, log: logger(w)}
	if l.desk, err = (source{dir}).open(w); err != nil {
		t.Fatal(err)
	}
	if err := store.Do(t.Context(), func(tx *state.Tx) error {
		return tx.Follow("7", desk.Subject{Indicator: "export_total", Area: "nghe-an"}.ID(), state.Follower{Chat: 7, Lang: "vi"})
	}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	told, done := make(chan string, 9), make(chan struct{})
	go func() {
		defer close(done)
		l.watchFolder(ctx, dir, time.Millisecond, func(problem string) { told <- problem })
	}()
	at := filepath.Join(dir, "documents", "bc.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	says := func() string { return l.desk.Ask(desk.Question{Text: "xuất khẩu 2020"}).Text() }
	hear := func() string {
		t.Helper()
		select {
		case s := <-told:
			return s
		case <-ctx.Done():
			t.Fatal("nothing was told")
			return ""
		}
	}
	write("source: {id: x, title: X}\narea: nowhere\n")
	if s := hear(); !strings.Contains(s, "bc.yaml") || !strings.Contains(says(), "1.120 triệu USD") {
		t.Errorf("told %q, says %q", s, says())
	}
	write(report)
	if s := hear(); s != "" || !strings.Contains(says(), "1.133 triệu USD") {
		t.Errorf("told %q, says %q", s, says())
	}
	cancel()
	<-done
	var notices []state.Notice
	if err := store.Do(t.Context(), func(tx *state.Tx) (err error) {
		notices, err = tx.Claim("t", time.Hour, 9)
		return err
	}); err != nil || len(notices) != 1 {
		t.Errorf("%d notices, %v", len(notices), err)
	}
}

// A volume of a Kubernetes ConfigMap shows links to files in a folder that it changes in one step: the files behind them are read, and followed.
func TestKubernetesVolume(t *testing.T) {
	dir := t.TempDir()
	_, files := with(t, nil)
	put := func(version string, files []state.File) {
		t.Helper()
		if err := writeFolder(filepath.Join(dir, version), files); err != nil {
			t.Fatal(err)
		}
		link := filepath.Join(dir, "..data_tmp")
		if err := os.Symlink(version, link); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(link, filepath.Join(dir, kubernetesData)); err != nil {
			t.Fatal(err)
		}
	}
	put("..2026_11_24_01", files)
	for _, name := range []string{"catalogue.yaml", "documents"} {
		if err := os.Symlink(filepath.Join(kubernetesData, name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	before := looks(dir)
	ask := func() string {
		var out bytes.Buffer
		run([]string{"ask", "--facts", dir, "xuất khẩu 2020"}, strings.NewReader(""), &out, &out, func(string) string { return "" })
		return out.String()
	}
	if text := ask(); !strings.Contains(text, "1.120 triệu USD") {
		t.Error(text)
	}
	put("..2026_11_24_02", append(files, state.File{Path: "documents/bc.yaml", Data: []byte(report)}))
	if text := ask(); looks(dir) == before || !strings.Contains(text, "1.133 triệu USD") {
		t.Error(text)
	}
}
