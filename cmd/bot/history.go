package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"factbot/internal/desk"
	"factbot/internal/review"
	"factbot/internal/state"
)

type logCommand struct {
	stateFlags
	Last int `short:"n" default:"20" placeholder:"N" help:"How many revisions."`
}

// Run lists the revisions of the facts in the state, the newest first.
func (c *logCommand) Run(w *world) error {
	return c.with(w, needState, func(ctx context.Context, s *state.Store) error {
		var list []state.Revision
		if err := s.Read(ctx, func(tx *state.Tx) (err error) {
			list, err = tx.Revisions(c.Last)
			return err
		}); err != nil {
			return err
		}
		at := clock(w.env)().Location()
		for _, r := range list {
			who := "command line"
			if r.About.Who != 0 {
				who = strconv.FormatInt(r.About.Who, 10)
			}
			line := fmt.Sprintf("%d  %s  %s  by %s  %s", r.ID, r.At.In(at).Format("2006-01-02 15:04:05"), r.About.What, who, r.About.From)
			if err := w.print(strings.TrimRight(line, " ") + "\n"); err != nil {
				return err
			}
		}
		return nil
	})
}

type diffCommand struct {
	stateFlags
	Lang string `enum:"vi,en" default:"vi" help:"vi or en."`
	A    string `arg:"" help:"A revision's number, or a facts folder."`
	B    string `arg:"" help:"The same."`
}

// Run says what the facts of B have otherwise than those of A.
func (c *diffCommand) Run(w *world) error {
	a, err := c.side(w, c.A)
	if err != nil {
		return err
	}
	b, err := c.side(w, c.B)
	if err != nil {
		return err
	}
	r := review.Compare(a.Facts(), b.Facts())
	_, text := b.Review(r, a.Facts(), b.Facts(), c.Lang)
	return w.print(text + "\n")
}

// side are the facts of a revision or a folder.
func (c *diffCommand) side(w *world, of string) (*desk.Desk, error) {
	if _, err := os.Stat(of); err == nil {
		return source{of}.open(w)
	}
	if _, err := strconv.ParseInt(of, 10, 64); err != nil {
		return source{of}.open(w) // says that it is not there
	}
	return c.asOf(w, of)
}

// asOf are the facts of the state at a revision, or at the end of a day.
func (f stateFlags) asOf(w *world, when string) (d *desk.Desk, err error) {
	id, notNumber := strconv.ParseInt(when, 10, 64)
	day, notDay := time.ParseInLocation(time.DateOnly, when, clock(w.env)().Location())
	if notNumber != nil && notDay != nil {
		return nil, fmt.Errorf("--as-of: %q is neither the number of a revision nor a day like 2021-01-15", when)
	}
	err = f.with(w, needState, func(ctx context.Context, s *state.Store) error {
		var files []state.File
		if err := s.Read(ctx, func(tx *state.Tx) (err error) {
			if notNumber != nil {
				all, err := tx.Revisions(allRevisions)
				if err != nil {
					return err
				}
				i := slices.IndexFunc(all, func(r state.Revision) bool { return r.At.Before(day.AddDate(0, 0, 1)) }) // the newest first
				if i < 0 {
					return fmt.Errorf("at the end of %s there was no revision yet", when)
				}
				id = all[i].ID
			}
			files, err = tx.Files(id)
			return err
		}); err != nil {
			return err
		}
		d, err = openDesk(w, unpacked(files))
		if problems, ok := desk.Problems(err); ok {
			return fmt.Errorf("revision %d has problems, as this build reads it:\n%s", id, list(problems, "facts"))
		}
		return err
	})
	return d, err
}

// allRevisions is more than there ever are.
const allRevisions = 1 << 30
