package main

import (
	"fmt"
	"io"
	"strings"

	"factbot/internal/desk"
)

type chatCommand struct {
	source
	asking
}

// Run talks until the input ends.
func (c *chatCommand) Run(w *world) error {
	q, err := c.question()
	if err != nil {
		return err
	}
	d, err := c.open(w)
	if err != nil {
		return err
	}
	prompt := ""
	if terminal(w.in) {
		prompt = "> "
	}
	return talk(w, d, q, prompt)
}

// talk asks one chat's questions line by line.
func talk(w *world, d *desk.Desk, settings desk.Question, prompt string) error {
	in := newLines(w.in)
	for {
		fmt.Fprint(w.out, prompt)
		line, err := in.next()
		if err == io.EOF {
			if prompt != "" {
				return w.print("\n")
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
		if line.blank() {
			continue
		}
		q := settings
		q.Chat = "terminal"
		q.Text = strings.ToValidUTF8(string(line.text), "\ufffd")
		if line.cut {
			q.Text = echo(q.Text)
		}
		if err := w.print(d.Ask(q).Text() + "\n\n"); err != nil {
			return err
		}
	}
}
