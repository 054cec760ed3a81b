package state

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Lock makes a folder this process' own until unlock: two bots over one folder would each take up what the other is dealing with. The operating
// system drops it when the process ends, however it ends.
func Lock(folder string) (unlock func() error, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	name := filepath.Join(folder, "lock")
	l := flock.New(name)
	ok, err := l.TryLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s: another process works in this folder: stop it, or give this one its own (--data)", name)
	}
	return l.Close, nil
}
