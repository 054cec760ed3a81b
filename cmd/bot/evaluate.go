package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"factbot/internal/desk"
	"factbot/internal/eval"
)

type evalCommand struct {
	source
	Now      string  `placeholder:"YYYY-MM-DD" help:"The date to ask on; the set's own by default, else 2021-01-15."`
	MinRight float64 `placeholder:"SHARE" help:"Exit 1 below this share of right answers, 0 to 1."`
	MaxWrong float64 `default:"1" placeholder:"SHARE" help:"Exit 1 above this share of wrong answers, 0 to 1."`
	Answers  string  `placeholder:"OUT.ndjson" help:"Write the answers there, one object a line."`
	Diff     string  `placeholder:"OLD.ndjson" help:"Compare with answers written before."`
	Quiet    bool    `help:"Print the summary only."`
	Set      string  `arg:"" help:"The question set, a JSON-lines file."`
}

// Run asks the set and scores what was printed.
func (c *evalCommand) Run(w *world) error {
	if c.MinRight < 0 || c.MinRight > 1 || c.MaxWrong < 0 || c.MaxWrong > 1 {
		return errors.New("--min-right and --max-wrong are shares from 0 to 1")
	}
	questions, err := readSet(c.Set)
	if err != nil {
		return err
	}
	var before []eval.Given
	if c.Diff != "" {
		if before, err = readAnswers(c.Diff); err != nil {
			return err
		}
	}
	now, err := asked(questions, c.Now)
	if err != nil {
		return err
	}
	d, err := c.open(w)
	if err != nil {
		return err
	}
	answers, took := askAll(d, c.Set, questions, now)
	if c.Answers != "" {
		if err := writeLines(c.Answers, answers); err != nil {
			return err
		}
	}
	report, err := score(questions, answers, took)
	if err != nil {
		return err
	}
	if c.Quiet {
		fmt.Fprintln(w.out, report.Summary())
	} else {
		report.Write(w.out)
	}
	if c.Diff != "" {
		old, err := eval.Score(questions, before, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Diff, err)
		}
		eval.WriteDiff(w.out, old, report)
	}
	if !report.Passes(c.MinRight, c.MaxWrong) {
		fmt.Fprintf(w.err, "bot: right is below %g or wrong above %g\n", c.MinRight, c.MaxWrong)
		return found
	}
	return nil
}

// defaultNow is the date that a set is asked on where neither it nor the caller says.
const defaultNow = "2021-01-15"

// asked is the date of a set.
func asked(questions []eval.Question, now string) (time.Time, error) {
	if now == "" && len(questions) > 0 {
		now = questions[0].Now
	}
	if now == "" {
		now = defaultNow
	}
	t, err := time.Parse(time.DateOnly, now)
	if err != nil {
		return t, fmt.Errorf("--now: %q is not a date like 2021-01-15", now)
	}
	return t, nil
}

// askAll asks every question of the set and gives what was printed, and how long each took.
func askAll(d *desk.Desk, set string, questions []eval.Question, now time.Time) (answers []string, took []time.Duration) {
	for _, q := range questions {
		chat := ""
		if q.Chat != "" {
			chat = set + ":" + q.Chat
		}
		start := time.Now()
		answers = append(answers, d.Ask(desk.Question{Chat: chat, Text: q.Text, Now: now}).JSON())
		took = append(took, time.Since(start))
	}
	return answers, took
}

// score judges answers as they were printed.
func score(questions []eval.Question, answers []string, took []time.Duration) (eval.Report, error) {
	given := make([]eval.Given, len(answers))
	for i, a := range answers {
		g, err := eval.ReadGiven([]byte(a))
		if err != nil {
			return nil, fmt.Errorf("the answer to %q is not an object: %w", questions[i].Text, err)
		}
		given[i] = g
	}
	return eval.Score(questions, given, took)
}

func readSet(name string) ([]eval.Question, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, missing(err)
	}
	defer f.Close()
	return eval.ReadSet(name, f)
}

func readAnswers(name string) ([]eval.Given, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, missing(err)
	}
	defer f.Close()
	return eval.ReadAnswers(name, f)
}

func writeLines(name string, lines []string) error {
	f, err := os.Create(name)
	if err != nil {
		return missing(err)
	}
	out := bufio.NewWriter(f)
	for _, l := range lines {
		io.WriteString(out, l+"\n")
	}
	return errors.Join(out.Flush(), f.Close())
}

// missing is an error about a file in words for the one who typed its name.
func missing(err error) error {
	var pe *fs.PathError
	switch {
	case errors.As(err, &pe) && errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no such file", pe.Path)
	case errors.As(err, &pe):
		return fmt.Errorf("%s: %w", pe.Path, pe.Err)
	}
	return err
}
