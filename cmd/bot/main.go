// Command bot answers questions about official statistics from files of facts: on the command line, in the terminal and on Telegram.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}
