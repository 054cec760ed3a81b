package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
)

// consoles are the blocks of the README that show commands with what they print.
var consoles = regexp.MustCompile("(?s)```console\n(.*?)```")

// What the README shows is what the commands print. Lines that begin with "> " are typed into the chat.
func TestReadme(t *testing.T) {
	const name = "../../README.md"
	readme, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	made := consoles.ReplaceAllStringFunc(string(readme), func(block string) string {
		shown++
		body := consoles.FindStringSubmatch(block)[1]
		return "```console\n" + console(t, body) + "```"
	})
	if shown == 0 {
		t.Fatal("the README shows no command")
	}
	if *updateGolden {
		if err := os.WriteFile(name, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if made != string(readme) {
		t.Errorf("the README shows something else than is printed; it should be:\n%s", strings.Join(consoles.FindAllString(made, -1), "\n"))
	}
}

// console is a block as it should be: its command, and what that prints.
func console(t *testing.T, body string) string {
	t.Helper()
	command, rest, _ := strings.Cut(body, "\n")
	args, ok := strings.CutPrefix(command, "$ bot ")
	if !ok {
		t.Fatalf("%q is not a command of the bot", command)
	}
	var typed []string
	for _, line := range strings.Split(rest, "\n") {
		if said, ok := strings.CutPrefix(line, "> "); ok {
			typed = append(typed, said)
		}
	}
	env := func(string) string { return "" }
	if len(typed) == 0 {
		var out bytes.Buffer
		if status := run(fields(args), strings.NewReader(""), &out, &out, env); status != 0 {
			t.Errorf("%s: status %d", command, status)
		}
		return command + "\n" + out.String()
	}
	// one line more is typed each time, so that it is known what each line brings
	var b strings.Builder
	b.WriteString(command + "\n")
	before := 0
	for i, line := range typed {
		var out bytes.Buffer
		if status := run(fields(args), strings.NewReader(strings.Join(typed[:i+1], "\n")), &out, &out, env); status != 0 {
			t.Errorf("%s: status %d", command, status)
		}
		b.WriteString("> " + line + "\n" + strings.TrimRight(out.String()[before:], "\n") + "\n")
		before = out.Len()
	}
	return b.String()
}

var word = regexp.MustCompile(`"([^"]*)"|(\S+)`)

// fields are the words of a command line; quotes hold several together.
func fields(line string) []string {
	var out []string
	for _, m := range word.FindAllStringSubmatch(line, -1) {
		out = append(out, m[1]+m[2])
	}
	return out
}
