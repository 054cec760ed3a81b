package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	shipped "factbot/facts"
	"factbot/internal/desk"
	"factbot/internal/facts"
	"factbot/locales"
)

// source is where the facts come from.
type source struct {
	Facts string `placeholder:"DIR" help:"The facts folder; without it the facts that the bot was built with."`
}

// folder is the facts folder, and how its files are named in messages.
func (s source) folder() (fs.FS, string, error) {
	if s.Facts == "" {
		return shipped.FS, "facts", nil
	}
	info, err := os.Stat(s.Facts)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "", fmt.Errorf("--facts %s: there is no such folder", s.Facts)
	case err != nil:
		return nil, "", fmt.Errorf("--facts %w", err)
	case !info.IsDir():
		return nil, "", fmt.Errorf("--facts %s: is a file, not a folder", s.Facts)
	}
	if _, err := os.ReadDir(s.Facts); err != nil {
		return nil, "", fmt.Errorf("--facts %w", err)
	}
	return factsFolder(s.Facts), s.Facts, nil
}

// open makes the desk. Problems of the facts are one error, a line each with its file, line and column.
func (s source) open(w *world) (*desk.Desk, error) {
	folder, name, err := s.folder()
	if err != nil {
		return nil, err
	}
	d, err := openDesk(w, folder)
	if problems, ok := desk.Problems(err); ok {
		return nil, fmt.Errorf("the facts have problems:\n%s", list(problems, name))
	}
	return d, err
}

// openDesk opens a desk over a facts folder, with the collector fitted to its size.
func openDesk(w *world, folder fs.FS) (*desk.Desk, error) {
	defer fitCollector(folder)()
	return desk.Open(desk.Options{
		Facts: folder, Locales: locales.FS,
		Clock: clock(w.env), Log: logger(w),
	})
}

// list is problems, a line each, their files named as the user does.
func list(problems facts.Problems, folder string) string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		p.File = filepath.Join(folder, p.File)
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// clock is the time in Viet Nam, unless TZ says otherwise: what "hôm nay" means to those who ask.
func clock(env func(string) string) func() time.Time {
	if env("TZ") != "" {
		return time.Now
	}
	zone := time.FixedZone("+07", 7*60*60)
	return func() time.Time { return time.Now().In(zone) }
}

// logger writes for the operator, to standard error.
func logger(w *world) *slog.Logger {
	if w.log != nil {
		return w.log
	}
	return slog.New(slog.NewTextHandler(w.err, nil))
}
