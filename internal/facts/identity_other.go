//go:build !linux

package facts

import (
	"io/fs"
	"time"
)

// identity tells nothing here: files are told apart by their content.
type identity struct{ _ bool }

func identityOf(fs.FileInfo) identity { return identity{} }

func identityAt(fs.FileInfo, time.Time) identity { return identity{} }
