package facts

import (
	"io/fs"
	"syscall"
	"time"
)

// identity tells a file from what stood in its place before, without a look at its content: as git's index does, by where it lies, its size and when it was
// changed. The zero identity tells nothing.
type identity struct {
	device, file  uint64
	size          int64
	changed, made int64 // nanoseconds
}

// settled is how old a change must be to tell anything: of two at nearly one time the second may leave the file's times as they are.
const settled = 2 * time.Second

// identityOf is the identity of a file that lies on a disk.
func identityOf(info fs.FileInfo) identity { return identityAt(info, time.Now()) }

func identityAt(info fs.FileInfo, now time.Time) identity {
	at, ok := info.Sys().(*syscall.Stat_t)
	if !ok || at == nil {
		return identity{}
	}
	changed, made := at.Ctim.Nano(), at.Mtim.Nano()
	if max(changed, made) > now.Add(-settled).UnixNano() {
		return identity{}
	}
	return identity{at.Dev, at.Ino, at.Size, changed, made}
}
