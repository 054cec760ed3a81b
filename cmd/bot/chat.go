package main

import (
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
	if err := w.print(prompt); err != nil {
		return err
	}
	err := newLines(w.in).each(func(l line) error {
		if l.blank() {
			return w.print(prompt)
		}
		q := settings
		q.Chat = "terminal"
		q.Text = strings.ToValidUTF8(string(l.text), "\ufffd")
		if l.cut {
			q.Text = echo(q.Text)
		}
		return w.print(d.Ask(q).Text() + "\n\n" + prompt)
	})
	if err == nil && prompt != "" {
		return w.print("\n")
	}
	return err
}
