package main

import (
	"runtime"
	"runtime/debug"
	"strings"
)

type versionCommand struct{}

// Run prints the version, the commit and the Go release that the bot was built with.
func (versionCommand) Run(w *world) error {
	parts := []string{"bot"}
	if info, ok := debug.ReadBuildInfo(); ok {
		parts = append(parts, info.Main.Version)
		for _, s := range info.Settings {
			if s.Key == "vcs.time" {
				parts = append(parts, "of "+s.Value)
			}
		}
	}
	return w.print(strings.Join(append(parts, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH), " ") + "\n")
}

// version is that of this build, for logs and metrics.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}
