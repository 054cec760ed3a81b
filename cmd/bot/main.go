// Command bot answers questions about official statistics from files of facts: on the command line, in the terminal and on Telegram.
package main

import (
	"os"
	"runtime/debug"
)

// gcPercent lets the heap grow to five times what is in use before it is collected: what is in use is small and stays, and the
// slowest questions are those that a collection falls into.
const gcPercent = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}
