package main

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"factbot/internal/desk"
	"factbot/internal/eval"
	"factbot/internal/facts"
)

type checkCommand struct {
	source
	MinRight float64 `default:"1" placeholder:"SHARE" help:"Exit 1 below this share of right answers to the facts' own questions."`
}

// Run names every problem, then what is odd, then asks the facts' own questions.
func (c *checkCommand) Run(w *world) error {
	folder, name, err := c.folder()
	if err != nil {
		return err
	}
	w.out = visible{w.out}
	d, err := openDesk(w, folder)
	if problems, ok := desk.Problems(err); ok {
		fmt.Fprintln(w.out, list(problems, name))
		return failure{statusFound, fmt.Errorf("%s", count(len(problems), "problem"))}
	}
	if err != nil {
		return err
	}
	notices := facts.Notices(d.Facts())
	for _, n := range notices {
		n.File = filepath.Join(name, n.File)
		fmt.Fprintln(w.out, n)
	}
	s := d.Facts()
	fmt.Fprintf(w.out, "%s: no problems, %s; %s, %s, %s, %s, %s, %s; revision %s\n", name, count(len(notices), "notice"),
		count(len(s.Indicators()), "indicator"), count(len(s.Areas()), "area"), count(s.ObservationCount(), "figure"),
		count(len(s.Claims()), "claim"), count(len(s.Projects()), "project"), count(len(s.Statements()), "statement"), s.Revision())
	return c.questions(w, d, folder, name)
}

// questions asks the sets that stand in the folder.
func (c *checkCommand) questions(w *world, d *desk.Desk, folder fs.FS, name string) error {
	sets, err := fs.Glob(folder, "questions/*.jsonl")
	if err != nil {
		return err
	}
	slices.Sort(sets)
	var failed error
	for _, set := range sets {
		report, err := askSet(d, folder, set, path.Join(filepath.ToSlash(name), set))
		if err != nil {
			return err
		}
		report.Write(w.out)
		if !report.Passes(c.MinRight, 0) {
			failed = failure{statusFound, fmt.Errorf("%s: right is below %g or an answer is wrong", set, c.MinRight)}
		}
	}
	return failed
}

func askSet(d *desk.Desk, folder fs.FS, set, shown string) (eval.Report, error) {
	f, err := folder.Open(set)
	if err != nil {
		return nil, missing(err)
	}
	defer f.Close()
	questions, err := eval.ReadSet(shown, f)
	if err != nil {
		return nil, failure{statusFound, err}
	}
	now, err := asked(questions, "")
	if err != nil {
		return nil, err
	}
	answers, took := askAll(d, set, questions, now)
	return score(questions, answers, took)
}
