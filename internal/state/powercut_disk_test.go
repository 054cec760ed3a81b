//go:build linux

package state

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// disks is how many times a filesystem is shut down.
const disks = 10

// A filesystem that is shut down without flushing, as when the power goes, has every transaction that was acknowledged when it is mounted again. It needs
// a loop device and the right to mount.
func TestPowerCutOnDisk(t *testing.T) {
	checked := 0
	for range disks {
		d := newDisk(t)
		all := d.writeUntilShut(t)
		d.again(t)
		s, err := Open(t.Context(), Options{Folder: d.folder(), Key: testKey})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Read(t.Context(), func(tx *Tx) error {
			for _, n := range all {
				taken, _, _, err := tx.Taken(Key{ID: int64(n)})
				if err != nil {
					return err
				}
				if !taken {
					t.Errorf("transaction %d was acknowledged and is lost", n)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		checked += len(all)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		d.remove()
	}
	t.Logf("%d shutdowns, %d acknowledged transactions checked", disks, checked)
	if checked < disks {
		t.Errorf("only %d transactions were checked", checked)
	}
}

// mountedDisk is a filesystem in a file.
type mountedDisk struct {
	device, mount string
	mounted       bool
}

func tool(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(out)))
	}
	return strings.TrimSpace(string(out)), err
}

// newDisk makes and mounts one; where that is not possible the test is skipped, and says so.
func newDisk(t *testing.T) *mountedDisk {
	t.Helper()
	dir := t.TempDir()
	image := filepath.Join(dir, "image")
	if err := os.WriteFile(image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(image, 48<<20); err != nil {
		t.Fatal(err)
	}
	d := &mountedDisk{mount: filepath.Join(dir, "mount")}
	err := os.Mkdir(d.mount, 0o700)
	if err == nil {
		_, err = tool("mkfs.ext4", "-q", "-F", image)
	}
	if err == nil {
		d.device, err = tool("losetup", "-f", "--show", image)
	}
	if err == nil {
		t.Cleanup(d.remove)
		_, err = tool("mount", d.device, d.mount)
		d.mounted = err == nil
	}
	if err != nil {
		t.Skipf("NOT TESTED ON A FILESYSTEM THAT IS SHUT DOWN: %v", err)
	}
	return d
}

func (d *mountedDisk) folder() string { return filepath.Join(d.mount, "data") }

func (d *mountedDisk) remove() {
	if d.mounted {
		_, _ = tool("umount", d.mount)
		d.mounted = false
	}
	if d.device != "" {
		_, _ = tool("losetup", "-d", d.device)
		d.device = ""
	}
}

// again mounts it anew, as after the power is back.
func (d *mountedDisk) again(t *testing.T) {
	t.Helper()
	if _, err := tool("umount", d.mount); err != nil {
		t.Fatal(err)
	}
	if _, err := tool("mount", d.device, d.mount); err != nil {
		t.Fatal(err)
	}
}

// shutNow is EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: nothing more reaches the disk, not even the journal.
func (d *mountedDisk) shutNow() error {
	f, err := os.Open(d.mount)
	if err != nil {
		return err
	}
	defer f.Close()
	const shutdown, noLogFlush = 0x8004587d, uint32(2)
	flags := noLogFlush
	if _, _, code := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), shutdown, uintptr(unsafe.Pointer(&flags))); code != 0 {
		return code
	}
	return nil
}

// writeUntilShut has writers at work until the filesystem is shut down at a random moment, and gives what was acknowledged.
func (d *mountedDisk) writeUntilShut(t *testing.T) []int {
	t.Helper()
	s, err := Open(t.Context(), Options{Folder: d.folder(), Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var all []int
	enough := make(chan struct{})
	after := 20 + rand.IntN(400)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := 0; ; i++ {
				n := w*100_000 + i
				if s.Do(t.Context(), func(tx *Tx) error {
					_, err := tx.Take(Key{ID: int64(n)}, "1", []byte("body"), "h", time.Minute)
					return err
				}) != nil {
					return // the disk is gone
				}
				mu.Lock()
				all = append(all, n)
				if len(all) == after {
					close(enough)
				}
				mu.Unlock()
			}
		})
	}
	<-enough
	mu.Lock()
	before := slices.Clone(all) // what is acknowledged while the power goes is in nobody's hands
	mu.Unlock()
	if err := d.shutNow(); err != nil {
		t.Skipf("NOT TESTED ON A FILESYSTEM THAT IS SHUT DOWN: %v", err)
	}
	wg.Wait()
	_ = s.Close() // nothing of it reaches the disk
	return before
}
