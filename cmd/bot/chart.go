package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

type chartCommand struct {
	source
	asking
	Out      string   `short:"o" required:"" placeholder:"FILE" help:"The PNG file to write; - is standard output."`
	Question []string `arg:"" help:"The question whose answer is drawn: an indicator over time, what is listed, attainments, capacities."`
}

// Run draws the answer to the question. Where there is nothing to draw it prints the answer itself, with status 1.
func (c *chartCommand) Run(w *world) error {
	q, err := c.question()
	if err != nil {
		return err
	}
	d, err := c.open(w)
	if err != nil {
		return err
	}
	q.Text = strings.ToValidUTF8(strings.Join(c.Question, " "), "\ufffd")
	reply := d.Ask(q)
	picture := reply.Chart()
	if picture == nil {
		fmt.Fprintln(w.err, "bot: "+d.Printer().Message(reply.Lang, "chart_none", nil)+"\n"+reply.Text())
		return found
	}
	data, err := picture.PNG()
	if err != nil {
		return err
	}
	if c.Out == "-" {
		_, err := bytes.NewReader(data).WriteTo(w.out)
		return err
	}
	if err := os.WriteFile(c.Out, data, 0o644); err != nil { //nolint:gosec // a picture, for whoever may read the folder
		return fmt.Errorf("-o %w", err)
	}
	return nil
}
