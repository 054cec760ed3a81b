package update

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"

	"factbot/internal/facts"
)

// apply writes the changes into the folder, once a copy of it with them is found in order. Each file is written aside and
// renamed; where one cannot be written the earlier ones are taken back. The snapshot is nil where nothing was to be changed.
func apply(dir string, changes []change, opts Options) (*facts.Snapshot, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	after, err := rehearse(dir, changes, opts)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(dir, documentsFolder), 0o755); err != nil { //nolint:gosec // facts are for everybody to read
		return nil, err
	}
	var undo []func() error
	for _, c := range changes {
		name := filepath.Join(dir, filepath.FromSlash(c.name))
		was, err := os.ReadFile(name)
		switch {
		case err == nil:
			undo = append(undo, func() error { return renameio.WriteFile(name, was, 0o644) })
		case errors.Is(err, fs.ErrNotExist):
			undo = append(undo, func() error { return os.Remove(name) })
		default:
			return nil, errors.Join(err, takeBack(undo))
		}
		if err := renameio.WriteFile(name, c.data, 0o644); err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", c.name, err), takeBack(undo[:len(undo)-1]))
		}
	}
	return after, nil
}

func takeBack(undo []func() error) error {
	var errs []error
	for i := len(undo) - 1; i >= 0; i-- {
		errs = append(errs, undo[i]())
	}
	return errors.Join(errs...)
}

// rehearse loads a copy of the folder with the changes.
func rehearse(dir string, changes []change, opts Options) (*facts.Snapshot, error) {
	aside, err := os.MkdirTemp("", "facts-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(aside) }()
	if err := copyFacts(dir, aside); err != nil {
		return nil, err
	}
	for _, c := range changes {
		if err := write(aside, c.name, c.data); err != nil {
			return nil, err
		}
	}
	s, problems := facts.Load(os.DirFS(aside), facts.Options{Units: opts.Units, Kind: opts.Kind})
	if len(problems) > 0 {
		return nil, fmt.Errorf("the facts would not be in order with the tables in them:\n%w", problems)
	}
	return s, nil
}

func write(dir, name string, data []byte) error {
	to := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil { //nolint:gosec // as above
		return err
	}
	return os.WriteFile(to, data, 0o644) //nolint:gosec // as above
}

// copyFacts copies the files that hold facts.
func copyFacts(from, to string) error {
	folder := os.DirFS(from)
	return fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.Type().IsRegular() || name != catalogueFile && !strings.HasPrefix(name, documentsFolder+"/") || strings.HasPrefix(d.Name(), "."):
			return nil
		}
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		return write(to, name, data)
	})
}
