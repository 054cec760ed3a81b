//go:build linux && (amd64 || arm64)

package state

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// forgetful is a file layer beneath SQLite: it passes everything on to the ordinary one and notes each write, truncation, sync and deletion in its order. From its
// notes a folder can be made as a disk may hold it after a power cut: what was synced, and of the rest whatever chance leaves.
type forgetful struct {
	mu    sync.Mutex
	names map[uintptr]string // open files
	log   []fileEvent
	kept  []any
}

// fileEvent is one thing done to a file: a write at an offset, a truncation to a size, a sync, a deletion.
type fileEvent struct {
	what byte // w, t, s, d
	file string
	at   int64
	data []byte
}

// cuttable is the layer of this process: SQLite knows it by its name, so there is one.
var cuttable = sync.OnceValue(func() *forgetful {
	f := &forgetful{names: map[uintptr]string{}}
	f.register()
	return f
})

const forgetfulName = "forgetful"

// Where the methods stand in SQLite's tables sqlite3_vfs and sqlite3_io_methods, on 64 bits.
const (
	vfsSize, vfsName, vfsOpen, vfsDelete             = 168, 24, 40, 48
	ioSize, ioClose, ioWrite, ioTruncate, ioSync int = 152, 8, 24, 32, 40
)

// memory is what stands at an address of SQLite's, which Go's collector knows nothing of.
func memory(address uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&address)) }

// bytesAt are n bytes there.
func bytesAt(address uintptr, n int) []byte { return unsafe.Slice((*byte)(memory(address)), n) }

// at is a method in a table of SQLite's.
func at[F any](table uintptr, offset int) *F { return (*F)(memory(table + uintptr(offset))) }

// put puts a method into a table. It is kept here too: what only SQLite knows would be collected.
func put[F any](f *forgetful, table uintptr, offset int, method F) {
	f.kept = append(f.kept, method)
	*at[F](table, offset) = method
}

// method is the function that a table of the original holds.
func method[F any](table uintptr, offset int) F {
	held := *at[uintptr](table, offset)
	return *(*F)(unsafe.Pointer(&struct{ uintptr }{held}))
}

type (
	openFunc     = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
	deleteFunc   = func(*libc.TLS, uintptr, uintptr, int32) int32
	closeFunc    = func(*libc.TLS, uintptr) int32
	writeFunc    = func(*libc.TLS, uintptr, uintptr, int32, int64) int32
	truncateFunc = func(*libc.TLS, uintptr, int64) int32
	syncFunc     = func(*libc.TLS, uintptr, int32) int32
)

// register makes the layer known to SQLite: the ordinary one, with the methods that change files taken over.
func (f *forgetful) register() {
	tls := libc.NewTLS()
	original := sqlite3.Xsqlite3_vfs_find(tls, 0)
	vfs := libc.Xcalloc(tls, 1, vfsSize)
	libc.Xmemcpy(tls, vfs, original, libc.Tsize_t(vfsSize))
	name, _ := libc.CString(forgetfulName)
	*at[uintptr](vfs, vfsName) = name
	tables := map[uintptr]uintptr{} // of the original methods → ours
	open, remove := method[openFunc](original, vfsOpen), method[deleteFunc](original, vfsDelete)
	put(f, vfs, vfsOpen, func(tls *libc.TLS, _, path, file uintptr, flags int32, out uintptr) int32 {
		code := open(tls, original, path, file, flags, out)
		if code != sqlite3.SQLITE_OK || path == 0 || *at[uintptr](file, 0) == 0 {
			return code
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		f.names[file] = filepath.Base(libc.GoString(path))
		methods := *at[uintptr](file, 0)
		if tables[methods] == 0 {
			tables[methods] = f.methods(tls, methods)
		}
		*at[uintptr](file, 0) = tables[methods]
		return code
	})
	put(f, vfs, vfsDelete, func(tls *libc.TLS, _, path uintptr, sync int32) int32 {
		code := remove(tls, original, path, sync)
		if code == sqlite3.SQLITE_OK {
			f.note(fileEvent{what: 'd', file: filepath.Base(libc.GoString(path))})
		}
		return code
	})
	if code := sqlite3.Xsqlite3_vfs_register(tls, vfs, 0); code != sqlite3.SQLITE_OK {
		panic(code)
	}
}

// methods is a table of a file's methods that notes what is done.
func (f *forgetful) methods(tls *libc.TLS, original uintptr) uintptr {
	table := libc.Xcalloc(tls, 1, libc.Tsize_t(ioSize))
	libc.Xmemcpy(tls, table, original, libc.Tsize_t(ioSize))
	write, truncate := method[writeFunc](original, ioWrite), method[truncateFunc](original, ioTruncate)
	sync, shut := method[syncFunc](original, ioSync), method[closeFunc](original, ioClose)
	put(f, table, ioWrite, func(tls *libc.TLS, file, data uintptr, n int32, offset int64) int32 {
		code := write(tls, file, data, n, offset)
		if code == sqlite3.SQLITE_OK {
			f.noteOf(file, fileEvent{what: 'w', at: offset, data: append([]byte(nil), bytesAt(data, int(n))...)})
		}
		return code
	})
	put(f, table, ioTruncate, func(tls *libc.TLS, file uintptr, size int64) int32 {
		code := truncate(tls, file, size)
		if code == sqlite3.SQLITE_OK {
			f.noteOf(file, fileEvent{what: 't', at: size})
		}
		return code
	})
	put(f, table, ioSync, func(tls *libc.TLS, file uintptr, flags int32) int32 {
		code := sync(tls, file, flags)
		if code == sqlite3.SQLITE_OK {
			f.noteOf(file, fileEvent{what: 's'})
		}
		return code
	})
	put(f, table, ioClose, func(tls *libc.TLS, file uintptr) int32 {
		f.mu.Lock()
		delete(f.names, file)
		f.mu.Unlock()
		return shut(tls, file)
	})
	return table
}

func (f *forgetful) note(e fileEvent) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log = append(f.log, e)
}

func (f *forgetful) noteOf(file uintptr, e fileEvent) {
	f.mu.Lock()
	defer f.mu.Unlock()
	e.file = f.names[file]
	f.log = append(f.log, e)
}

// reset forgets all notes; position is how many there are.
func (f *forgetful) reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log = nil
}

func (f *forgetful) position() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.log)
}

// sector is what a disk writes whole.
const sector = 512

// disk is one file on its way: what is on the disk for sure, and what was done since the last sync.
type disk struct {
	there   bool // its entry in the folder was synced with it
	data    []byte
	pending []fileEvent
}

// after writes a folder as a disk may hold it when the power goes after the first n events: of what was not synced each write is there, not there, or there in some of
// its sectors, as chance has it. The shared memory file is not on disk.
func (f *forgetful) after(t testing.TB, n int, rnd *rand.Rand, folder string) {
	t.Helper()
	f.mu.Lock()
	events := f.log[:n]
	f.mu.Unlock()
	files := map[string]*disk{}
	for _, e := range events {
		d := files[e.file]
		if d == nil {
			d = &disk{}
			files[e.file] = d
		}
		switch e.what {
		case 's':
			for _, p := range d.pending {
				d.apply(p)
			}
			d.there, d.pending = true, nil
		case 'd':
			delete(files, e.file)
		default:
			d.pending = append(d.pending, e)
		}
	}
	for name, d := range files {
		if filepath.Ext(name) == ".db-shm" || !d.there && rnd.IntN(2) == 0 {
			continue
		}
		for _, p := range d.pending {
			switch rnd.IntN(3) {
			case 0:
				d.apply(p)
			case 1:
				d.torn(p, rnd)
			}
		}
		if err := os.WriteFile(filepath.Join(folder, name), d.data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (d *disk) apply(e fileEvent) {
	if e.what == 't' {
		d.size(e.at)
		d.data = d.data[:e.at]
		return
	}
	d.size(e.at + int64(len(e.data)))
	copy(d.data[e.at:], e.data)
}

// torn applies some sectors of a write.
func (d *disk) torn(e fileEvent, rnd *rand.Rand) {
	for from := 0; from < len(e.data); {
		to := min(len(e.data), from+sector-int((e.at+int64(from))%sector))
		if rnd.IntN(2) == 0 {
			d.apply(fileEvent{what: 'w', at: e.at + int64(from), data: e.data[from:to]})
		}
		from = to
	}
}

// size makes the data at least n bytes long.
func (d *disk) size(n int64) {
	if int64(len(d.data)) < n {
		d.data = append(d.data, make([]byte, n-int64(len(d.data)))...)
	}
}
