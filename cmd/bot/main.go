// Command bot answers questions about official statistics from files of facts: on the command line, in the terminal and on Telegram.
package main

import (
	"io/fs"
	"os"
	"runtime/debug"
)

// gcPercent lets the heap grow to five times what is in use before it is collected: what is in use is small and stays, and the
// slowest questions are those that a collection falls into. Where facts of more than longFacts bytes are in use that would be too much.
const (
	gcPercent     = 400
	longFacts     = 16 << 20
	gcPercentLong = 40
)

// setCollector fits the collector to a facts folder that is to be loaded; what it gives is called when that is done. While many facts are loaded, what is
// in use grows from nothing to some bytes for each of the folder's, and collecting at each step of the way is a third of the work: the collector is kept
// from it until the process has twice the folder's size.
func setCollector(folder fs.FS) (loaded func()) {
	size := int64(0)
	_ = fs.WalkDir(folder, ".", func(_ string, d fs.DirEntry, err error) error { // what cannot be read is said when it is loaded
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				size += info.Size()
			}
		}
		return nil
	})
	debug.SetGCPercent(gcPercent)
	if size <= longFacts {
		return func() {}
	}
	before := debug.SetMemoryLimit(longFacts*2 + 2*size)
	return func() {
		debug.SetMemoryLimit(before)
		debug.SetGCPercent(gcPercentLong)
	}
}

// fitCollector is setCollector in the program, unless its environment sets the collector; nothing where it is a part of another, such as a test.
var fitCollector = func(fs.FS) (loaded func()) { return func() {} }

func main() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(gcPercent)
		fitCollector = setCollector
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}
