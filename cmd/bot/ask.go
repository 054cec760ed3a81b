package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"factbot/internal/desk"
)

// asking is how questions are asked.
type asking struct {
	Lang string `enum:"auto,vi,en" default:"auto" help:"Language of the answers: auto (the question's), vi or en."`
	Now  string `placeholder:"YYYY-MM-DD" help:"The date that \"this year\" and the like are relative to; today by default."`
}

// question is a question with these settings. The date is checked already.
func (a asking) question() (desk.Question, error) {
	var q desk.Question
	if a.Lang != "auto" {
		q.Lang = a.Lang
	}
	if a.Now != "" {
		now, err := time.Parse(time.DateOnly, a.Now)
		if err != nil {
			return q, fmt.Errorf("--now: %q is not a date like 2021-01-15", a.Now)
		}
		q.Now = now
	}
	return q, nil
}

type askCommand struct {
	source
	asking
	stateFlags
	AsOf     string   `placeholder:"REVISION|DAY" help:"Answer from the facts in the state as they were at a revision (a number) or at the end of a day (YYYY-MM-DD)."`
	JSON     bool     `name:"json" help:"Print one JSON object per question."`
	Question []string `arg:"" optional:"" help:"The question; without it a line of standard input is a question, plain or as {\"chat\":\"c1\",\"text\":\"…\"}."`
}

// Run answers the question, or those of standard input.
func (c *askCommand) Run(w *world) error {
	q, err := c.question()
	if err != nil {
		return err
	}
	d, err := c.desk(w)
	if err != nil {
		return err
	}
	if len(c.Question) > 0 {
		q.Text = strings.ToValidUTF8(strings.Join(c.Question, " "), "\ufffd")
		return w.print(c.show(d.Ask(q)) + "\n")
	}
	if terminal(w.in) {
		fmt.Fprintln(w.err, "bot: reading questions, one a line; end with Ctrl-D")
	}
	return c.lines(w, d, q)
}

// desk is the one that answers: of the facts as they are, or as they were.
func (c *askCommand) desk(w *world) (*desk.Desk, error) {
	if c.AsOf == "" {
		return c.source.open(w)
	}
	return c.asOf(w, c.AsOf)
}

// lines answers standard input line by line. Every line gets its answer at once and in order.
func (c *askCommand) lines(w *world, d *desk.Desk, settings desk.Question) error {
	out := bufio.NewWriter(w.out)
	return newLines(w.in).each(func(l line) error {
		q := settings
		var reply desk.Reply
		switch {
		case !c.JSON && l.blank():
			return nil
		case l.read(&q):
			reply = d.Ask(q)
		default:
			reply = d.NotUnderstood(q)
		}
		out.WriteString(c.show(reply))
		out.WriteByte('\n')
		if !c.JSON {
			out.WriteByte('\n')
		}
		return out.Flush()
	})
}

func (c *askCommand) show(r desk.Reply) string {
	if c.JSON {
		return r.JSON()
	}
	return r.Text()
}

// terminal reports whether somebody types.
func terminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
